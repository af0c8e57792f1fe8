import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { runCanary } from './runCanary';

/** What `toItems.ts` relies on, in n8n-core: where an item with an error goes, and when a node is rerun. */

const output = (...jsons: IDataObject[]): INodeExecutionData[] =>
	jsons.map((json, item) => ({ json, pairedItem: { item } }));

const error = { error: 'No', details: { outcome: 'refused' } };

describe('n8n', () => {
	it('routes an item to the error output, with its input columns, if it has only error keys', async () => {
		const { items, errors } = await runCanary(async () => [output(error, { ok: true })], {
			items: [{ id: 1 }, { id: 2 }],
			settings: { onError: 'continueErrorOutput' },
		});
		expect(items.map(({ json }) => json)).toEqual([{ ok: true }]);
		expect(errors.map(({ json }) => json)).toEqual([{ ...error, id: 1 }]);
	});

	it('takes an item with an error and any other key for a success', async () => {
		const { items, errors } = await runCanary(async () => [output({ ...error, outcome: 'x' })], {
			settings: { onError: 'continueErrorOutput' },
		});
		expect([items.length, errors.length]).toEqual([1, 0]);
	});

	it.each([
		['first', [error, {}], 3],
		['second', [{}, error], 1],
	])(
		'with Retry On Fail, reruns a node whose %s item has a top-level error',
		async (_, jsons, runs) => {
			let count = 0;
			const execute = async () => {
				count++;
				return [output(...jsons)];
			};
			await runCanary(execute, {
				items: [{}, {}],
				settings: {
					onError: 'continueRegularOutput',
					retryOnFail: true,
					maxTries: 3,
					waitBetweenTries: 1,
				},
			});
			expect(count).toBe(runs);
		},
	);
});
