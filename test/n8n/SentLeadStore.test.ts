import type { DeduplicationScope, IExecuteFunctions } from 'n8n-workflow';
import { processedStore } from '../support/engine';
import { runCanary } from './runCanary';

/** What `SentLeadStore.ts` relies on, in n8n-core: the store of processed values, per node or workflow. */

afterEach(() => processedStore.reset());
const options = { mode: 'entries', maxEntries: 100 } as const;

/** Records values in one execution. @returns which of them the store had */
async function record(values: string[], scope: DeduplicationScope, id = 'node'): Promise<unknown> {
	const { items, error } = await runCanary(
		async function (this: IExecuteFunctions) {
			const result = await this.helpers.checkProcessedAndRecord(values, scope, options);
			return [[{ json: { new: result.new, processed: result.processed } }]];
		},
		{ settings: { id } },
	);
	expect(error).toBeUndefined();
	return items[0]?.json;
}

describe("n8n's store of processed values", () => {
	it('records values, and returns which it had from an earlier execution', async () => {
		expect(await record(['a', 'b'], 'node')).toEqual({ new: ['a', 'b'], processed: [] });
		expect(await record(['b', 'c'], 'node')).toEqual({ new: ['c'], processed: ['b'] });
	});

	it('forgets the values that are removed', async () => {
		await record(['a', 'b'], 'node');
		await runCanary(
			async function (this: IExecuteFunctions) {
				await this.helpers.removeProcessed(['a'], 'node', options);
				return [[]];
			},
			{ settings: { id: 'node' } },
		);
		expect(await record(['a', 'b'], 'node')).toEqual({ new: ['a'], processed: ['b'] });
	});

	it('separates nodes in the scope "node", and not in the scope "workflow"', async () => {
		await record(['a'], 'node', 'one');
		expect(await record(['a'], 'node', 'two')).toMatchObject({ processed: [] });
		await record(['b'], 'workflow', 'one');
		expect(await record(['b'], 'workflow', 'two')).toMatchObject({ processed: ['b'] });
	});
});
