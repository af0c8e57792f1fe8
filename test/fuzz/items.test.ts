import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { nodeType } from '../support/engine';
import { column, pick, seeds } from './hostileValues';
import { operationsOf } from './hostileFields';
import { operations, titled } from './hostileOperations';
import { failures, itemCount, useHostile } from './hostileRuns';

const { scene, runWith, expectOutcomes, valueFor } = useHostile();

test('every operation of every node is in the table', async () => {
	const offered = await Promise.all(
		['squadVoice', 'aktify', 'autocalls', 'close'].map(async (node) =>
			operationsOf((await nodeType(node)).description).map((name) => `${node} ${name}`),
		),
	);
	const tested = operations.map(({ node, name }) => `${node} ${name}`);
	expect([...new Set(tested)].sort()).toEqual(offered.flat().sort());
});

describe.each(titled)('$title', ({ operation }) => {
	test('succeeds with good values, so that what fails below fails by the bad ones', async () => {
		const { parameters, items } = await scene(operation);
		const ran = await runWith(operation, parameters, items);
		const outcomes = expectOutcomes(operation, ran, itemCount);
		expect(outcomes.length).toBeGreaterThanOrEqual(itemCount);
		expect(outcomes.filter((outcome) => failures.test(outcome))).toEqual([]);
		expect(ran.requests.length).toBeGreaterThan(0);
	});

	test.each(seeds)('gives every item an outcome, whatever is in its fields %p', async (seeded) => {
		const { columns } = await scene(operation);
		const bad = fc.record({ name: fc.constantFrom(...columns), value: pick });
		const spoiled = fc.tuple(
			fc.array(bad, { minLength: 1, maxLength: 3 }),
			fc.array(column, { maxLength: 2 }),
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(spoiled, { minLength: itemCount, maxLength: itemCount }),
				async (spoilt) => {
					const { parameters, items } = await scene(operation);
					const hostile = items.map((item, index): IDataObject => {
						const values = (spoilt[index] ?? []).flat();
						const entries = values.map(({ name, value }) => [name, valueFor(value)]);
						return Object.fromEntries([...Object.entries(item), ...entries]);
					});
					expectOutcomes(operation, await runWith(operation, parameters, hostile), itemCount);
				},
			),
			{ numRuns: 8, endOnFailure: true, ...seeded },
		);
	});
});
