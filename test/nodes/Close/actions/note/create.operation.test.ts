import { onError } from '../../../../support/fixtures';
import { errorText, outcomesOf } from '../../../../support/results';
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
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'created',
			noteId: expect.stringMatching(/^acti_/),
			leadId: lead?.id,
		});
	});

	it('writes rich text, with a title and a pin, about a contact of the lead', async () => {
		const [lead] = sandbox.world.close.seedLeads(1);
		const contactId = lead?.contacts[0]?.id;
		const parameters = {
			resource: 'note',
			leadId: lead?.id,
			format: 'html',
			note: 'left over from before',
			additionalFields: { title: 'Call', pinned: true, contactId },
		};
		const notes = ['<p>Said <b>yes</b></p>', '<body><p>Said <b>yes</b></p></body>'];
		for (const noteHtml of notes) {
			const result = await close({ items: [{}], parameters: { ...parameters, noteHtml } });
			expect(errorText(result)).toBe(' ');
			expect(requestsTo('POST', '/activity/note/').pop()?.body).toEqual({
				lead_id: lead?.id,
				note_html: '<body><p>Said <b>yes</b></p></body>',
				title: 'Call',
				pinned: true,
				contact_id: contactId,
			});
			expect(result.items[0]?.json).toMatchObject({
				outcome: 'created',
				note: 'Said yes',
				title: 'Call',
				pinned: true,
				contactId,
			});
		}
	});

	it('sends no field that is left empty', async () => {
		const [lead] = sandbox.world.close.seedLeads(1);
		const additionalFields = { title: ' ', pinned: false, contactId: '' };
		const parameters = { resource: 'note', leadId: lead?.id, note: 'Called', additionalFields };
		await close({ items: [{}], parameters });
		expect(requestsTo('POST', '/activity/note/')[0]?.body).toEqual({
			lead_id: lead?.id,
			note: 'Called',
			pinned: false,
		});
	});

	it.each([
		[
			'a text without a value',
			{ format: 'text', note: '={{ "" }}', noteHtml: '<p>x</p>' },
			/^Note is empty/,
		],
		[
			'HTML without a value',
			{ format: 'html', note: 'x', noteHtml: '={{ "" }}' },
			/^Note \(HTML\) is empty/,
		],
		[
			'a contact that is none',
			{ note: 'x', additionalFields: { contactId: 'lead_1' } },
			/Contact ID: "lead_1" is not an ID/,
		],
		[
			'a pin that is neither on nor off',
			{ note: 'x', additionalFields: { pinned: 'maybe' } },
			/Pinned/,
		],
	])('refuses %s before anything is sent', async (_what, parameters, message) => {
		const scene = { resource: 'note', leadId: 'lead_1', ...parameters };
		const result = await close({ items: [{}], parameters: scene });
		expect(errorText(result)).toMatch(message);
		expect(sandbox.world.requests).toHaveLength(0);
	});

	it('a contact of another lead is refused by Close', async () => {
		const [lead, other] = sandbox.world.close.seedLeads(2);
		const parameters = {
			resource: 'note',
			leadId: lead?.id,
			note: 'Called',
			additionalFields: { contactId: other?.contacts[0]?.id },
		};
		const result = await close({ items: [{}], parameters });
		expect(errorText(result)).toContain('contact_id: Object does not exist.');
		expect(sandbox.world.close.notes.size).toBe(0);
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
