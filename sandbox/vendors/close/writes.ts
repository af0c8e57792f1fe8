import type { VendorReply } from '../../server/handler';
import { readContact } from './contacts';
import { applyCustom, readCustom, type CustomChange } from './customValues';
import * as problem from './problems';
import type { FieldProblems } from './problems';
import { pick, showLead } from './render';
import type { CloseState } from './state';
import type { CloseAddress, CloseLead, LeadDetails } from './store';
import type { WriteRequest } from './writeRequest';

/** The fields of a lead that a request sent, with their problems. */
interface LeadInput {
	sent: Partial<LeadDetails>;
	custom: CustomChange[];
	problems: FieldProblems;
	errors: string[];
}

function readAddress(item: Record<string, unknown>, problems: FieldProblems): CloseAddress {
	const read = (key: keyof CloseAddress) => problem.readText(item, key, problems) ?? null;
	return {
		label: read('label'),
		address_1: read('address_1'),
		address_2: read('address_2'),
		city: read('city'),
		state: read('state'),
		zipcode: read('zipcode'),
		country: read('country'),
	};
}

/**
 * Reads `status` or `status_id`, but not both (Close API page, Create a new lead). ASSUMED (the
 * texts of errors): the messages and keys. Confirmed by a create with an unknown status.
 */
function readStatus(
	{ state, json }: WriteRequest,
	{ problems, errors }: LeadInput,
): string | undefined {
	const { status, status_id: statusId } = json;
	if (status !== undefined && statusId !== undefined) {
		errors.push('Post either status or status_id, but not both.');
		return undefined;
	}
	if (statusId !== undefined) {
		const found = state.statuses.find(({ id }) => id === statusId);
		if (!found) problems.status_id = problem.NOT_FOUND_MESSAGE;
		return found?.id;
	}
	if (status === undefined) return undefined;
	const found = state.statuses.find(({ label }) => label === status);
	if (!found) problems.status = 'Not a valid choice.';
	return found?.id;
}

/**
 * Reads a lead. ASSUMED (unknown keys): undocumented fields are ignored. Confirmed by a create with
 * one.
 */
function readLead(write: WriteRequest, lead?: CloseLead): LeadInput {
	const { state, json } = write;
	const input: LeadInput = { sent: {}, custom: [], problems: {}, errors: [] };
	const { problems } = input;
	const read = {
		name: problem.readText(json, 'name', problems),
		description: problem.readText(json, 'description', problems),
		url: problem.readUrl(json, 'url', problems),
		statusId: readStatus(write, input),
		addresses: problem.readObjects(json, 'addresses', problems, readAddress),
	};
	input.sent = Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
	input.custom = readCustom(state, json, lead, problems);
	return input;
}

const hasProblems = ({ problems, errors }: LeadInput) =>
	problem.hasProblems(problems) || errors.length > 0;

/** POST /lead/ (Close API page, Create a new lead): every call creates a lead, even a duplicate. */
export function createLead(write: WriteRequest): VendorReply {
	const { state, json, userId, fields } = write;
	if (state.planLimitReached) return problem.PLAN_LIMIT;
	const input = readLead(write);
	const contacts = problem.readObjects(json, 'contacts', input.problems, (item, problems) =>
		readContact(item, problems),
	);
	if (hasProblems(input)) return problem.invalid(input.problems, input.errors);
	const details: LeadDetails = {
		name: null,
		description: null,
		url: null,
		statusId: state.statuses[0]?.id ?? '',
		addresses: [],
		...input.sent,
		custom: {},
	};
	applyCustom(details.custom, input.custom);
	const lead = state.addLead(details, contacts ?? [], userId, Date.now());
	return { status: 200, body: pick(showLead(state, lead), fields), effect: true };
}

/** PUT /lead/{id}/: changes the sent fields only. Contacts have their own path. */
export function updateLead(write: WriteRequest, lead: CloseLead): VendorReply {
	const { state, json, userId, fields } = write;
	const input = readLead(write, lead);
	// ASSUMED (contacts in an update of a lead): a 400; the docs say that nested contacts cannot be
	// updated, but not the reply. Confirmed by such an update.
	if (json.contacts !== undefined) input.problems.contacts = 'Use /contact/ to change contacts.';
	if (hasProblems(input)) return problem.invalid(input.problems, input.errors);
	const now = Date.now();
	state.beforeWrite(lead, now);
	Object.assign(lead, input.sent, { updatedBy: userId, updatedAt: now });
	applyCustom(lead.custom, input.custom);
	return { status: 200, body: pick(showLead(state, lead), fields), effect: true };
}

/** DELETE /lead/{id}/ */
export function deleteLead(state: CloseState, lead: CloseLead): VendorReply {
	state.dropLead(lead);
	return { status: 200, body: {}, effect: true };
}

/**
 * POST /lead/merge/: moves the source's contacts and notes to the destination and deletes the
 * source. ASSUMED (a merge: the fields of the destination, and unknown leads): the destination's
 * own fields do not change, and an unknown lead is a 400. Confirmed by one merge of each.
 */
export function mergeLeads({ state, json, userId }: WriteRequest): VendorReply {
	const problems: FieldProblems = {};
	const find = (field: 'source' | 'destination') => {
		const id = json[field];
		const lead = typeof id === 'string' ? state.leads.get(id) : undefined;
		if (!lead) problems[field] = id === undefined ? problem.REQUIRED : problem.NOT_FOUND_MESSAGE;
		return lead;
	};
	const source = find('source');
	const destination = find('destination');
	if (!source || !destination) return problem.invalid(problems);
	if (source === destination) return problem.invalid({}, ['A lead cannot be merged into itself.']);
	const now = Date.now();
	state.moveContacts(source.contacts, destination, now);
	for (const note of state.notes.values()) {
		if (note.leadId === source.id) note.leadId = destination.id;
	}
	Object.assign(destination, { updatedBy: userId, updatedAt: now });
	state.dropLead(source);
	state.changes.merged({ source: source.id, destination: destination.id });
	return { status: 200, body: {}, effect: true };
}
