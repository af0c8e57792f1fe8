import type { VendorReply } from '../../server/vendorServer';
import { readContact } from './contacts';
import { applyCustom, readCustom, type CustomChange } from './customValues';
import * as problem from './problems';
import type { FieldProblems } from './problems';
import { pick, showLead } from './render';
import type { CloseAddress, CloseLead, LeadDetails } from './model';
import type { CloseState } from './state';

/** A request that changes something, read so far. */
export interface Write {
	state: CloseState;
	json: Record<string, unknown>;
	/** Who the key or the token acts for. */
	userId: string;
	/** The `_fields` of the query. */
	fields: unknown;
}

interface Reading {
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

/** Reads `status` or `status_id`, but not both (seed 004). ASSUMED: the words and the keys. */
function readStatus({ state, json }: Write, { problems, errors }: Reading): string | undefined {
	const { status, status_id: statusId } = json;
	if (status !== undefined && statusId !== undefined) {
		errors.push('Post either status or status_id, but not both.');
		return undefined;
	}
	if (statusId !== undefined) {
		const found = state.statuses.find(({ id }) => id === statusId);
		if (!found) problems.status_id = problem.notThere;
		return found?.id;
	}
	if (status === undefined) return undefined;
	const found = state.statuses.find(({ label }) => label === status);
	if (!found) problems.status = 'Not a valid choice.';
	return found?.id;
}

/** Reads the fields of a lead. ASSUMED: those the docs do not have are passed over. */
function readLead(write: Write, isUpdate: boolean): Reading {
	const { state, json } = write;
	const reading: Reading = { sent: {}, custom: [], problems: {}, errors: [] };
	const { problems } = reading;
	const read = {
		name: problem.readText(json, 'name', problems),
		description: problem.readText(json, 'description', problems),
		url: problem.readUrl(json, 'url', problems),
		statusId: readStatus(write, reading),
		addresses: problem.readObjects(json, 'addresses', problems, readAddress),
	};
	reading.sent = Object.fromEntries(
		Object.entries(read).filter(([, value]) => value !== undefined),
	);
	reading.custom = readCustom(state, json, isUpdate, problems);
	return reading;
}

const refuses = ({ problems, errors }: Reading) =>
	problem.hasProblems(problems) || errors.length > 0;

/** POST /lead/ (seed 004): every call makes a new lead, whatever is there already. */
export function createLead(write: Write): VendorReply {
	const { state, json, userId, fields } = write;
	if (state.planLimitReached) return problem.planLimit;
	const reading = readLead(write, false);
	const contacts = problem.readObjects(json, 'contacts', reading.problems, (item, problems) =>
		readContact(item, problems),
	);
	if (refuses(reading)) return problem.invalid(reading.problems, reading.errors);
	const details: LeadDetails = {
		name: null,
		description: null,
		url: null,
		statusId: state.statuses[0]?.id ?? '',
		addresses: [],
		...reading.sent,
		custom: {},
	};
	applyCustom(details.custom, reading.custom);
	const lead = state.addLead(details, contacts ?? [], userId, Date.now());
	return { status: 200, body: pick(showLead(state, lead), fields), effect: true };
}

/** PUT /lead/{id}/: changes what is sent, and nothing else. Contacts have a path of their own. */
export function updateLead(write: Write, lead: CloseLead): VendorReply {
	const { state, json, userId, fields } = write;
	const reading = readLead(write, true);
	// ASSUMED: refused; that nested contacts cannot be updated is documented, what comes of it is not.
	if (json.contacts !== undefined) reading.problems.contacts = 'Use /contact/ to change contacts.';
	if (refuses(reading)) return problem.invalid(reading.problems, reading.errors);
	const now = Date.now();
	state.beforeWrite(lead, now);
	Object.assign(lead, reading.sent, { updatedBy: userId, updatedAt: now });
	applyCustom(lead.custom, reading.custom);
	return { status: 200, body: pick(showLead(state, lead), fields), effect: true };
}

/** DELETE /lead/{id}/ */
export function deleteLead(state: CloseState, lead: CloseLead): VendorReply {
	state.dropLead(lead);
	return { status: 200, body: {}, effect: true };
}

/**
 * POST /lead/merge/: the source's contacts and notes go to the destination, and the source is gone.
 * ASSUMED: the destination's own fields stay as they are, and a lead that is not there is a 400.
 */
export function mergeLeads({ state, json, userId }: Write): VendorReply {
	const problems: FieldProblems = {};
	const find = (field: 'source' | 'destination') => {
		const id = json[field];
		const lead = typeof id === 'string' ? state.leads.get(id) : undefined;
		if (!lead) problems[field] = id === undefined ? problem.required : problem.notThere;
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
