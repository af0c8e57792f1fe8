import { NodeConnectionTypes } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, INodeType } from 'n8n-workflow';
import { toErrorOutput } from '../../nodes/shared/actions/outcome/errorOutput';
import { registerNode } from '../support/engine';
import { runCanary } from './runCanary';

/** What `errorOutput.ts` relies on, in n8n-core: where an item with an error goes, and with which JSON. */

const failed = { outcome: 'refused', error: 'No', itemIndex: 1, id: 2, details: {} };
const settings = { onError: 'continueErrorOutput' } as const;
const input = [{ id: 1 }, { id: 2 }];

const withError = (json: IDataObject, pairedItem: INodeExecutionData['pairedItem']) => {
	const item: INodeExecutionData = { json, pairedItem };
	return Object.assign(item, { error: { message: 'No' } });
};

/** Passes its items on, with the ID of the item of `Source` that each comes from. */
const linkedNode: INodeType = {
	description: {
		displayName: 'Linked',
		name: 'linked',
		group: ['output'],
		version: 1,
		description: '',
		defaults: { name: 'Linked' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute() {
		const idOf = (index: number): unknown =>
			this.evaluateExpression("{{ $('Source').item.json.id }}", index);
		for (const [index, { json }] of this.getInputData().entries())
			json.linked = Number(idOf(index));
		return [this.getInputData()];
	},
};

describe('n8n', () => {
	it('sends an item with our JSON to the error output, and leaves nothing else of it', async () => {
		const { items, errors } = await runCanary(
			async () => [[{ json: { ok: true }, pairedItem: 0 }, toErrorOutput(failed, 1, 'No')]],
			{ items: input, settings },
		);
		expect(items.map(({ json }) => json)).toEqual([{ ok: true }]);
		expect(errors).toEqual([{ json: failed, pairedItem: { item: 1 } }]);
		expect(Object.keys(errors[0]?.json ?? {})).toEqual(Object.keys(failed));
		expect(Object.getOwnPropertyDescriptor(errors[0], 'json')).toHaveProperty('value');
	});

	it('links such an item to its input, and passes it on whole', async () => {
		registerNode('test.linked', linkedNode);
		const { after } = await runCanary(
			async () => [[{ json: { ok: true }, pairedItem: 0 }, toErrorOutput(failed, 1, 'No')]],
			{ items: input, settings, after: 'test.linked' },
		);
		expect(after.map(({ json }) => json)).toEqual([
			{ ...failed, linked: 2 },
			{ ok: true, linked: 1 },
		]);
	});

	it('still sends a copy of such an item there', async () => {
		const { items, errors } = await runCanary(
			async () => [[{ ...toErrorOutput(failed, 1, 'No') }]],
			{ items: input, settings },
		);
		expect(items).toHaveLength(0);
		expect(errors.map(({ json }) => json)).toEqual([{ error: 'No' }]);
	});

	it('takes an item with an outcome and no error of its own for a success', async () => {
		const { items, errors } = await runCanary(
			async () => [[{ json: failed, pairedItem: { item: 1 } }]],
			{ items: input, settings },
		);
		expect([items.length, errors.length]).toEqual([1, 0]);
	});

	it.each([{ item: 1 }, 1])(
		'empties other items with an error (paired with %j)',
		async (pairedItem) => {
			const { errors } = await runCanary(async () => [[withError({ ...failed }, pairedItem)]], {
				items: input,
				settings,
			});
			expect(errors.map(({ json }) => json)).toEqual([{ error: 'No' }]);
		},
	);
});
