import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { runCanary } from './runCanary';

/** What `toItems.ts` relies on, in n8n-core: when a node is rerun. */

const output = (...jsons: IDataObject[]): INodeExecutionData[] =>
	jsons.map((json, item) => ({ json, pairedItem: { item } }));

const error = { error: 'No', details: { outcome: 'refused' } };

describe('n8n', () => {
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
