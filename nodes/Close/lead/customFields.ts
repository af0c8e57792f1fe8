import type { IDataObject, ResourceMapperField } from 'n8n-workflow';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import {
	isObject,
	asNumber,
	asObjects,
	getOwn,
	parseBody,
	asText,
	asTexts,
	toJsonValue,
	type JsonObject,
} from '../../shared/values/json';
import { quote } from '../../shared/values/quote';
import { columnsOfOurNodes } from '../../shared/parameters/columns';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { collectPages } from '../../shared/transport/pagination';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { closePage } from './page';
import { readId } from '../transport/vendor';

export async function allCustomFields(client: ApiClient): Promise<JsonObject[]> {
	return await collectPages(
		Infinity,
		async (page) => await closePage(client, 'custom_field/lead', page),
	);
}

/** A custom field as a row of the mapper; a list where it accepts several values. */
export function asMapperField(field: JsonObject): ResourceMapperField | undefined {
	const id = asText(field.id);
	if (id === undefined) return undefined;
	const row = {
		id,
		displayName: asText(field.name) ?? id,
		defaultMatch: false,
		canBeUsedToMatch: false,
		required: false,
		display: true,
	};
	if (field.accepts_multiple_values === true) return { ...row, type: 'array' };
	const choices = asTexts(field.choices).map((value) => ({ name: value, value }));
	if (choices.length > 0) return { ...row, type: 'options', options: choices };
	switch (field.type) {
		case 'number':
			return { ...row, type: 'number' };
		case 'datetime':
			return { ...row, type: 'dateTime' };
		case 'date':
			return { ...row, displayName: `${row.displayName} (YYYY-MM-DD)`, type: 'string' };
		default:
			return { ...row, type: 'string' };
	}
}

/** Reads Custom Fields into `custom.cf_...` keys, without empty values. @throws InvalidInputError */
export function readCustomFields(item: ItemParameters): IDataObject {
	const mapper = item.value('customFields');
	const schema = asObjects(getOwn(mapper, 'schema'));
	const automatic = getOwn(mapper, 'mappingMode') === 'autoMapInputData';
	const values = automatic ? fromColumns(item, schema) : getOwn(mapper, 'value');
	const body: Array<[string, IDataObject[string]]> = [];
	for (const [name, value] of isObject(values) ? Object.entries(values) : []) {
		if (value === null || value === undefined || value === '') continue;
		const id = readId(name, 'cf', 'Custom Fields');
		const field = schema.find((known) => known.id === id) ?? {};
		body.push([`custom.${id}`, toValue(value, field, asText(field.displayName) ?? id)]);
	}
	return Object.fromEntries(body);
}

/** The input columns that have the ID or the name of a custom field. */
function fromColumns(item: ItemParameters, schema: JsonObject[]): JsonObject {
	const ours = columnsOfOurNodes(item.columns);
	const valueOf = (name: string) => (ours.has(name) ? undefined : getOwn(item.columns, name));
	const columns = schema.flatMap((field): Array<[string, unknown]> => {
		const id = asText(field.id) ?? '';
		const name = (asText(field.displayName) ?? '').replace(/ \(YYYY-MM-DD\)$/, '');
		const value = valueOf(id) ?? valueOf(name);
		return id === '' || field.removed === true ? [] : [[id, value]];
	});
	return Object.fromEntries(columns);
}

function toValue(value: unknown, { type }: JsonObject, label: string): IDataObject[string] {
	if (type === 'array') return toList(value);
	if (type === 'number') {
		const number = asNumber(value);
		if (number !== undefined) return number;
		throw new InvalidInputError(
			`Custom Fields: ${label}: ${quote(value)} is not a number`,
			'Correct the value, or leave it empty',
		);
	}
	if (Array.isArray(value)) return toList(value);
	return typeof value === 'number' && type === undefined ? value : displayText(value);
}

/** Several values: a list, the JSON of one, or a text with commas or semicolons. */
export function toList(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap((entry) => asText(entry) ?? []);
	const text = asText(value) ?? '';
	const parsed = text.startsWith('[') ? parseBody(text).body : undefined;
	if (Array.isArray(parsed)) return toList(parsed);
	return text
		.split(/[;,]/)
		.map((part) => part.trim())
		.filter(Boolean);
}

/** A value as text; a date of n8n's as its ISO text. */
function displayText(value: unknown): string {
	const json = toJsonValue(value);
	return asText(json) ?? JSON.stringify(json);
}
