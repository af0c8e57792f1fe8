import type { VendorReply } from '../../server/vendorServer';
import { toE164 } from './phone';
import * as problem from './problems';
import type { FieldProblems } from './problems';
import { contactName, pick, showContact, showNote } from './render';
import { newId } from './ids';
import type { CloseContact, ContactDetails } from './model';
import type { CloseState } from './state';
import type { Write } from './writes';

const contactKeys = ['name', 'title', 'emails', 'phones', 'urls'];

/** As Close's validation library (cleancat) has it. */
const emailAddress =
	/^(?:[^.@\s]|[^.@\s]\.(?!\.))*[^.@\s]@[^.@\s](?:[^.@\s]|\.(?!\.))*\.[a-z]{2,63}$/i;

/** ASSUMED: an entry without a type is of this one. */
const typeOf = (item: Record<string, unknown>, problems: FieldProblems, otherwise = 'office') =>
	problem.readText(item, 'type', problems) ?? otherwise;

function readEmail(item: Record<string, unknown>, problems: FieldProblems) {
	const email = problem.readText(item, 'email', problems);
	if (email === undefined || email === null) {
		problems.email ??= problem.required;
		return undefined;
	}
	if (!emailAddress.test(email)) problems.email = 'Invalid email address.';
	return { email, type: typeOf(item, problems) };
}

function readPhone(item: Record<string, unknown>, problems: FieldProblems) {
	const written = problem.readText(item, 'phone', problems);
	// The schema takes null for a phone. ASSUMED: such an entry, or one without, makes no phone.
	if (written === undefined || written === null) return undefined;
	const phone = toE164(written);
	if (phone === undefined) {
		problems.phone = 'Invalid phone number.';
		return undefined;
	}
	return { phone, type: typeOf(item, problems) };
}

function readContactUrl(item: Record<string, unknown>, problems: FieldProblems) {
	const url = problem.readUrl(item, 'url', problems);
	if (url === undefined || url === null) {
		problems.url ??= problem.required;
		return undefined;
	}
	return { url, type: typeOf(item, problems, 'url') };
}

/**
 * Reads what of a contact was sent. The docs have `additionalProperties: false` for a contact on its
 * own; ASSUMED: for one nested in a lead too. There are no contact custom fields in the sandbox.
 */
function readSent(
	raw: Record<string, unknown>,
	problems: FieldProblems,
	others: string[] = [],
): Partial<ContactDetails> {
	for (const key of Object.keys(raw)) {
		if (!contactKeys.includes(key) && !others.includes(key)) problems[key] = 'Unknown field.';
	}
	const read = {
		name: problem.readText(raw, 'name', problems, 1000),
		title: problem.readText(raw, 'title', problems, 1000),
		emails: problem.readObjects(raw, 'emails', problems, readEmail),
		phones: problem.readObjects(raw, 'phones', problems, readPhone),
		urls: problem.readObjects(raw, 'urls', problems, readContactUrl),
	};
	return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** Reads a whole contact, such as one nested in a lead. */
export function readContact(
	raw: Record<string, unknown>,
	problems: FieldProblems,
	others: string[] = [],
): ContactDetails {
	const none = { name: null, title: null, emails: [], phones: [], urls: [] };
	return { ...none, ...readSent(raw, problems, others) };
}

/** POST /contact/: with a lead_id; without one a new lead is made, named after the contact. */
export function createContact({ state, json, userId, fields }: Write): VendorReply {
	if (state.planLimitReached) return problem.planLimit;
	const problems: FieldProblems = {};
	const details = readContact(json, problems, [
		'lead_id',
		'timezone',
		'created_by',
		'date_created',
	]);
	const { lead_id: leadId } = json;
	const isNew = leadId === undefined || leadId === null;
	const known = typeof leadId === 'string' ? state.leads.get(leadId) : undefined;
	// ASSUMED: the key of the problem, and 400, not 404.
	if (!isNew && !known) problems.lead_id = problem.notThere;
	if (problem.hasProblems(problems)) return problem.invalid(problems);
	const now = Date.now();
	const lead = known ?? state.addLead(newLead(state), [], userId, now);
	const contact = state.addContact(lead, details, userId, now);
	if (!known) lead.name = contactName(contact);
	return { status: 200, body: pick(showContact(contact), fields), effect: true };
}

function newLead(state: CloseState) {
	const statusId = state.statuses[0]?.id ?? '';
	return { name: null, description: null, url: null, statusId, addresses: [], custom: {} };
}

/** GET /contact/{id}/ */
export function getContact(contact: CloseContact, fields: unknown): VendorReply {
	return { status: 200, body: pick(showContact(contact), fields) };
}

/** PUT /contact/{id}/: changes what is sent, and nothing else. A lead_id moves the contact. */
export function updateContact(write: Write, contact: CloseContact): VendorReply {
	const { state, json, userId, fields } = write;
	const problems: FieldProblems = {};
	const sent = readSent(json, problems, ['lead_id', 'timezone']);
	const { lead_id: leadId } = json;
	const target = typeof leadId === 'string' ? state.leads.get(leadId) : undefined;
	// ASSUMED: a lead_id of null changes nothing, as a contact has to have a lead.
	if (leadId !== undefined && leadId !== null && !target) problems.lead_id = problem.notThere;
	if (problem.hasProblems(problems)) return problem.invalid(problems);
	const now = Date.now();
	const lead = state.leads.get(contact.leadId);
	if (lead) state.beforeWrite(lead, now);
	Object.assign(contact, sent, { updatedBy: userId, updatedAt: now });
	if (target && target !== lead) state.moveContacts([contact], target, now);
	return { status: 200, body: pick(showContact(contact), fields), effect: true };
}

/** DELETE /contact/{id}/ */
export function deleteContact(state: CloseState, contact: CloseContact): VendorReply {
	state.dropContact(contact, Date.now());
	return { status: 200, body: {}, effect: true };
}

/** POST /activity/note/: `note`, or `note_html`, of which the text is kept. */
export function createNote({ state, json, userId }: Write): VendorReply {
	if (state.planLimitReached) return problem.planLimit;
	const problems: FieldProblems = {};
	const { lead_id: leadId } = json;
	const lead = typeof leadId === 'string' ? state.leads.get(leadId) : undefined;
	// Close's own client has a test with the key `lead` for a lead_id that is missing. ASSUMED: 400
	// with the same key for one that is not there.
	if (!lead) problems.lead = leadId === undefined ? problem.required : problem.notThere;
	const html = problem.readText(json, 'note_html', problems);
	const text = html ? html.replace(/<[^>]*>/g, '') : problem.readText(json, 'note', problems);
	// ASSUMED: a note without text is refused.
	if (!text) problems.note ??= problem.required;
	if (!lead || !text || problem.hasProblems(problems)) return problem.invalid(problems);
	const note = { id: newId('acti'), leadId: lead.id, note: text, userId, createdAt: Date.now() };
	state.notes.set(note.id, note);
	return { status: 200, body: showNote(state, note), effect: true };
}
