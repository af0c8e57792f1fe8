import type { VendorReply } from '../../server/vendorServer';
import { pageOf, readPage, type Paging } from './pager';
import { refuse, type Errors, type Request } from './replies';
import type { AutocallsLead } from './state';
import { invalid, isDay, readInteger, readStatus } from './validate';
import { leadView, timestamp } from './views';

interface Wishes extends Paging {
	keeps: (lead: AutocallsLead) => boolean;
}

type Filter = (lead: AutocallsLead) => boolean;

/** ASSUMED: the days of date_from and date_to are those of created_at, whole ones. */
function dayFilter(name: string, value: unknown, errors: Errors): Filter {
	if (!isDay(value)) {
		errors[name] = [`The ${name.replace('_', ' ')} field must match the format Y-m-d.`];
		return () => false;
	}
	const dayOf = (lead: AutocallsLead) => timestamp(lead.createdAt).slice(0, 10);
	return name === 'date_from' ? (lead) => dayOf(lead) >= value : (lead) => dayOf(lead) <= value;
}

/**
 * Reads the query. ASSUMED: what a filter cannot mean is 422; a campaign that is not there finds
 * nothing.
 */
function readWishes(query: Record<string, unknown>): Wishes | Errors {
	const errors: Errors = {};
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
		// A plus that was not encoded arrives as a space, which Laravel trims.
		const part = String(phone).trim();
		filters.push((lead) => lead.phoneNumber.includes(part));
	}
	for (const name of ['date_from', 'date_to']) {
		if (query[name] !== undefined) filters.push(dayFilter(name, query[name], errors));
	}
	const paging = readPage(query, 15, errors);
	if (Object.keys(errors).length > 0) return errors;
	return { keeps: (lead) => filters.every((filter) => filter(lead)), ...paging };
}

const isWishes = (read: Wishes | Errors): read is Wishes => typeof read.keeps === 'function';

/**
 * GET /user/leads. ASSUMED: the newest come first, and secondary contacts are listed as leads of their
 * own too; listing a lead that has some would tell.
 */
export function listLeads(request: Request): VendorReply {
	const { state, account, call } = request;
	const wishes = readWishes(call.query);
	if (!isWishes(wishes)) return refuse(request, invalid(wishes));
	const leads = [...state.leads.values()]
		.filter((lead) => state.campaignOf(account, lead.campaignId) && wishes.keeps(lead))
		.sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
	if (state.bareLists) {
		return { status: 200, body: leads.map((lead) => leadView(state, lead, 'old')) };
	}
	const view = (lead: AutocallsLead) => leadView(state, lead, 'list');
	return { status: 200, body: pageOf(leads, wishes, view, 'user/leads') };
}
