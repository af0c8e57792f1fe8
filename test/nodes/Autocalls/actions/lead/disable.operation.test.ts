import { leads, phoneOf } from '../../../../support/fixtures';
import { outcomesOf } from '../../../../support/results';
import { useSandbox } from '../../../../support/sandbox';

const scene = useSandbox();

describe('Autocalls: Disable Lead', () => {
	const campaign = (value: string) => ({ campaign: { __rl: true, mode: 'id', value } });

	it('disables a number in all campaigns, and again without harm', async () => {
		for (const id of ['1', '2'])
			await scene.autocalls({ items: leads(2), parameters: campaign(id) });
		const disable = {
			items: leads(1),
			parameters: {
				operation: 'disable',
				findBy: 'phone',
				campaign: { __rl: true, mode: 'list', value: '' },
			},
		};
		const result = await scene.autocalls(disable);
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'disabled',
			phoneNumber: phoneOf(0),
			status: 'completed',
		});
		expect(result.items[0]?.json.leadIds).toHaveLength(2);
		expect(scene.world.ledger('autocalls').disabled).toBe(2);
		expect(outcomesOf(await scene.autocalls(disable))).toEqual({ disabled: 1 });
	});

	it('reports a missing number without failing', async () => {
		const result = await scene.autocalls({
			items: leads(1),
			parameters: { operation: 'disable', findBy: 'phone', disableStatus: 'reached-max-retries' },
		});
		expect(result.items[0]?.json).toEqual({ outcome: 'notFound', phoneNumber: phoneOf(0) });
	});
});
