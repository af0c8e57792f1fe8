import { leads, onError } from '../../../../support/fixtures';
import { errorText, outcomesOf } from '../../../../support/results';
import { useSandbox } from '../../../../support/sandbox';
import { affiliate, campaign } from '../../fixtures';

const scene = useSandbox();

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
