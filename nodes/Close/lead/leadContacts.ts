import { ApiError } from '../../shared/transport/ApiError';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { collectStable } from '../../shared/transport/pagination';
import { limitConcurrency, runConcurrently } from '../../shared/values/concurrency';
import { asText, asTexts, toError, type JsonObject } from '../../shared/values/json';
import { LruMap } from '../../shared/values/LruMap';
import { leadById } from './lead';
import { hasContactsOf, knownContacts, lacksContacts } from './leadKeys';
import { closePage } from './page';
import type { Person } from './personKeys';

// A lead has its contacts in `contacts`, which is deprecated in replies (Close API page, Create a new lead).
// Without it, they are read: a lead whose contacts are not known may be the one that is looked for.

/** What says who a contact is. */
const CONTACT_FIELDS = ['id', 'lead_id', 'name', 'emails', 'phones'].join(',');
/** Far more than a lead has; ends a list that never ends. */
const MAX_CONTACTS = 10_000;
/** How long contacts that were read count as current. */
const REMEMBERED_MS = 60_000;
const MAX_REMEMBERED = 2_000;

interface Reading {
	at: number;
	contacts: Promise<JsonObject[]>;
}

interface Run {
	readings: LruMap<string, Reading>;
	inTurn: ReturnType<typeof limitConcurrency>;
}

/** What each run has read, by its account object. */
const runs = new WeakMap<object, Run>();

function runOf({ account, options }: ApiClient): Run {
	const known = runs.get(account);
	if (known !== undefined) return known;
	const inTurn = limitConcurrency(options.settings.maxConcurrentRequests);
	const run = { readings: new LruMap<string, Reading>(MAX_REMEMBERED), inTurn };
	runs.set(account, run);
	return run;
}

/** `GET /contact/` of one lead (Close docs, contacts). @throws ApiError; `refused` also where the lead is gone */
async function listContacts(client: ApiClient, leadId: string): Promise<JsonObject[]> {
	const query = { lead_id: leadId, _fields: CONTACT_FIELDS };
	const contacts = await collectStable(
		MAX_CONTACTS,
		async (page) => await closePage(client, 'contact', page, { query }),
		(contact) => asText(contact.id),
	);
	return contacts.filter((contact) => (asText(contact.lead_id) ?? leadId) === leadId);
}

/** The contacts of a lead; read again if some that it names are missing. */
async function contactsOf(client: ApiClient, leadId: string, ids: unknown): Promise<JsonObject[]> {
	const { readings, inTurn } = runOf(client);
	const known = readings.get(leadId);
	if (known !== undefined && Date.now() - known.at < REMEMBERED_MS) {
		const contacts = await known.contacts;
		if (!lacksContacts(contacts, ids)) return contacts;
	}
	const contacts = inTurn(async () => await listContacts(client, leadId));
	readings.set(leadId, { at: Date.now(), contacts });
	try {
		return await contacts;
	} catch (error) {
		readings.delete(leadId);
		throw toError(error);
	}
}

/** The lead with these contacts, in its own order; undefined where some that it names are missing. */
function join(lead: JsonObject, contacts: readonly JsonObject[]): JsonObject | undefined {
	if (lacksContacts(contacts, lead.contact_ids)) return undefined;
	const ids = asTexts(lead.contact_ids);
	const position = ({ id }: JsonObject) => {
		const index = ids.indexOf(asText(id) ?? '');
		return index < 0 ? ids.length : index;
	};
	const inOrder = [...contacts].sort((one, other) => position(one) - position(other));
	return { ...lead, contacts: inOrder };
}

/**
 * The lead with all its contacts; undefined where Close does not have it any more. Costs nothing where they are in
 * the lead. @throws ApiError where they cannot be read
 */
export async function withContacts(
	client: ApiClient,
	lead: JsonObject,
): Promise<JsonObject | undefined> {
	const known = knownContacts(lead);
	if (known !== undefined) return { ...lead, contacts: known };
	const id = asText(lead.id);
	if (id === undefined) throw unreadable('a lead without an ID');
	const contacts = await contactsOf(client, id, lead.contact_ids).catch(unlessRefused);
	const complete = contacts && join(lead, contacts);
	if (complete !== undefined) return complete;
	// Search may show an older state: a contact may be gone by now, or the lead.
	const current = await leadById(client, id);
	if (current === undefined) return undefined;
	const now = knownContacts(current) ?? contacts;
	const completeNow = now && join(current, now);
	if (completeNow === undefined) throw unreadable(`lead ${id}`);
	return completeNow;
}

function unlessRefused(error: unknown): undefined {
	if (error instanceof ApiError && (error.status === 400 || error.status === 404)) return undefined;
	throw toError(error);
}

function unreadable(what: string): ApiError {
	return new ApiError(
		'notSent',
		`Close does not show the contacts of ${what}, so it cannot be compared with this item`,
		'Run the item again. If this stays so, check in Close that the user of the credential may see the contacts of this lead',
	);
}

/** These leads with all their contacts, by the lead as given; without those that are gone. @throws ApiError where some cannot be read */
export async function readContactsOf(
	client: ApiClient,
	leads: readonly JsonObject[],
): Promise<Map<JsonObject, JsonObject>> {
	const complete = new Map<JsonObject, JsonObject>();
	const reads = leads.map((lead) => async () => {
		const read = await withContacts(client, lead);
		if (read !== undefined) complete.set(lead, read);
	});
	await runConcurrently(reads, client.options.settings.maxConcurrentRequests, () => true);
	return complete;
}

/** The last of these leads that has every phone number and email of these people. @throws ApiError where contacts cannot be read */
export async function lastWith(
	client: ApiClient,
	leads: readonly JsonObject[],
	people: readonly Person[],
): Promise<JsonObject | undefined> {
	if (people.length === 0) return leads[leads.length - 1];
	const complete = [...(await readContactsOf(client, leads)).values()];
	return complete.filter((lead) => hasContactsOf(lead, people)).pop();
}
