import type { VendorReply } from '../../server/handler';
import { toE164 } from './phone';
import * as problem from './problems';
import type { FieldProblems } from './problems';
import { contactName, pick, showContact } from './render';
import type { CloseContact, ContactDetails } from './store';
import type { CloseState } from './state';
import type { WriteRequest } from './writeRequest';

const CONTACT_KEYS = ['name', 'title', 'emails', 'phones', 'urls'];

/** The pattern of Close's validation library (cleancat). */
const EMAIL_ADDRESS =
	/^(?:[^.@\s]|[^.@\s]\.(?!\.))*[^.@\s]@[^.@\s](?:[^.@\s]|\.(?!\.))*\.[a-z]{2,63}$/i;

/**
 * ASSUMED (the default type of emails, phone numbers and URLs): the default type. Confirmed by a
 * create without types.
 */
const typeOf = (item: Record<string, unknown>, problems: FieldProblems, defaultType = 'office') =>
	problem.readText(item, 'type', problems) ?? defaultType;

function readEmail(item: Record<string, unknown>, problems: FieldProblems) {
	const email = problem.readText(item, 'email', problems);
	if (email === undefined || email === null) {
		problems.email ??= problem.REQUIRED;
		return undefined;
	}
	if (!EMAIL_ADDRESS.test(email)) problems.email = 'Invalid email address.';
	return { email, type: typeOf(item, problems) };
}

function readPhone(item: Record<string, unknown>, problems: FieldProblems) {
	const written = problem.readText(item, 'phone', problems);
	// The schema allows null for a phone. ASSUMED (blank texts): an entry with null, or without a
	// phone, adds none. Confirmed by a create with one.
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
		problems.url ??= problem.REQUIRED;
		return undefined;
	}
	return { url, type: typeOf(item, problems, 'url') };
}

/**
 * Reads the sent fields of a contact. The docs have `additionalProperties: false` for a contact.
 * ASSUMED (unknown keys): also for one nested in a lead. Confirmed by a create with an unknown
 * field in a contact. The sandbox has no contact custom fields.
 */
function readFields(
	raw: Record<string, unknown>,
	problems: FieldProblems,
	otherKeys: string[] = [],
): Partial<ContactDetails> {
	for (const key of Object.keys(raw)) {
		if (!CONTACT_KEYS.includes(key) && !otherKeys.includes(key)) problems[key] = 'Unknown field.';
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

/** Reads a complete contact, such as one nested in a lead. */
export function readContact(
	raw: Record<string, unknown>,
	problems: FieldProblems,
	otherKeys: string[] = [],
): ContactDetails {
	const none = { name: null, title: null, emails: [], phones: [], urls: [] };
	return { ...none, ...readFields(raw, problems, otherKeys) };
}

/** POST /contact/: without a lead_id it creates a new lead, named after the contact. */
export function createContact({ state, json, userId, fields }: WriteRequest): VendorReply {
	if (state.planLimitReached) return problem.PLAN_LIMIT;
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
	// ASSUMED (an unknown `lead_id`): a 400 with this key, not a 404. Confirmed by a create with an
	// unknown lead_id.
	if (!isNew && !known) problems.lead_id = problem.NOT_FOUND_MESSAGE;
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

/** PUT /contact/{id}/: changes the sent fields only. A lead_id moves the contact. */
export function updateContact(write: WriteRequest, contact: CloseContact): VendorReply {
	const { state, json, userId, fields } = write;
	const problems: FieldProblems = {};
	const sent = readFields(json, problems, ['lead_id', 'timezone']);
	const { lead_id: leadId } = json;
	const target = typeof leadId === 'string' ? state.leads.get(leadId) : undefined;
	// ASSUMED (an unknown `lead_id`): a lead_id of null changes nothing, as every contact has a lead.
	// Confirmed by such an update.
	if (leadId !== undefined && leadId !== null && !target)
		problems.lead_id = problem.NOT_FOUND_MESSAGE;
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
