import type { VendorReply } from '../../server/handler';
import { pageOf, readPage, type Paging } from './pager';
import { reject, type ApiRequest, type FieldErrors } from './replies';
import type { AutocallsLead } from './store';
import { timestamp } from './timestamps';
import { invalid, isDay, readInteger, readStatus } from './validate';
import { leadView } from './views';

const DEFAULT_PAGE_SIZE = 15;

interface ListQuery extends Paging {
	matches: (lead: AutocallsLead) => boolean;
}

type Filter = (lead: AutocallsLead) => boolean;

/**
 * ASSUMED (what the date filters compare): date_from and date_to compare whole days of created_at,
 * in UTC. Confirmed by a lead that was created on the boundary.
 */
function dayFilter(name: string, value: unknown, errors: FieldErrors): Filter {
	if (!isDay(value)) {
		errors[name] = [`The ${name.replace('_', ' ')} field must match the format Y-m-d.`];
		return () => false;
	}
	const dayOf = (lead: AutocallsLead) => timestamp(lead.createdAt).slice(0, 10);
	return name === 'date_from' ? (lead) => dayOf(lead) >= value : (lead) => dayOf(lead) <= value;
}

/**
 * Reads the query. ASSUMED (an invalid filter or page): an invalid filter is a 422; an unknown
 * campaign finds nothing. Confirmed by one call of each.
 */
function readQuery(query: Record<string, unknown>): ListQuery | FieldErrors {
	const errors: FieldErrors = {};
	const filters: Filter[] = [];
	const { status, campaign_id: campaign, phone_number: phone } = query;
	if (status !== undefined) {
		if (readStatus(status) === undefined) errors.status = ['The selected status is invalid.'];
		filters.push((lead) => lead.status === status);
	}
	if (campaign !== undefined) {
		const id = readInteger(campaign);
		if (id === undefined) errors.campaign_id = ['The campaign id field must be an integer.'];
		filters.push((lead) => lead.campaignId === id);
	}
	if (phone !== undefined) {
		// An unencoded plus arrives as a space, which Laravel trims.
		const part = String(phone).trim();
		filters.push((lead) => lead.phoneNumber.includes(part));
	}
	for (const name of ['date_from', 'date_to']) {
		if (query[name] !== undefined) filters.push(dayFilter(name, query[name], errors));
	}
	const paging = readPage(query, DEFAULT_PAGE_SIZE, errors);
	if (Object.keys(errors).length > 0) return errors;
	return { matches: (lead) => filters.every((filter) => filter(lead)), ...paging };
}

const isListQuery = (read: ListQuery | FieldErrors): read is ListQuery =>
	typeof read.matches === 'function';

/**
 * GET /user/leads. ASSUMED (the order of lists): newest first. ASSUMED (whether secondary contacts
 * are listed as leads): yes. Confirmed by the list of two leads, one of which has a secondary
 * contact.
 */
export function listLeads(request: ApiRequest): VendorReply {
	const { state, account, call } = request;
	const wanted = readQuery(call.query);
	if (!isListQuery(wanted)) return reject(request, invalid(wanted));
	const leads = [...state.leads.values()]
		.filter((lead) => state.campaignOf(account, lead.campaignId) && wanted.matches(lead))
		.sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
	if (state.bareLists || state.namedLists) {
		const all = leads.map((lead) => leadView(state, lead, 'old'));
		return { status: 200, body: state.namedLists ? { leads: all } : all };
	}
	const view = (lead: AutocallsLead) => leadView(state, lead, 'list');
	return { status: 200, body: pageOf(leads, wanted, view, 'user/leads') };
}
