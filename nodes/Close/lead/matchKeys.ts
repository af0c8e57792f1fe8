import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { readIdText } from '../../shared/parameters/cells';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { oneOf } from '../../shared/parameters/optionReaders';
import { asObjects, getOwn, asText, isBlank, type JsonObject } from '../../shared/values/json';
import { readId } from '../transport/vendor';
import { fieldById, type CustomFields } from './customFieldSchema';
import { readCustomKey } from './customKey';
import type { LeadBody } from './leadBody';
import { bareUrl, type MatchKey } from './leadKeys';
import { isIdentifying, personKeys, SAME_PERSON, type SamePerson } from './personKeys';
import { assertSearchable, isSearchable } from './searchQuery';

/** The option Same Person. */
export function readSamePerson(item: ItemParameters): SamePerson {
	return oneOf(item.option('options', 'samePerson'), SAME_PERSON, 'Same Person') ?? 'nameAgrees';
}

/** The phone numbers of a lead as a key; none where it has no number. */
function phoneMatch({ contacts, name }: LeadBody, rule: SamePerson): MatchKey[] {
	const { phone: keys } = personKeys(contacts.people, name, rule);
	const values = contacts.people.flatMap(({ phones }) => phones).filter(isSearchable);
	return keys.length > 0 && values.length > 0 ? [{ by: 'phone', values, keys }] : [];
}

/** The emails of a lead as a key; none where it has only placeholders. */
function emailMatch({ contacts, name }: LeadBody, rule: SamePerson): MatchKey[] {
	const { email: keys } = personKeys(contacts.people, name, rule);
	const values = contacts.people.flatMap(({ emails }) => emails).filter(isIdentifying);
	return keys.length > 0 ? [{ by: 'email', values, keys }] : [];
}

/** The keys of Create: phone numbers and emails; the name where it has neither. None where Close cannot be searched. */
export function newLeadKeys(lead: LeadBody, rule: SamePerson): MatchKey[] {
	const keys = [...phoneMatch(lead, rule), ...emailMatch(lead, rule)];
	if (keys.length > 0 || lead.name === undefined || !isSearchable(lead.name)) return keys;
	return [{ by: 'name', value: lead.name }];
}

/** Reads Match By: the keys that have a value in this item, in order. @throws InvalidInputError when there is none */
export function readMatchKeys(
	item: ItemParameters,
	lead: LeadBody,
	fields: CustomFields,
): MatchKey[] {
	const rows = asObjects(getOwn(item.value('matchBy'), 'key'));
	const rule = readSamePerson(item);
	const matches = rows.flatMap((row) => readMatchKey(item, row, lead, rule, fields));
	const usable = matches.filter(canBeSearchedFor);
	if (usable.length > 0) return usable;
	for (const match of matches) assertSearchable(textOf(match) ?? '', 'Match By');
	throw new InvalidInputError(
		'None of the keys in Match By has a value',
		'Fill in a field that one of the keys uses, add a key, or use Create',
	);
}

/** The text whose words Close is searched for; undefined where it compares the value. */
function textOf(match: MatchKey): string | undefined {
	const isText = match.by === 'customField' && match.condition.type === 'text';
	return isText || match.by === 'name' || match.by === 'url' ? match.value : undefined;
}

function canBeSearchedFor(match: MatchKey): boolean {
	const text = textOf(match);
	return text === undefined || isSearchable(text);
}

function readMatchKey(
	item: ItemParameters,
	row: JsonObject,
	lead: LeadBody,
	rule: SamePerson,
	fields: CustomFields,
): MatchKey[] {
	switch (row.by) {
		case 'leadId': {
			const value = readIdText(row.value, 'Match By: Lead ID');
			if (value === undefined) return [];
			return [{ by: 'leadId', value: readId(value, 'lead', 'Match By: Lead ID') }];
		}
		case 'customField': {
			if (isBlank(row.value)) return [];
			const field = fieldById(fields, asText(row.fieldId) ?? '', 'Match By: Custom Field');
			return readCustomKey(item, row.value, field);
		}
		case 'phone':
			return phoneMatch(lead, rule);
		case 'url': {
			const url = bareUrl(lead.body.url);
			return url === '' ? [] : [{ by: 'url', value: url }];
		}
		case 'name':
			return lead.name === undefined ? [] : [{ by: 'name', value: lead.name }];
		default:
			return emailMatch(lead, rule);
	}
}
