import { errorText, outcomesOf } from '../../../../support/results';
import { useClose } from '../../fixtures';

const { sandbox, close } = useClose();

describe('Close: Get Lead', () => {
	it('finds a lead by ID or page URL, and reports a missing one', async () => {
		const [lead] = sandbox.world.close.seedLeads(1);
		const parameters = { operation: 'get', leadId: '={{ $json.id }}' };
		const items = [
			{ id: lead?.id },
			{ id: `https://app.close.com/lead/${lead?.id}/` },
			{ id: 'lead_nobody' },
		];
		const result = await close({ items, parameters });
		expect(outcomesOf(result)).toEqual({ found: 2, notFound: 1 });
		const raw = await close({ items: [items[0] ?? {}], parameters, options: { simplify: false } });
		expect(raw.items[0]?.json).toMatchObject({ outcome: 'found', raw: { id: lead?.id } });
	});

	it.each(['list', 'id', 'url'])(
		'takes the lead from a locator (%s), also by expression',
		async (mode) => {
			const [lead] = sandbox.world.close.seedLeads(1);
			const id = mode === 'url' ? `https://app.close.com/lead/${lead?.id}/` : lead?.id;
			for (const value of [id, '={{ $json.id }}']) {
				const leadId = { __rl: true, mode, value };
				const result = await close({ items: [{ id }], parameters: { operation: 'get', leadId } });
				expect(result.items[0]?.json).toMatchObject({ outcome: 'found', leadId: lead?.id });
			}
		},
	);

	it('says which item has no lead ID', async () => {
		const leadId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
		const result = await close({ items: [{ id: '', name: 'A' }], parameters: { operation: 'get', leadId } });
		expect(errorText(result)).toMatch(/Lead ID is empty/);
	});
});
