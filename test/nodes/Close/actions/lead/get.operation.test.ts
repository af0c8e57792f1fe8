import { outcomesOf } from '../../../../support/results';
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
});
