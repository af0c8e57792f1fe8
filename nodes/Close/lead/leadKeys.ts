import type { DedupeKey } from '../../shared/actions/dedupeKey';
import type { IDataObject } from 'n8n-workflow';
import { asObjects, asText, asTexts, getOwn, type JsonObject } from '../../shared/values/json';
import { isoUtc } from '../../shared/values/dates';
import { digitsOf } from '../../shared/values/phone/digitsOf';
import { keysOfContact, type Person } from './personKeys';
import type { CustomKey } from './customKey';
import { customKey, customValuesOf } from './customValues';
import { contactHas, customFieldMatches, leadHas } from './searchQuery';

/** A key to match leads by. Of a phone number or an email: the values to search for, and the keys that decide. */
export type MatchKey =
	| { by: 'leadId'; value: string }
	| CustomKey
	| { by: 'email' | 'phone'; values: readonly string[]; keys: readonly string[] }
	| { by: 'url'; value: string }
	| { by: 'name'; value: string };

const lower = (text: unknown) => (asText(text) ?? '').toLowerCase();
/** A URL as it is compared: without scheme and closing slashes. */
export const bareUrl = (url: unknown) =>
	lower(url)
		.replace(/^[a-z]+:\/\//, '')
		// The look-behind starts one match only, however many slashes there are.
		.replace(/(?<!\/)\/+$/, '');

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;

/** The key of a value of a custom field; one moment has one key, however it is written. */
function customKeyOf(fieldId: string, value: unknown): string {
	const text = asText(value) ?? '';
	const epochMs = TIME.test(text) ? Date.parse(text) : NaN;
	return `${fieldId} ${Number.isNaN(epochMs) ? text : isoUtc(epochMs)}`;
}

/** The fields to ask for by name, so that leads can be compared by these keys. */
export function fieldsToCompare(matches: readonly MatchKey[]): string[] {
	const ids = matches.flatMap((match) => (match.by === 'customField' ? [match.fieldId] : []));
	return [...new Set(ids)].sort().map(customKey);
}

/** Dedupe keys: two items of a run that share one are the same lead. */
export function dedupeKeysOf(match: MatchKey): readonly string[] {
	switch (match.by) {
		case 'email':
		case 'phone':
			return match.keys;
		case 'customField':
			// Case-sensitive: keys of other systems may differ in case only.
			return [customKeyOf(match.fieldId, match.value)];
		case 'leadId':
			return [`leadId ${match.value}`];
		case 'url':
			return [`url ${bareUrl(match.value)}`];
		case 'name':
			return [`name ${lower(match.value)}`];
	}
}

/** The dedupe keys of an item, each once, with a label for the output of a duplicate. */
export function labeledKeysOf(matches: readonly MatchKey[]): DedupeKey[] {
	return [...new Set(matches.flatMap(dedupeKeysOf))].map((identity) => ({
		identity,
		label: describeKey(identity),
	}));
}

/** What a key is: "phone number +15095551234 and name"; the name itself is in the item. */
export function describeKey(key: string): string {
	return key
		.replace(/^phone /, 'phone number ')
		.replace(/^leadId /, 'lead ID ')
		.replace(/ and name .*/s, ' and name');
}

/** The search that finds at least all leads with this key. */
export function conditionsOf(match: MatchKey): IDataObject[] {
	switch (match.by) {
		case 'email':
		case 'phone':
			return match.values.map((value) => contactHas(match.by, value));
		case 'customField':
			return [customFieldMatches(match.fieldId, match.condition)];
		case 'leadId':
			return [{ type: 'id', value: match.value }];
		case 'url':
			return [leadHas('url', bareUrl(match.value))];
		case 'name':
			return [leadHas('name', match.value)];
	}
}

/** All keys by which this lead, as Close has it or as it is sent, is the same as that of an item. */
export function* keysOfLead(lead: JsonObject): Generator<string> {
	yield `leadId ${asText(lead.id) ?? ''}`;
	for (const [fieldId, value] of Object.entries(customValuesOf(lead))) {
		const values: unknown[] = Array.isArray(value) ? value : [value];
		for (const entry of values) yield customKeyOf(fieldId, entry);
	}
	yield `url ${bareUrl(lead.url)}`;
	yield `name ${lower(lead.name)}`;
	yield `name ${lower(lead.display_name)}`;
	for (const person of peopleOf(lead)) yield* keysOfContact(person, asText(lead.name));
}

/** True if contacts that the lead names in `contact_ids` are not among these. */
export function lacksContacts(contacts: readonly JsonObject[], contactIds: unknown): boolean {
	return asTexts(contactIds).some((id) => !contacts.some((contact) => contact.id === id));
}

/** All contacts of a lead, as far as it has them; undefined where they would have to be read. */
export function knownContacts(lead: JsonObject): JsonObject[] | undefined {
	const { contacts, contact_ids: ids } = lead;
	if (Array.isArray(ids) && ids.length === 0) return [];
	const listed = asObjects(contacts);
	return Array.isArray(contacts) && !lacksContacts(listed, ids) ? listed : undefined;
}

/** The contacts of a lead; where they are not known, its primary number and email, perhaps of two people. */
function peopleOf(lead: JsonObject): Person[] {
	const contacts = knownContacts(lead);
	if (contacts === undefined) {
		const nameless = { name: undefined, phones: [], emails: [] };
		return [
			{ ...nameless, phones: textsIn([lead.primary_phone], 'phone') },
			{ ...nameless, emails: textsIn([lead.primary_email], 'email') },
		];
	}
	return contacts.map((contact) => ({
		name: asText(contact.name),
		phones: textsIn(contact.phones, 'phone'),
		emails: textsIn(contact.emails, 'email'),
	}));
}

function textsIn(list: unknown, field: string): string[] {
	return asObjects(list).flatMap((entry) => asText(getOwn(entry, field)) ?? []);
}

/** True if a lead of Close has every phone number and email of these people. */
export function hasContactsOf(lead: JsonObject, people: readonly Person[]): boolean {
	const contacts = asObjects(lead.contacts);
	const valuesOf = (list: string, name: string) =>
		contacts.flatMap((contact) => asObjects(getOwn(contact, list)).map((entry) => entry[name]));
	const phones = new Set(valuesOf('phones', 'phone').map(digitsOf));
	const emails = new Set(valuesOf('emails', 'email').map(lower));
	return people.every(
		(person) =>
			person.phones.every((phone) => phones.has(digitsOf(phone))) &&
			person.emails.every((email) => emails.has(lower(email))),
	);
}
