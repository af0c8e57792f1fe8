import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { readIdText } from '../../shared/parameters/cells';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { oneOf } from '../../shared/parameters/optionReaders';
import { asObjects, getOwn, asText, type JsonObject } from '../../shared/values/json';
import { readId } from '../transport/vendor';
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
export function readMatchKeys(item: ItemParameters, lead: LeadBody): MatchKey[] {
	const rows = asObjects(getOwn(item.value('matchBy'), 'key'));
	const rule = readSamePerson(item);
	const matches = rows.flatMap((row) => readMatchKey(row, lead, rule));
	const usable = matches.filter((match) => !isText(match) || isSearchable(match.value));
	if (usable.length > 0) return usable;
	for (const match of matches) if (isText(match)) assertSearchable(match.value, 'Match By');
	throw new InvalidInputError(
		'None of the keys in Match By has a value',
		'Fill in a field that one of the keys uses, add a key, or use Create',
	);
}

const isText = (match: MatchKey) => match.by === 'name' || match.by === 'url';

function readMatchKey(row: JsonObject, lead: LeadBody, rule: SamePerson): MatchKey[] {
	switch (row.by) {
		case 'leadId': {
			const value = readIdText(row.value, 'Match By: Lead ID');
			if (value === undefined) return [];
			return [{ by: 'leadId', value: readId(value, 'lead', 'Match By: Lead ID') }];
		}
		case 'customField': {
			const value = readIdText(row.value, 'Match By: Custom Field');
			if (value === undefined) return [];
			const fieldId = readId(asText(row.fieldId) ?? '', 'cf', 'Match By: Custom Field');
			return [{ by: 'customField', fieldId, value }];
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
