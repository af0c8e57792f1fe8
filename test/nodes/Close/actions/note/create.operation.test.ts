import { onError } from '../../../../support/fixtures';
import { outcomesOf } from '../../../../support/results';
import { useClose } from '../../fixtures';

const { sandbox, close, requestsTo } = useClose();

describe('Close: Create Note', () => {
	it('adds the note to the lead', async () => {
		const [lead] = sandbox.world.close.seedLeads(1);
		const parameters = { resource: 'note', leadId: lead?.id, note: 'Dialer: no answer' };
		const result = await close({ items: [{}], parameters });
		expect(requestsTo('POST', '/activity/note/')[0]?.body).toEqual({
			lead_id: lead?.id,
			note: 'Dialer: no answer',
		});
		expect(result.items[0]?.json).toMatchObject({ outcome: 'created', leadId: lead?.id });
	});

	it('does not write a note again after a lost response', async () => {
		const [lead] = sandbox.world.close.seedLeads(1);
		sandbox.world.faults.add({ kind: 'resetAfter', method: 'POST', nth: 1 });
		const result = await close({
			items: [{}],
			parameters: { resource: 'note', leadId: lead?.id, note: 'Called' },
			settings: onError.continue,
		});
		expect(outcomesOf(result)).toEqual({ unknown: 1 });
		expect(sandbox.world.close.notes.size).toBe(1);
	});
});
