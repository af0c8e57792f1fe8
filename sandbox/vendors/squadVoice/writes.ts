import { isFilled, isRecord } from '../../lib/guards';
import type { VendorReply } from '../../server/handler';
import type { Campaign } from './accounts';
import type { SquadVoiceState } from './state';
import type { ApiVersion, IncomingLead, SquadVoiceLead } from './store';
import { isLeadId, isPhoneFor, readCustomFields, readLead, type Problem } from './validate';

/** An authenticated write. */
export interface WriteRequest {
	state: SquadVoiceState;
	campaign: Campaign;
	version: ApiVersion;
	json: unknown;
}

/** A problem of the lead at `index` of the list. */
type IndexedProblem = Problem & { index: number };

/**
 * ASSUMED (the replies of Create and Disable on v1): 200 and a small object; only v4 documents a
 * status for success (201), and neither a body. Confirmed by a v1 create.
 */
function success(version: ApiVersion, v4Status = 201): VendorReply {
	return { status: version === 'v4' ? v4Status : 200, body: { message: 'ok' }, effect: true };
}

function badRequest(detail: string): VendorReply {
	return { status: 400, body: { detail } };
}

/**
 * ASSUMED (the effect of one invalid lead on its batch): it rejects the whole list. ASSUMED (the
 * body of an error): a 400 of v1 names no lead; v4 says "specific error is provided in the
 * response", but not its shape. Confirmed by a list with one invalid lead.
 */
function reject({ state, version }: WriteRequest, problems: IndexedProblem[]): VendorReply {
	const first = problems[0];
	const specific = first ? `${first.field}: ${first.message}` : 'Invalid payload';
	if (!state.vagueErrors) return { status: 400, body: { detail: specific, errors: problems } };
	return badRequest(version === 'v4' ? specific : 'Invalid payload');
}

const notFound: VendorReply = { status: 404, body: { detail: 'Not found.' } };

/**
 * The list of a write. ASSUMED (the largest batch): an empty list is rejected, as is one above the
 * maximum. Confirmed by one call of each.
 */
function readList({ state, json }: WriteRequest): unknown[] | VendorReply {
	const list: unknown[] = Array.isArray(json) ? json : [json];
	if (json === undefined) return badRequest('JSON parse error');
	if (list.length === 0) return badRequest('The list is empty.');
	if (list.length > state.listMaximum) {
		return badRequest(`At most ${state.listMaximum} leads in one list.`);
	}
	return list;
}

/** POST leads/create: accepts the whole list or nothing. */
export function createLeads(write: WriteRequest): VendorReply {
	const { state, campaign, version, json } = write;
	if (campaign.account === 'affiliate' && Array.isArray(json)) {
		return badRequest('Expected an object, not a list.');
	}
	if (version === 'v4' && !Array.isArray(json)) return badRequest('Expected a list of leads.');
	const list = readList(write);
	if (!Array.isArray(list)) return list;
	const leads: IncomingLead[] = [];
	const problems: IndexedProblem[] = [];
	const rules = { campaign, affiliateStateRequired: state.affiliateStateRequired };
	list.forEach((raw, index) => {
		const read = readLead(raw, rules);
		if (Array.isArray(read)) problems.push(...read.map((problem) => ({ index, ...problem })));
		else leads.push(read);
	});
	if (problems.length > 0) return reject(write, problems);
	const now = state.now();
	for (const lead of leads) state.accept(campaign.id, lead, now);
	return success(version);
}

/**
 * POST leads/disable: a list or one object. ASSUMED (other keys than `lead_id` in a Disable):
 * ignored. Confirmed by a call with one.
 */
export function disableLeads(write: WriteRequest): VendorReply {
	const { state, campaign, version } = write;
	const list = readList(write);
	if (!Array.isArray(list)) return list;
	const ids: Array<string | number> = [];
	const problems: IndexedProblem[] = [];
	list.forEach((raw, index) => {
		const id = isRecord(raw) ? raw.lead_id : undefined;
		if (!isLeadId(id)) {
			problems.push({ index, field: 'lead_id', message: 'This field is required.' });
		} else if (state.rejectUnknownOnDisable && !state.find(campaign.id, id)) {
			problems.push({ index, field: 'lead_id', message: 'No such lead.' });
		} else {
			ids.push(id);
		}
	});
	if (problems.length > 0) return reject(write, problems);
	const now = state.now();
	for (const id of ids) state.disable(campaign.id, id, now);
	return success(version);
}

/** Finds the lead that delete, update or convert changes. */
function readTarget(
	write: WriteRequest,
): { raw: Record<string, unknown>; lead: SquadVoiceLead } | VendorReply {
	const { state, campaign, json } = write;
	if (!isRecord(json)) return badRequest('Expected an object.');
	if (!isLeadId(json.lead_id)) return badRequest('lead_id: This field is required.');
	const lead = state.find(campaign.id, json.lead_id);
	return lead ? { raw: json, lead } : notFound;
}

/** POST /api/v4/leads/delete: erases the person's data and stops outreach. */
export function deleteLead(write: WriteRequest): VendorReply {
	const target = readTarget(write);
	if ('status' in target) return target;
	write.state.erase(target.lead, write.state.now());
	return success('v4', 202);
}

/**
 * PATCH /api/v4/leads/update. ASSUMED (custom fields in an Update): merged with those that are
 * there. Confirmed by reading one back.
 */
export function updateLead(write: WriteRequest): VendorReply {
	const target = readTarget(write);
	if ('status' in target) return target;
	const { raw, lead } = target;
	const { phone_number: phone, contact_name: name } = raw;
	const problems: Problem[] = [];
	if (phone !== undefined && !isPhoneFor(write.campaign.country, phone)) {
		problems.push({ field: 'phone_number', message: 'Not a valid phone number.' });
	}
	if (name !== undefined && !isFilled(name)) {
		problems.push({ field: 'contact_name', message: 'May not be blank.' });
	}
	const known = ['lead_id', 'phone_number', 'contact_name'];
	const customFields = readCustomFields(raw, known, problems);
	if (problems.length > 0) {
		return reject(
			write,
			problems.map((problem) => ({ index: 0, ...problem })),
		);
	}
	if (typeof phone === 'string') lead.phoneNumber = phone;
	if (typeof name === 'string') lead.contactName = name;
	Object.assign(lead.customFields, customFields);
	// An Update of nothing but the ID is a question.
	return { ...success('v4', 200), effect: Object.keys(raw).length > 1 };
}

/** POST /api/v4/leads/convert: `detail` is a code of at most 32 characters. */
export function convertLead(write: WriteRequest): VendorReply {
	const target = readTarget(write);
	if ('status' in target) return target;
	const { detail } = target.raw;
	if (!isFilled(detail) || detail.length > 32) {
		return badRequest('detail: A code of at most 32 characters is required.');
	}
	target.lead.convertedWith = detail;
	return success('v4', 200);
}
