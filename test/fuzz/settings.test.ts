import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { causedByItems, pick, seeds } from './values';
import { titled } from './operations';
import { useFuzzRuns } from './runs';
import { onError } from '../support/fixtures';

const { scene, runWith, runIfStarted, expectMessages, expectOutcomes, valueFor } = useFuzzRuns();

/** Items of one run; the last of them is invalid. */
const few = 3;
const quick = { numRuns: 4, endOnFailure: true };

describe.each(titled)('$title', ({ operation }) => {
	it.each(seeds)(
		'gives every item an outcome with any value as a whole parameter %p',
		async (seeded) => {
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
						const fuzzed = items.slice(0, few).map((item): IDataObject => ({ ...item, whole }));
						const ran = await runIfStarted(operation, { ...parameters, ...changed }, fuzzed);
						if (ran !== undefined) expectOutcomes(operation, ran, few);
					},
				),
				{ ...quick, ...seeded },
			);
		},
	);

	it.each(seeds)('gives every item an outcome with any value in an option %p', async (seeded) => {
		const { settings } = await scene(operation);
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...settings), pick, async (name, value) => {
				const { parameters, items } = await scene(operation);
				const fuzzed = items.slice(0, few).map((item) => ({ ...item, [name]: valueFor(value) }));
				expectOutcomes(operation, await runWith(operation, parameters, fuzzed), few);
			}),
			{ ...quick, ...seeded },
		);
	});

	it.each(seeds)(
		'sends nothing with On Error = Stop when an item is invalid %p',
		async (seeded) => {
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
					expectMessages(operation, error?.message, error?.description);
					if (outcome !== 'notSent') return;
					expect(causedByItems(ran.requests)).toEqual([]);
					expect(error?.message).toContain(`[item ${items.length}`);
				}),
				{ ...quick, ...seeded },
			);
		},
	);
});
