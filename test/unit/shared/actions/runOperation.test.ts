import type { IContextObject, IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import type { Outcome } from '../../../../nodes/shared/actions/outcome/outcome';
import { runOperation } from '../../../../nodes/shared/actions/runOperation';
import { InvalidInputError } from '../../../../nodes/shared/errors/InvalidInputError';
import { getOwn } from '../../../../nodes/shared/values/json';
import { apiError, created, fakeContext, fakeOperation, vendor } from './fakes';
import type { FakeOperation } from './fakes';

jest.mock('../../../../nodes/shared/values/sleep', () => ({ sleep: jest.fn(async () => {}) }));

/** One attempt of a node on items 0 to count - 1, with what n8n carries over to the next one. */
async function run(
	operation: FakeOperation,
	count: number,
	{ onErrorStop = true, node = {} as IContextObject, more = {} as Partial<IExecuteFunctions> } = {},
) {
	const hints: NodeExecutionHint[] = [];
	const context = fakeContext(
		{ resource: 'lead', operation: 'create' },
		{
			getInputData: () => Array.from({ length: count }, (_, index) => ({ json: { index } })),
			getExecutionCancelSignal: () => undefined,
			continueOnFail: () => !onErrorStop,
			addExecutionHints: (...added: NodeExecutionHint[]) => void hints.push(...added),
			getContext: () => node,
			getWorkflowDataProxy: (() => ({
				$runIndex: 0,
			})) as unknown as IExecuteFunctions['getWorkflowDataProxy'],
			...more,
		},
	);
	const [items = []] = await runOperation(context, vendor, operation, []);
	return { items, hints, node };
}

/** An operation whose leads are their item indexes. */
function operationOf(sendBatch: (leads: readonly number[]) => Promise<Outcome[]>): FakeOperation {
	let next = 0;
	return {
		...fakeOperation(sendBatch),
		parseItem: () => next++,
		dedupeKeys: (lead) => [{ identity: `${lead}`, label: `lead ${lead}` }],
	};
}

const accepting = () => operationOf(async (leads) => leads.map(created));
const rejecting = (rejected: number) =>
	operationOf(async (leads) => {
		if (leads.includes(rejected)) throw apiError('refused', 422);
		return leads.map(created);
	});

describe('runOperation', () => {
	it('returns one paired item per input item, in order, and a summary', async () => {
		const { items, hints } = await run(accepting(), 3);
		expect(items).toEqual(
			[0, 1, 2].map((lead) => ({
				json: { outcome: 'created', lead, itemIndex: lead, index: lead },
				pairedItem: { item: lead },
			})),
		);
		expect(hints).toMatchObject([{ message: 'Vendor: 3 created', type: 'info' }]);
	});

	it('does nothing without items', async () => {
		expect(await run(accepting(), 0)).toMatchObject({ items: [], hints: [], node: {} });
	});

	it('returns several items for a lead that yields several', async () => {
		const operation = operationOf(async (leads) =>
			leads.map((lead) => ({ kind: 'found', data: [{ lead }, { lead }] })),
		);
		const { items } = await run(operation, 2);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1, 1].map((item) => ({ item })),
		);
	});

	it('prepares once, before the first item, with the parameters as stored', async () => {
		const operation = accepting();
		const order: unknown[] = [];
		operation.prepare = async (_client, parameters) => void order.push(parameters);
		const { parseItem } = operation;
		operation.parseItem = (item, account) => {
			order.push('item');
			return parseItem(item, account);
		};
		await run(operation, 2);
		expect(order).toEqual([{ resource: 'lead', operation: 'create' }, 'item', 'item']);
	});

	it('sends nothing if it cannot prepare, and says so of leads that an earlier attempt may have sent', async () => {
		const failing = accepting();
		failing.prepare = async () => await Promise.reject(apiError('notSent'));
		await expect(run(failing, 2)).rejects.toThrow('Failed: notSent');
		const first = await run(failing, 2, { onErrorStop: false });
		expect(first.items.map(({ json }) => getOwn(json.details, 'outcome'))).toEqual([
			'notSent',
			'notSent',
		]);
		const { node } = await run(rejecting(1), 2, { onErrorStop: false });
		const second = await run(failing, 2, { onErrorStop: false, node });
		expect(second.items.map(({ json }) => getOwn(json.details, 'outcome'))).toEqual([
			'unknown',
			'unknown',
		]);
		expect(second.items[0]?.json.error).toMatch(
			/an earlier attempt may have sent this lead.+Failed/,
		);
	});

	it('removes the journal after a run without failures', async () => {
		expect((await run(accepting(), 2)).node).toEqual({});
	});

	it('fails with the first failure with On Error = Stop, and resumes on the next attempt', async () => {
		const node: IContextObject = {};
		await expect(run(rejecting(1), 3, { node })).rejects.toThrow('[item 1]');
		const sent: number[] = [];
		const operation = operationOf(async (leads) => {
			sent.push(...leads);
			return leads.map(created);
		});
		const { items } = await run(operation, 3, { node });
		expect(items.map(({ json }) => json.outcome)).toEqual(['created', 'created', 'created']);
		expect(sent).toContain(1);
		expect(sent).not.toContain(0);
	});

	it('sends nothing with On Error = Stop if an item is invalid', async () => {
		const sendBatch = jest.fn(async () => []);
		const operation: FakeOperation = {
			...operationOf(sendBatch),
			parseItem: () => {
				throw new InvalidInputError('State is empty', 'Fill in State');
			},
		};
		await expect(run(operation, 2)).rejects.toThrow('State is empty');
		expect(sendBatch).not.toHaveBeenCalled();
	});

	it('reports failures as items with On Error = Continue', async () => {
		const { items, hints } = await run(rejecting(1), 3, { onErrorStop: false });
		expect(items.map(({ json }) => json)).toMatchObject([
			{ outcome: 'created' },
			{ outcome: 'refused', itemIndex: 1, details: { httpCode: 422 } },
			{ outcome: 'created' },
		]);
		expect(hints).toMatchObject([{ message: 'Vendor: 2 created, 1 refused', type: 'warning' }]);
	});

	it('reports every item as not sent with On Error = Continue if the credential is unusable', async () => {
		const getCredentials = async () => await Promise.reject(new Error('No such credential'));
		const { items } = await run(accepting(), 2, { onErrorStop: false, more: { getCredentials } });
		expect(items.map(({ json }) => json)).toEqual(
			[0, 1].map((itemIndex) => ({
				outcome: 'notSent',
				error: 'No such credential',
				itemIndex,
				index: itemIndex,
				details: { outcome: 'notSent', itemIndex },
			})),
		);
	});

	it('fails when the execution was canceled, also with On Error = Continue', async () => {
		const signal = AbortSignal.abort();
		const operation = operationOf(async () => await Promise.reject(new Error('Aborted')));
		const more = { getExecutionCancelSignal: () => signal };
		await expect(run(operation, 2, { onErrorStop: false, more })).rejects.toThrow(
			/^The execution was cancell?ed$/,
		);
	});
});
