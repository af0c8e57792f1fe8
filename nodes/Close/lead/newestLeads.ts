import type { ApiClient } from '../../shared/transport/ApiClient';
import { collectPages } from '../../shared/transport/pagination';
import type { JsonObject } from '../../shared/values/json';
import { leadPage } from './lead';
import { createdAt, LEAD_FIELDS } from './search';

/** Search may miss leads that are newer than this: they are read from the top of the list. */
const SEARCH_LAG_MS = 60_000;
/** The top of the list is read this often in a run. */
const READ_EVERY_MS = 5_000;
/** Leads with almost the same time may enter the list in any order. */
const OVERLAP_MS = 1_000;
/** Far more than Close's rate limits allow to create in a minute. */
const MAX_LEADS = 2_000;

interface TopOfList {
	leads: JsonObject[];
	/** It has all leads that search may not show yet. */
	isComplete: boolean;
}

/**
 * The top of the list, which has new leads first. @param more fields to return beyond those of every lead
 * @param since where to stop; default: what search surely shows
 */
export async function readTopOfList(
	client: ApiClient,
	more: readonly string[],
	since?: number,
): Promise<TopOfList> {
	const fields = [...LEAD_FIELDS, ...more].join(',');
	let back = NaN;
	let isAll = false;
	let reachesBack = false;
	const listed = await collectPages(MAX_LEADS, async (page) => {
		const { entries, hasMore } = await leadPage(client, page, { fields });
		if (page === 1) back = since ?? createdAt(entries[0]) - SEARCH_LAG_MS;
		isAll = !hasMore;
		reachesBack = createdAt(entries[entries.length - 1]) < back;
		return { entries, hasMore: hasMore && !reachesBack && isNewestFirst(entries) };
	});
	// A lead that is created meanwhile pushes others to the next page, where they appear again.
	const leads = [...new Map(listed.map((lead) => [lead.id, lead])).values()];
	return { leads, isComplete: isAll || (reachesBack && isNewestFirst(leads)) };
}

/** True for a lead that search surely shows. @param newest the top of the list, newest first */
export function isInSearch(lead: JsonObject, newest: readonly JsonObject[]): boolean {
	return createdAt(lead) < createdAt(newest[0]) - SEARCH_LAG_MS;
}

function isNewestFirst(leads: readonly JsonObject[]): boolean {
	return leads.every(
		(lead, index) => index === 0 || createdAt(lead) <= createdAt(leads[index - 1]),
	);
}

interface ReadList {
	readAt: number;
	leads: Promise<JsonObject[]>;
}

/** What each run has read, by its account object and the fields. */
const runs = new WeakMap<object, Map<string, ReadList>>();

/** Leads that search may not show yet, whoever created them: some requests per run, not one per lead. */
export async function newestLeads(
	client: ApiClient,
	more: readonly string[],
): Promise<JsonObject[]> {
	const lists = runs.get(client.account) ?? new Map<string, ReadList>();
	runs.set(client.account, lists);
	const key = more.join();
	const list = lists.get(key);
	if (list !== undefined && Date.now() - list.readAt < READ_EVERY_MS) return await list.leads;
	const leads = readOn(client, more, list?.leads);
	lists.set(key, { readAt: Date.now(), leads });
	return await leads;
}

async function readOn(
	client: ApiClient,
	more: readonly string[],
	earlier: Promise<JsonObject[]> | undefined,
): Promise<JsonObject[]> {
	const known = (await earlier?.catch(() => [])) ?? [];
	const newestKnown = createdAt(known[0]);
	const since = Number.isNaN(newestKnown) ? undefined : newestKnown - OVERLAP_MS;
	const { leads } = await readTopOfList(client, more, since);
	const ids = new Set(leads.map(({ id }) => id));
	const back = createdAt(leads[0]) - SEARCH_LAG_MS;
	return [...leads, ...known.filter((lead) => !ids.has(lead.id) && createdAt(lead) >= back)];
}
