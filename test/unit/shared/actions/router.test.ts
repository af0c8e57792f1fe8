import type { IExecuteFunctions } from 'n8n-workflow';
import { defineOperation, runNode } from '../../../../nodes/shared/actions/router';
import type { Resource } from '../../../../nodes/shared/actions/router';
import { created, fakeContext, fakeOperation, vendor } from './fakes';

jest.mock('../../../../nodes/shared/values/sleep', () => ({ sleep: jest.fn(async () => {}) }));

const operation = defineOperation(
	vendor,
	fakeOperation(async (leads) => leads.map(created), { safety: 'safe' }),
);
const create = { description: [], toolDescription: '', operation };
const selector = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	default: '',
} as const;
const resources: Resource[] = [
	{ name: 'lead', selector, operations: new Map([['create', create]]) },
];

const contextOf = (more: Partial<IExecuteFunctions>, parameters = {}) =>
	fakeContext(
		{ resource: 'lead', operation: 'create', ...parameters },
		{
			getInputData: () => [{ json: {} }, { json: {} }],
			getExecutionCancelSignal: () => undefined,
			continueOnFail: () => true,
			addExecutionHints: () => undefined,
			...more,
		},
	);

const failing = (): never => {
	throw new Error('n8n failed');
};

/** The outcome of each item. */
async function outcomesOf(context: IExecuteFunctions) {
	const [items = []] = await runNode(context, resources);
	return items.map(({ json }) => json.outcome);
}

describe('runNode', () => {
	it('runs the operation', async () => {
		expect(await outcomesOf(contextOf({}))).toEqual(['created', 'created']);
	});

	it.each([
		['a parameter cannot be read', { getNodeParameter: failing }, 'notSent'],
		['the output cannot be written', { addExecutionHints: failing }, 'unknown'],
	])('gives every item its outcome where %s', async (_, more, outcome) => {
		expect(await outcomesOf(contextOf(more))).toEqual([outcome, outcome]);
		const stopping = contextOf({ ...more, continueOnFail: () => false });
		await expect(runNode(stopping, resources)).rejects.toThrow('n8n failed');
	});

	it('refuses an operation that differs by item', async () => {
		const getNodeParameter = ((name: string, index: number) =>
			name === 'resource' ? 'lead' : ['create', 'delete'][index]) as never;
		const context = contextOf({ getNodeParameter }, { operation: '={{ $fromAI("operation") }}' });
		const [items = []] = await runNode(context, resources);
		expect(items.map(({ json }) => json.error)).toEqual(
			Array(2).fill('Operation is not the same for all items: item 1 has another one than item 0'),
		);
	});

	it('throws when the execution is cancelled', async () => {
		const getExecutionCancelSignal = () => AbortSignal.abort(new Error('Cancelled'));
		const context = contextOf({ getExecutionCancelSignal, addExecutionHints: failing });
		await expect(runNode(context, resources)).rejects.toThrow('n8n failed');
	});
});
