import type { VendorReply } from '../../server/handler';
import { newId } from './ids';
import * as problem from './problems';
import type { FieldProblems } from './problems';
import { showNote } from './render';
import type { CloseNote } from './store';
import type { WriteRequest } from './writeRequest';

const RICH_TEXT = /^<body>.*<\/body>$/s;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string) => text.replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);

/** Reads `note_html`, which wins, or `note`: each fills the other one (Close docs, notes). */
function readBody(
	json: Record<string, unknown>,
	problems: FieldProblems,
): Pick<CloseNote, 'note' | 'html'> | undefined {
	const html = problem.readText(json, 'note_html', problems);
	if (html) {
		// Rich text is inside a body element (Close docs, rich text fields). ASSUMED
		// (rich text outside of `<body>`): a 400. Confirmed by such a note.
		if (!RICH_TEXT.test(html)) problems.note_html = 'Rich text must be inside <body></body>.';
		return { html, note: html.replace(/<[^>]*>/g, '') };
	}
	const note = problem.readText(json, 'note', problems);
	// ASSUMED (a note without text): a note without text is rejected. Confirmed by such a note.
	if (!note) problems.note ??= problem.REQUIRED;
	if (!note) return undefined;
	return { note, html: `<body><p>${escaped(note).replaceAll('\n', '<br />')}</p></body>` };
}

/** POST /activity/note/ (Close docs, notes). */
export function createNote({ state, json, userId }: WriteRequest): VendorReply {
	if (state.planLimitReached) return problem.PLAN_LIMIT;
	const problems: FieldProblems = {};
	const { lead_id: leadId, contact_id: contactId, pinned } = json;
	const lead = typeof leadId === 'string' ? state.leads.get(leadId) : undefined;
	// Close's own client has a test with the key `lead` for a missing lead_id. ASSUMED (an unknown
	// `lead_id`): a 400 with the same key for an unknown one. Confirmed by a note for an unknown
	// lead.
	if (!lead) problems.lead = leadId === undefined ? problem.REQUIRED : problem.NOT_FOUND_MESSAGE;
	const contact = lead?.contacts.find(({ id }) => id === contactId);
	const hasContact = contactId !== undefined && contactId !== null;
	// ASSUMED (a note about a contact of another lead): a 400. Confirmed by such a note.
	if (hasContact && !contact) problems.contact_id = problem.NOT_FOUND_MESSAGE;
	if (!['boolean', 'undefined'].includes(typeof pinned) && pinned !== null) {
		problems.pinned = 'Value must be of bool type.';
	}
	const title = problem.readText(json, 'title', problems) ?? null;
	const body = readBody(json, problems);
	if (!lead || !body || problem.hasProblems(problems)) return problem.invalid(problems);
	const note: CloseNote = {
		...body,
		id: newId('acti'),
		leadId: lead.id,
		contactId: contact?.id ?? null,
		title,
		pinned: pinned === true,
		userId,
		createdAt: Date.now(),
	};
	state.notes.set(note.id, note);
	return { status: 200, body: showNote(state, note), effect: true };
}
