import type { IDataObject } from 'n8n-workflow';
import { hasId } from '../../shared/transport/responseValidators';
import { asObjects, getOwn, asText, type JsonObject } from '../../shared/values/json';
import { digitsOf } from '../../shared/values/phone/digitsOf';
import { collectPages } from '../../shared/transport/pagination';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { leadPage } from './lead';
import { PAGE_SIZE } from './page';
import { anyOf, contactHas, customFieldIs, leadHas } from './searchQuery';
import { createdAt, searchLeads, LEAD_FIELDS } from './search';
import { closeRequest } from '../transport/vendor';

/** A key to match leads by; any one value matches. */
export type MatchKey =
	| { by: 'leadId'; value: string }
	| { by: 'customField'; fieldId: string; value: string }
	| { by: 'email'; values: string[] }
	| { by: 'phone'; values: string[] }
	| { by: 'url'; value: string }
	| { by: 'name'; value: string };

/** Leads that a search returns at most, to compare their names and numbers exactly. */
const MAX_CANDIDATES = 1_000;
/** Search may miss leads that are newer than this: they are read from the top of the list. */
const SEARCH_LAG_MS = 60_000;
/** Far more than Close's rate limits allow to create in a minute. */
const MAX_RECENT_LEADS = 2_000;

const lower = (text: unknown) => (asText(text) ?? '').toLowerCase();
const bareUrl = (url: unknown) =>
	lower(url)
		.replace(/^[a-z]+:\/\//, '')
		.replace(/\/+$/, '');

/** Dedupe keys: two items of a run that share one are the same lead. */
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

/** True if a lead has exactly this value: Close's search also returns similar ones. */
function hasMatch(lead: JsonObject, match: MatchKey): boolean {
	switch (match.by) {
		case 'leadId':
			return lead.id === match.value;
		case 'customField': {
			const value = lead[`custom.${match.fieldId}`];
			const values = Array.isArray(value) ? value : [value];
			// Case-sensitive, as the dedupe key is: keys of other systems may differ in case only.
			return values.some((entry) => asText(entry) === match.value);
		}
		case 'email': {
			const emails = listsOf(lead, 'emails').map(({ email }) => lower(email));
			return match.values.some((value) => emails.includes(value));
		}
		case 'phone': {
			const phones = listsOf(lead, 'phones').map(({ phone }) => digitsOf(phone));
			return match.values.some((value) => phones.includes(digitsOf(value)));
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

/** The leads that match any of these keys, by one search, the oldest first. */
export async function findAny(
	client: ApiClient,
	matches: readonly MatchKey[],
): Promise<JsonObject[]> {
	if (matches.length === 0) return [];
	const found = await searchLeads(client, {
		conditions: [anyOf(matches.map(conditionOf))],
		order: 'asc',
		limit: MAX_CANDIDATES,
		perPage: PAGE_SIZE,
	});
	return found.filter((lead) => matches.some((match) => hasMatch(lead, match)));
}

export async function leadById(client: ApiClient, id: string): Promise<JsonObject | undefined> {
	const { status, body } = await client.request(
		closeRequest('lead', {
			id,
			method: 'GET',
			safety: 'safe',
			expectedStatuses: [404],
			validateBody: hasId,
		}),
	);
	return status === 404 ? undefined : asObjects([body])[0];
}

/** The leads of the first key that finds any, in the order of the keys. */
export async function findFirst(
	client: ApiClient,
	matches: readonly MatchKey[],
): Promise<JsonObject[]> {
	const [match, ...others] = matches;
	if (match === undefined) return [];
	const found =
		match.by === 'leadId'
			? [await leadById(client, match.value)].filter((lead) => lead !== undefined)
			: await findAny(client, [match]);
	return found.length > 0 ? found : await findFirst(client, others);
}

/** Searches, then reads the top of the list, which has new leads first; `unknown` if that is not enough. */
export async function findAfterLostResponse(
	client: ApiClient,
	matches: readonly MatchKey[],
): Promise<JsonObject[] | 'unknown'> {
	const found = await findFirst(client, matches);
	if (found.length > 0) return found;
	const { leads, isComplete } = await recentLeads(client);
	const same = leads.filter((lead) => matches.some((match) => hasMatch(lead, match)));
	return same.length > 0 || isComplete ? same : 'unknown';
}

/** The top of the list; complete if it has all leads that search may not show yet. */
async function recentLeads(
	client: ApiClient,
): Promise<{ leads: JsonObject[]; isComplete: boolean }> {
	const fields = LEAD_FIELDS.join(',');
	let newest = NaN;
	let isAll = false;
	let reachesBack = false;
	const listed = await collectPages(MAX_RECENT_LEADS, async (page) => {
		const { entries, hasMore } = await leadPage(client, page, { fields });
		if (page === 1) newest = createdAt(entries[0]);
		isAll = !hasMore;
		reachesBack = createdAt(entries[entries.length - 1]) < newest - SEARCH_LAG_MS;
		return { entries, hasMore: hasMore && !reachesBack };
	});
	// A lead that is created meanwhile pushes others to the next page, where they appear again.
	const leads = [...new Map(listed.map((lead) => [lead.id, lead])).values()];
	const isNewestFirst = leads.every(
		(lead, index) => index === 0 || createdAt(lead) <= createdAt(leads[index - 1]),
	);
	return { leads, isComplete: isAll || (reachesBack && isNewestFirst) };
}
