import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { pick, seeds } from './hostileValues';
import { titled } from './hostileOperations';
import { useHostile } from './hostileRuns';
import { onError } from '../support/fixtures';

const { scene, runWith, runIfStarted, expectWords, expectOutcomes, valueFor } = useHostile();

/** Items of one run; the first or the last of them is bad. */
const few = 3;
const quick = { numRuns: 6, endOnFailure: true };

describe.each(titled)('$title', ({ operation }) => {
	test.each(seeds)('a parameter may be anything as a whole %p', async (seeded) => {
		const { names } = await scene(operation);
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...names),
				pick,
				fc.boolean(),
				async (name, value, fixed) => {
					const { parameters, items } = await scene(operation);
					const whole = valueFor(value);
					const stored: INodeParameters = JSON.parse(JSON.stringify({ [name]: whole }));
					const changed = fixed ? stored : { [name]: '={{ $json.whole }}' };
					const hostile = items.slice(0, few).map((item): IDataObject => ({ ...item, whole }));
					const ran = await runIfStarted(operation, { ...parameters, ...changed }, hostile);
					if (ran !== undefined) expectOutcomes(operation, ran, few);
				},
			),
			{ ...quick, ...seeded },
		);
	});

	test.each(seeds)('a setting of the run may be anything %p', async (seeded) => {
		const { settings } = await scene(operation);
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...settings), pick, async (name, value) => {
				const { parameters, items } = await scene(operation);
				const hostile = items.slice(0, few).map((item) => ({ ...item, [name]: valueFor(value) }));
				expectOutcomes(operation, await runWith(operation, parameters, hostile), few);
			}),
			{ ...quick, ...seeded },
		);
	});

	test.each(seeds)('with On Error = Stop an unfit item lets nothing be sent %p', async (seeded) => {
		const { columns } = await scene(operation);
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...columns), pick, async (name, value) => {
				const items = (await scene(operation)).items.slice(0, few);
				const bad = { ...items.pop(), [name]: valueFor(value) };
				const alone = await scene(operation);
				const [outcome] = expectOutcomes(
					operation,
					await runWith(operation, alone.parameters, [bad]),
					1,
				);
				const { parameters } = await scene(operation);
				const ran = await runWith(operation, parameters, [...items, bad], onError.stop);
				const { error } = ran.result;
				expectWords(operation, error?.message, error?.description);
				if (outcome !== 'notSent') return;
				expect(ran.requests).toEqual([]);
				expect(error?.message).toContain(`[item ${items.length}]`);
			}),
			{ ...quick, ...seeded },
		);
	});
});
