import { asObjects, asText, type JsonObject } from '../../shared/values/json';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { quote } from '../../shared/values/quote';
import { createdLeadTest, createdWith } from './createdLeads';
import { customValuesOf } from './customValues';
import {
	conditionsOf,
	dedupeKeysOf,
	describeKey,
	fieldsToCompare,
	keysOfLead,
	knownContacts,
	type MatchKey,
} from './leadKeys';
import { readContactsOf } from './leadContacts';
import { leadById } from './lead';
import { isInSearch, newestLeads, readTopOfList } from './newestLeads';
import { PAGE_SIZE } from './page';
import { anyOf } from './searchQuery';
import { searchLeads } from './search';

/** A lead at Close that is the same as that of an item. */
export interface FoundLead {
	lead: JsonObject;
	/** The key that both have, as text for people. */
	matchedBy: string;
}

/** Leads that a search returns at most, to compare their names and numbers exactly: 100 requests. */
const MAX_CANDIDATES = 10_000;
/** Of these, leads whose contacts are read: one request each. */
const MAX_READ_CANDIDATES = 1_000;

interface Reads {
	/** Whether the contacts of a lead are worth a request. */
	shouldRead?: (lead: JsonObject) => boolean;
	maxReads?: number;
}

function matchWith(lead: JsonObject, wanted: ReadonlySet<string>): FoundLead | undefined {
	for (const key of keysOfLead(lead)) {
		if (wanted.has(key)) return { lead, matchedBy: describeKey(key) };
	}
	return undefined;
}

/**
 * Of these leads, those with one of the keys: Close's search also returns similar ones. Where a lead comes without its
 * contacts and nothing else decides, they are read. @throws InvalidInputError where that is too much
 */
async function sameLeads(
	client: ApiClient,
	leads: readonly JsonObject[],
	matches: readonly MatchKey[],
	{ shouldRead = () => true, maxReads = Infinity }: Reads = {},
): Promise<FoundLead[]> {
	const wanted = new Set(matches.flatMap(dedupeKeysOf));
	const found = new Map(leads.map((lead) => [lead, matchWith(lead, wanted)]));
	if (matches.some(({ by }) => by === 'phone' || by === 'email')) {
		const isOpen = (lead: JsonObject) =>
			found.get(lead) === undefined && knownContacts(lead) === undefined && shouldRead(lead);
		const open = leads.filter(isOpen);
		if (open.length >= maxReads) throw tooManySimilar(matches, maxReads);
		for (const [lead, complete] of await readContactsOf(client, open)) {
			found.set(lead, matchWith(complete, wanted));
		}
	}
	return [...found.values()].filter((match) => match !== undefined);
}

/** The leads that match any of these keys, by one search, the oldest first. @throws InvalidInputError for too many */
export async function search(
	client: ApiClient,
	matches: readonly MatchKey[],
): Promise<FoundLead[]> {
	if (matches.length === 0) return [];
	const candidates = await searchLeads(client, {
		conditions: [anyOf(matches.flatMap(conditionsOf))],
		order: 'asc',
		limit: MAX_CANDIDATES,
		perPage: PAGE_SIZE,
		fields: fieldsToCompare(matches),
	});
	if (candidates.length >= MAX_CANDIDATES) throw tooManySimilar(matches, MAX_CANDIDATES);
	assertComparable(candidates, matches);
	return await sameLeads(client, candidates, matches, { maxReads: MAX_READ_CANDIDATES });
}

/** The leads that match any of these keys, also those that search does not show yet; the oldest first. */
export async function findAny(
	client: ApiClient,
	matches: readonly MatchKey[],
): Promise<FoundLead[]> {
	if (matches.length === 0) return [];
	const found = await search(client, matches);
	const newest = await newestLeads(client, fieldsToCompare(matches));
	return await addNewest(client, matches, found, newest);
}

/** Adds to the leads found those that search may not show yet: of the newest ones, and of those that this process created. */
async function addNewest(
	client: ApiClient,
	matches: readonly MatchKey[],
	searched: readonly FoundLead[],
	newest: readonly JsonObject[],
): Promise<FoundLead[]> {
	const found = new Map(searched.map((one) => [one.lead.id, one]));
	const add = (leads: readonly FoundLead[]) => {
		for (const one of leads) if (!found.has(one.lead.id)) found.set(one.lead.id, one);
	};
	const keys = matches.flatMap(dedupeKeysOf);
	// The keys of a lead that this process created are known without its contacts.
	const hasKey = createdLeadTest(client, keys);
	const shouldRead = (lead: JsonObject) => !isInSearch(lead, newest) && hasKey(lead.id) !== false;
	add((await sameLeads(client, newest, matches, { shouldRead })).reverse());
	for (const id of createdWith(client, keys)) {
		if (found.has(id)) continue;
		// Read again: it may be changed or deleted by now.
		const lead = await leadById(client, id);
		if (lead !== undefined) add(await sameLeads(client, [lead], matches));
	}
	return [...found.values()];
}

/** The leads of the first key that finds any, in the order of the keys. @param find how to find those of one key */
export async function findFirst(
	client: ApiClient,
	matches: readonly MatchKey[],
	find: typeof findAny = findAny,
): Promise<FoundLead[]> {
	for (const match of matches) {
		const found =
			match.by === 'leadId'
				? await sameLeads(client, asObjects([await leadById(client, match.value)]), [match])
				: await find(client, [match]);
		if (found.length > 0) return found;
	}
	return [];
}

/** Searches, then reads the top of the list, which has new leads first; `unknown` if that is not enough. */
export async function findAfterLostResponse(
	client: ApiClient,
	matches: readonly MatchKey[],
): Promise<FoundLead[] | 'unknown'> {
	if (matches.length === 0) return 'unknown';
	const found = await findFirst(client, matches, search);
	if (found.length > 0) return found;
	const { leads, isComplete } = await readTopOfList(client, fieldsToCompare(matches));
	const same = await addNewest(client, matches, [], leads);
	return same.length > 0 || isComplete ? same : 'unknown';
}

/** @throws InvalidInputError for a lead that search found by a custom field which the reply does not have */
function assertComparable(leads: readonly JsonObject[], matches: readonly MatchKey[]): void {
	const [match] = matches;
	if (match?.by !== 'customField') return;
	const unreadable = leads.find((lead) => customValuesOf(lead)[match.fieldId] === undefined);
	if (unreadable === undefined) return;
	throw new InvalidInputError(
		`Close finds ${asText(unreadable.id) ?? 'a lead'} by the custom field ${match.fieldId}, but does not show its value, so the lead cannot be compared`,
		'Run the item again. If that does not help, give the lead ID in Match By',
	);
}

function tooManySimilar(matches: readonly MatchKey[], limit: number): InvalidInputError {
	const values = matches.map((match) =>
		'values' in match ? match.values.join(', ') : `${match.by} ${match.value}`,
	);
	return new InvalidInputError(
		`Close finds ${limit.toLocaleString('en-US')} leads or more for ${quote(values.join(', '))}, too many to compare them all with this lead`,
		'Add a phone number or an email of its own to the item, look the lead up in Close, or use a key that distinguishes it',
	);
}
