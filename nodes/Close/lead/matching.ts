import type { IDataObject } from 'n8n-workflow';
import { hasId } from '../../shared/transport/responseValidators';
import { asObjects, getOwn, asText } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { collectPages } from '../../shared/transport/pagination';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { leadPage, PAGE_SIZE } from './lead';
import { anyOf, contactHas, customFieldIs, leadHas } from './searchQuery';
import { createdAt, searchLeads, LEAD_FIELDS } from './search';
import { closeRequest } from '../transport/vendor';

/** By what leads are the same; one of the values is enough. */
export type MatchKey =
	| { by: 'leadId'; value: string }
	| { by: 'customField'; fieldId: string; value: string }
	| { by: 'email'; values: string[] }
	| { by: 'phone'; values: string[] }
	| { by: 'url'; value: string }
	| { by: 'name'; value: string };

/** More leads than that are not looked through for one whose name or number is the very same. */
const MAX_CANDIDATES = 1_000;
/** Search may not show leads that are younger than this: they are looked for at the top of the list. */
const SEARCH_LAG_MS = 60_000;
/** So many at most, which is far more than Close's limits let anybody create in a minute. */
const MAX_RECENT_LEADS = 2_000;

const digits = (phone: unknown) => (asText(phone) ?? '').replace(/\D/g, '');
const lower = (text: unknown) => (asText(text) ?? '').toLowerCase();
const bareUrl = (url: unknown) =>
	lower(url)
		.replace(/^[a-z]+:\/\//, '')
		.replace(/\/+$/, '');

/** What marks a lead within a run, so that two items with the same mark are one lead. */
export function dedupeKeysOf(match: MatchKey): string[] {
	if (match.by === 'customField') return [`${match.fieldId} ${match.value}`];
	if (match.by === 'email' || match.by === 'phone') {
		return match.values.map((value) => `${match.by} ${value}`);
	}
	if (match.by === 'leadId') return [`leadId ${match.value}`];
	return [`${match.by} ${match.by === 'url' ? bareUrl(match.value) : lower(match.value)}`];
}

function conditionOf(match: MatchKey): IDataObject {
	if (match.by === 'email' || match.by === 'phone') {
		const { by, values } = match;
		return anyOf(values.map((value) => contactHas(by, value)));
	}
	if (match.by === 'customField') return customFieldIs(match.fieldId, match.value);
	if (match.by === 'leadId') return { type: 'id', value: match.value };
	return leadHas(match.by, match.by === 'url' ? bareUrl(match.value) : match.value);
}

/** Whether a lead has the very value: Close's search also finds what only resembles it. */
function hasMatch(lead: JsonObject, match: MatchKey): boolean {
	switch (match.by) {
		case 'leadId':
			return lead.id === match.value;
		case 'customField': {
			const value = lead[`custom.${match.fieldId}`];
			const values = Array.isArray(value) ? value : [value];
			// To the letter, as the mark is: keys of other systems may differ in case only.
			return values.some((entry) => asText(entry) === match.value);
		}
		case 'email': {
			const emails = listsOf(lead, 'emails').map(({ email }) => lower(email));
			return match.values.some((value) => emails.includes(value));
		}
		case 'phone': {
			const phones = listsOf(lead, 'phones').map(({ phone }) => digits(phone));
			return match.values.some((value) => phones.includes(digits(value)));
		}
		case 'url':
			return bareUrl(lead.url) === bareUrl(match.value);
		case 'name':
			return [lead.name, lead.display_name].some((name) => lower(name) === lower(match.value));
	}
}

function listsOf(lead: JsonObject, list: 'emails' | 'phones'): JsonObject[] {
	return asObjects(lead.contacts).flatMap((contact) => asObjects(getOwn(contact, list)));
}

/** The leads that any of these matches finds, by one search, the oldest first. */
export async function findAny(
	vendor: ApiClient,
	matches: readonly MatchKey[],
): Promise<JsonObject[]> {
	if (matches.length === 0) return [];
	const found = await searchLeads(vendor, {
		conditions: [anyOf(matches.map(conditionOf))],
		order: 'asc',
		limit: MAX_CANDIDATES,
		perPage: PAGE_SIZE,
	});
	return found.filter((lead) => matches.some((match) => hasMatch(lead, match)));
}

/** One lead by its ID, or undefined. */
export async function leadById(vendor: ApiClient, id: string): Promise<JsonObject | undefined> {
	const { status, body } = await vendor.request(
		closeRequest(
			'lead',
			{ method: 'GET', safety: 'safe', expectedStatuses: [404], validateBody: hasId },
			id,
		),
	);
	return status === 404 ? undefined : asObjects([body])[0];
}

/** The leads of the first match that finds any, in the order of the matches. */
export async function findFirst(
	vendor: ApiClient,
	matches: readonly MatchKey[],
): Promise<JsonObject[]> {
	const [match, ...others] = matches;
	if (match === undefined) return [];
	const found =
		match.by === 'leadId'
			? [await leadById(vendor, match.value)].filter((lead) => lead !== undefined)
			: await findAny(vendor, [match]);
	return found.length > 0 ? found : await findFirst(vendor, others);
}

/**
 * After a lost reply: looks for a lead by search, and where that has none, at the top of the list,
 * because search shows a new lead only after a moment. Should the list not begin with the newest,
 * nobody can say that the lead is not there.
 */
export async function findAfterLostResponse(
	vendor: ApiClient,
	matches: readonly MatchKey[],
): Promise<JsonObject[] | 'unknown'> {
	const found = await findFirst(vendor, matches);
	if (found.length > 0) return found;
	const { leads, isComplete } = await recentLeads(vendor);
	const same = leads.filter((lead) => matches.some((match) => hasMatch(lead, match)));
	return same.length > 0 || isComplete ? same : 'unknown';
}

/** The top of the list, and whether all leads that search may not show are surely in it. */
async function recentLeads(
	vendor: ApiClient,
): Promise<{ leads: JsonObject[]; isComplete: boolean }> {
	const fields = LEAD_FIELDS.join(',');
	let newest = NaN;
	let isAll = false;
	let reachesBack = false;
	const listed = await collectPages(MAX_RECENT_LEADS, async (page) => {
		const { entries, hasMore } = await leadPage(vendor, page, { fields });
		if (page === 1) newest = createdAt(entries[0]);
		isAll = !hasMore;
		reachesBack = createdAt(entries[entries.length - 1]) < newest - SEARCH_LAG_MS;
		return { entries, hasMore: hasMore && !reachesBack };
	});
	// What others create while the list is read pushes leads on to the next page, where they come again.
	const leads = [...new Map(listed.map((lead) => [lead.id, lead])).values()];
	const isNewestFirst = leads.every(
		(lead, index) => index === 0 || createdAt(lead) <= createdAt(leads[index - 1]),
	);
	return { leads, isComplete: isAll || (reachesBack && isNewestFirst) };
}
