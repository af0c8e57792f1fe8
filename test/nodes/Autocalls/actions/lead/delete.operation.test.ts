import { leads } from '../../../../support/fixtures';
import { outcomesOf } from '../../../../support/results';
import { useSandbox } from '../../../../support/sandbox';

const scene = useSandbox();

describe('Autocalls: Delete Lead', () => {
	const create = async () => {
		const result = await scene.autocalls({
			items: leads(1),
			parameters: {
				customFieldsMode: 'define',
				customFields: { field: [{ name: 'a', value: '1' }] },
			},
		});
		return result.items[0]?.json.leadId;
	};

	it('deletes a lead, and reports it as not found the second time', async () => {
		const leadId = await create();
		const remove = { items: [{}], parameters: { operation: 'delete', leadId: String(leadId) } };
		expect((await scene.autocalls(remove)).items[0]?.json).toEqual({
			outcome: 'deleted',
			deleted: true,
			leadId,
			itemIndex: 0,
		});
		expect(outcomesOf(await scene.autocalls(remove))).toEqual({ notFound: 1 });
	});
});
