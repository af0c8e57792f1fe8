import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { readIdText } from '../../shared/parameters/cells';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { asObjects, getOwn, asText, type JsonObject } from '../../shared/values/json';
import { readId } from '../transport/vendor';
import type { LeadBody } from './leadBody';
import type { MatchKey } from './matching';

/** Reads Match By: the keys that have a value in this item, in order. @throws InvalidInputError when there is none */
export function readMatchKeys(item: ItemParameters, lead: LeadBody): MatchKey[] {
	const rows = asObjects(getOwn(item.value('matchBy'), 'key'));
	const matches = rows.flatMap((row) => readMatchKey(row, lead) ?? []);
	if (matches.length > 0) return matches;
	throw new InvalidInputError(
		'None of the keys in Match By has a value',
		'Fill in a field that one of the keys uses, add a key, or use Create',
	);
}

function readMatchKey(row: JsonObject, { body, contacts, name }: LeadBody): MatchKey | undefined {
	switch (row.by) {
		case 'leadId': {
			const value = readIdText(row.value, 'Match By: Lead ID');
			if (value === undefined) return undefined;
			return { by: 'leadId', value: readId(value, 'lead', 'Match By: Lead ID') };
		}
		case 'customField': {
			const value = readIdText(row.value, 'Match By: Custom Field');
			if (value === undefined) return undefined;
			const fieldId = readId(asText(row.fieldId) ?? '', 'cf', 'Match By: Custom Field');
			return { by: 'customField', fieldId, value };
		}
		case 'phone':
			return contacts.phones.length > 0 ? { by: 'phone', values: contacts.phones } : undefined;
		case 'url': {
			const url = asText(body.url);
			return url === undefined ? undefined : { by: 'url', value: url };
		}
		case 'name':
			return name === undefined ? undefined : { by: 'name', value: name };
		default:
			return contacts.emails.length > 0 ? { by: 'email', values: contacts.emails } : undefined;
	}
}
