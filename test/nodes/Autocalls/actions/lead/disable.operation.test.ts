import { leads, onError, phoneOf } from '../../../../support/fixtures';
import { errorText, outcomesOf } from '../../../../support/results';
import { useSandbox } from '../../../../support/sandbox';

const scene = useSandbox();

describe('Autocalls: Disable Lead', () => {
	const inAllCampaigns = {
		operation: 'disable',
		findBy: 'phone',
		campaign: { __rl: true, mode: 'list', value: '' },
	};
	const campaign = (value: string) => ({ campaign: { __rl: true, mode: 'id', value } });

	it.each(['(479) 955-2345', '4799552345'])(
		'asks for a country instead of blocking %s abroad',
		async (phone) => {
			const parameters = { operation: 'disable', findBy: 'phone' };
			const result = await scene.autocalls({ items: [{ phone }], parameters });
			expect(errorText(result)).toMatch(/Set Default Country/);
			expect(scene.world.requests).toHaveLength(0);
		},
	);

	it('disables a number in all campaigns, and again without harm', async () => {
		for (const id of ['1', '2'])
			await scene.autocalls({ items: leads(2), parameters: campaign(id) });
		const disable = {
			items: leads(1),
			parameters: inAllCampaigns,
		};
		const result = await scene.autocalls(disable);
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'disabled',
			phoneNumber: phoneOf(0),
			leadStatus: 'completed',
		});
		expect(result.items[0]?.json.leadIds).toHaveLength(2);
		expect(scene.world.ledger('autocalls').disabled).toBe(2);
		expect(outcomesOf(await scene.autocalls(disable))).toEqual({ disabled: 1 });
	});

	it.each([1, 2, 3])(
		'tries all campaigns when one is refused (%i), and says which',
		async (nth) => {
			for (const id of ['1', '2', '3'])
				await scene.autocalls({ items: leads(1), parameters: campaign(id) });
			scene.world.faults.add({ kind: 'status', status: 422, method: 'PUT', nth });
			const result = await scene.autocalls({
				items: leads(1),
				parameters: inAllCampaigns,
				settings: onError.continue,
			});
			expect(scene.world.ledger('autocalls').disabled).toBe(2);
			expect(outcomesOf(result)).toEqual({ unknown: 1 });
			expect(String(result.items[0]?.json.error)).toMatch(
				/^Disabled in part: \d+, \d+; not, or not for certain: \d+ \(Autocalls refused the request/,
			);
		},
	);

	it('is refused when all campaigns refuse', async () => {
		for (const id of ['1', '2'])
			await scene.autocalls({ items: leads(1), parameters: campaign(id) });
		scene.world.faults.add({ kind: 'status', status: 422, method: 'PUT' });
		const result = await scene.autocalls({
			items: leads(1),
			parameters: inAllCampaigns,
			settings: onError.continue,
		});
		expect(outcomesOf(result)).toEqual({ refused: 1 });
	});

	it('reports a missing number without failing', async () => {
		const result = await scene.autocalls({
			items: leads(1),
			parameters: { operation: 'disable', findBy: 'phone', disableStatus: 'reached-max-retries' },
		});
		expect(result.items[0]?.json).toEqual({
			outcome: 'notFound',
			phoneNumber: phoneOf(0),
			itemIndex: 0,
			...leads(1)[0],
		});
	});
});
