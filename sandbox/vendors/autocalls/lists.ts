import type { Answer } from '../../traffic';
import { refuse, type Errors, type Request } from './replies';
import type { AutocallsLead } from './state';
import { invalid, isDay, readInteger, readStatus } from './validate';
import { leadView, timestamp } from './views';

const publicUrl = 'https://app.autocalls.ai/api/user/leads';

interface Wishes {
	keeps: (lead: AutocallsLead) => boolean;
	perPage: number;
	page: number;
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
 * nothing; a page that is no whole number from 1 is the first one, as Laravel's paginator has it.
 */
function readWishes(query: Record<string, unknown>): Wishes | Errors {
	const errors: Errors = {};
	const filters: Filter[] = [];
	const { status, campaign_id: campaign, phone_number: phone, per_page: size } = query;
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
	const perPage = size === undefined ? 15 : (readInteger(size) ?? 0);
	if (perPage < 1 || perPage > 100) {
		errors.per_page = ['The per page field must be between 1 and 100.'];
	}
	if (Object.keys(errors).length > 0) return errors;
	const page = Math.max(1, readInteger(query.page) ?? 1);
	return { keeps: (lead) => filters.every((filter) => filter(lead)), perPage, page };
}

const isWishes = (read: Wishes | Errors): read is Wishes => typeof read.keeps === 'function';

/** ASSUMED: links name the public host and have lost the filters: Laravel's default. */
const pageUrl = (page: number) => `${publicUrl}?page=${page}`;

/** Laravel's links: all pages when they are few, else those at both ends. */
function linksOf(page: number, last: number) {
	const all = Array.from({ length: last }, (_, index) => index + 1);
	const shown = last < 14 ? all : [...all.slice(0, 10), undefined, ...all.slice(-2)];
	const step = (label: string, to: number, isThere: boolean) => ({
		url: isThere ? pageUrl(to) : null,
		label,
		active: false,
	});
	return [
		step('&laquo; Previous', page - 1, page > 1),
		...shown.map((number) =>
			number === undefined
				? { url: null, label: '...', active: false }
				: { url: pageUrl(number), label: String(number), active: number === page },
		),
		step('Next &raquo;', page + 1, page < last),
	];
}

/** A page of Laravel's paginator; one past the end is empty. */
function pageOf<T>(all: T[], page: number, perPage: number, view: (entry: T) => unknown) {
	const start = (page - 1) * perPage;
	const entries = all.slice(start, start + perPage);
	const last = Math.max(1, Math.ceil(all.length / perPage));
	const isEmpty = entries.length === 0;
	return {
		current_page: page,
		data: entries.map(view),
		first_page_url: pageUrl(1),
		from: isEmpty ? null : start + 1,
		last_page: last,
		last_page_url: pageUrl(last),
		links: linksOf(page, last),
		next_page_url: page < last ? pageUrl(page + 1) : null,
		path: publicUrl,
		per_page: perPage,
		prev_page_url: page > 1 ? pageUrl(page - 1) : null,
		to: isEmpty ? null : start + entries.length,
		total: all.length,
	};
}

/**
 * GET /user/leads. ASSUMED: the newest come first, and secondary contacts are listed as leads of their
 * own too; listing a lead that has some would tell.
 */
export function listLeads(request: Request): Answer {
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
	return { status: 200, body: pageOf(leads, wishes.page, wishes.perPage, view) };
}
