import type { IDataObject } from 'n8n-workflow';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { readIdText } from '../../shared/parameters/cells';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { isBlank } from '../../shared/values/json';
import { readId } from '../transport/vendor';
import { readOne } from './customFields';
import type { CustomField } from './customFieldSchema';
import { dayIs, exactly, momentIs, numberIs, termIs, userIs } from './searchQuery';

const LABEL = 'Match By: Custom Field';

/** A custom field as a key: the value, and the condition that finds at least all leads with it. */
export interface CustomKey {
	by: 'customField';
	fieldId: string;
	value: string;
	condition: IDataObject;
}

/** The types of custom fields that Close's search can be asked for, by value (Close API page, Advanced Filtering). */
const CONDITIONS: ReadonlyMap<string, (value: string) => IDataObject> = new Map([
	['text', exactly],
	['choices', termIs],
	['number', numberIs],
	['user', userIs],
	['date', dayIs],
	['datetime', momentIs],
]);

export const isMatchable = ({ type }: CustomField) => CONDITIONS.has(type);

/** The key for a value; none for a blank one. @throws InvalidInputError for a type that cannot be matched, or a value not of it */
export function readCustomKey(
	item: ItemParameters,
	value: unknown,
	field: CustomField,
): CustomKey[] {
	if (isBlank(value)) return [];
	const conditionFor = CONDITIONS.get(field.type);
	if (conditionFor === undefined) {
		throw new InvalidInputError(
			`${LABEL}: Close cannot be searched by a field of the type ${field.type} (${field.name})`,
			'Choose a field with a text, a number, a date, a choice or a user',
		);
	}
	const text = readText(item, value, field);
	return text === undefined
		? []
		: [{ by: 'customField', fieldId: field.id, value: text, condition: conditionFor(text) }];
}

function readText(item: ItemParameters, value: unknown, field: CustomField): string | undefined {
	if (field.type === 'text') return readIdText(value, LABEL);
	const label = `${LABEL}: ${field.name}`;
	const read = readOne(item, value, field, label);
	if (read === undefined) return undefined;
	return field.type === 'user' ? readId(String(read), 'user', label) : String(read);
}
