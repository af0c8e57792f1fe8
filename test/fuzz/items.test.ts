import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { nodeType } from '../support/engine';
import { column, pick, seeds } from './values';
import { operationsOf } from './fields';
import { operations, titled } from './operations';
import { failures, itemCount, useFuzzRuns } from './runs';

const { scene, runWith, expectOutcomes, valueFor } = useFuzzRuns();

it('covers every operation of every node', async () => {
	const offered = await Promise.all(
		['squadVoice', 'aktify', 'autocalls', 'close'].map(async (node) =>
			operationsOf((await nodeType(node)).description).map((name) => `${node} ${name}`),
		),
	);
	const tested = operations.map(({ node, name }) => `${node} ${name}`);
	expect([...new Set(tested)].sort()).toEqual(offered.flat().sort());
});

describe.each(titled)('$title with any value in its fields', ({ operation }) => {
	it('succeeds with valid values', async () => {
		const { parameters, items } = await scene(operation);
		const ran = await runWith(operation, parameters, items);
		const outcomes = expectOutcomes(operation, ran, itemCount);
		expect(outcomes.length).toBeGreaterThanOrEqual(itemCount);
		expect(outcomes.filter((outcome) => failures.test(outcome))).toEqual([]);
		expect(ran.requests.length).toBeGreaterThan(0);
	});

	it.each(seeds)('gives every item an outcome %p', async (seeded) => {
		const { columns } = await scene(operation);
		const bad = fc.record({ name: fc.constantFrom(...columns), value: pick });
		const badFields = fc.tuple(
			fc.array(bad, { minLength: 1, maxLength: 3 }),
			fc.array(column, { maxLength: 2 }),
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(badFields, { minLength: itemCount, maxLength: itemCount }),
				async (replaced) => {
					const { parameters, items } = await scene(operation);
					const fuzzed = items.map((item, index): IDataObject => {
						const values = (replaced[index] ?? []).flat();
						const entries = values.map(({ name, value }) => [name, valueFor(value)]);
						return Object.fromEntries([...Object.entries(item), ...entries]);
					});
					expectOutcomes(operation, await runWith(operation, parameters, fuzzed), itemCount);
				},
			),
			{ numRuns: 8, endOnFailure: true, ...seeded },
		);
	});
});
