import { leads, onError } from '../../../../support/fixtures';
import { errorText, outcomesOf } from '../../../../support/results';
import { useSandbox } from '../../../../support/sandbox';
import { affiliate, campaign, v4 } from '../../fixtures';

const scene = useSandbox();
const NOT_KNOWN =
	'SquadVoice does not say whether it knows this lead ID. To find out, add the option Check Lead ID';

describe('SquadVoice: Disable Lead', () => {
	it('disables leads in batches, and repeating it is harmless', async () => {
		await scene.squadVoice({ items: leads(150) });
		const disable = { items: leads(150), parameters: { operation: 'disable' } };
		const result = await scene.squadVoice(disable);
		expect(outcomesOf(result)).toEqual({ disabled: 150 });
		expect(result.items[3]?.json).toEqual({
			outcome: 'disabled',
			leadId: 'L3',
			campaignId: '0PT711',
			note: NOT_KNOWN,
			itemIndex: 3,
			...leads(4)[3],
		});
		expect(scene.world.ledger('squadVoice').disabled).toBe(150);
		scene.world.faults.add({ kind: 'resetAfter', nth: 1 });
		expect(outcomesOf(await scene.squadVoice(disable))).toEqual({ disabled: 150 });
	});

	it('isolates an unknown lead that makes the vendor reject a batch', async () => {
		scene.world.squadVoice.rejectUnknownOnDisable = true;
		await scene.squadVoice({ items: leads(9) });
		const items = [...leads(9), { id: 'unknown' }];
		const result = await scene.squadVoice({
			items,
			parameters: { operation: 'disable' },
			settings: onError.branch,
		});
		expect(outcomesOf(result)).toEqual({ disabled: 9, refused: 1 });
	});

	it.each([{}, v4])(
		'says on request which lead IDs SquadVoice does not have (%j)',
		async (credentials) => {
			const isV4 = credentials === v4;
			const inCampaign = isV4 ? campaign('V4CAMP') : {};
			const items = isV4
				? leads(2).map((lead, index) => ({ ...lead, phone: `989955041${index}` }))
				: leads(2);
			await scene.squadVoice({ items, credentials, parameters: inCampaign });
			const result = await scene.squadVoice({
				items: [...items, { id: 'NOPE' }],
				credentials,
				parameters: { ...inCampaign, operation: 'disable' },
				options: { checkLeadId: true },
			});
			expect(outcomesOf(result)).toEqual({ disabled: 2, notFound: 1 });
			expect(result.items[0]?.json.note).toBeUndefined();
			expect(result.items[2]?.json.note).toBe(
				'SquadVoice has no lead with this ID in the campaign; the request to disable it was sent all the same',
			);
			expect(scene.world.ledger('squadVoice').disabled).toBe(2);
		},
	);

	it('disables every lead, whatever the check says', async () => {
		await scene.squadVoice({ items: leads(2) });
		scene.world.faults.add({ kind: 'status', status: 403, method: 'GET' });
		const result = await scene.squadVoice({
			items: leads(2),
			parameters: { operation: 'disable' },
			options: { checkLeadId: true },
		});
		expect(outcomesOf(result)).toEqual({ disabled: 2 });
		expect(result.items[0]?.json.note).toBe(NOT_KNOWN);
		expect(scene.world.ledger('squadVoice').disabled).toBe(2);
	});

	it('rejects an affiliate account, which can only create', async () => {
		const result = await scene.squadVoice({
			items: leads(1),
			credentials: affiliate,
			parameters: { ...campaign('AFF711'), operation: 'disable' },
		});
		expect(errorText(result)).toMatch(/affiliate account can only create/);
		expect(scene.world.requests).toHaveLength(0);
	});
});
