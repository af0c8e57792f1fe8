import type { IExecuteFunctions } from 'n8n-workflow';
import { runCanary } from './runCanary';

/** What `RunJournal.ts` relies on, in n8n-core: the node context survives a retry. */

/** Counts its attempts in the node context, and fails until the given one. */
function failingUntil(attempt: number) {
	return async function execute(this: IExecuteFunctions) {
		const context = this.getContext('node');
		const attempts = Number(context.attempts ?? 0) + 1;
		context.attempts = attempts;
		if (attempts < attempt) throw new Error(`Attempt ${attempts}`);
		return [[{ json: { attempts } }]];
	};
}

describe('the node context of n8n', () => {
	it('is carried over to the next attempt of Retry On Fail', async () => {
		const { items } = await runCanary(failingUntil(3), {
			settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		});
		expect(items.map(({ json }) => json)).toEqual([{ attempts: 3 }]);
	});

	it('is stored with a failed execution, and restored when that is retried', async () => {
		const failed = await runCanary(failingUntil(2));
		expect(failed.error?.message).toBe('Attempt 1');
		const stored = { ...failed, data: JSON.parse(JSON.stringify(failed.data)) };
		const { items } = await runCanary(failingUntil(2), { retryOf: stored });
		expect(items.map(({ json }) => json)).toEqual([{ attempts: 2 }]);
	});

	it('reports the run index, which distinguishes a loop from a retry', async () => {
		const { items } = await runCanary(async function (this: IExecuteFunctions) {
			return [[{ json: { runIndex: this.getWorkflowDataProxy(0).$runIndex } }]];
		});
		expect(items.map(({ json }) => json)).toEqual([{ runIndex: 0 }]);
	});
});
