import type { IDataObject, ResourceMapperField } from 'n8n-workflow';
import type { ItemReader } from '../../shared/parameters/ItemParameters';
import { isObject, numberOf, objectsIn, own, parseBody, textOf, textsIn } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { quoted } from '../../shared/parameters/leadParameters';
import { InvalidLead } from '../../shared/actions/outcome/outcome';
import { collectPages } from '../../shared/transport/pagination';
import type { VendorClient } from '../../shared/transport/ApiClient';
import { pageSize } from './lead';
import { closeCall, readId } from '../transport/vendor';

/** All custom fields that leads have. */
export async function allCustomFields(vendor: VendorClient): Promise<JsonObject[]> {
	return await collectPages(Infinity, async (page) => {
		const { body } = await vendor.call(
			closeCall('custom_field/lead', {
				method: 'GET',
				effect: 'read',
				query: { _skip: (page - 1) * pageSize, _limit: pageSize },
			}),
		);
		return { entries: objectsIn(own(body, 'data')), more: own(body, 'has_more') === true };
	});
}

/** A custom field as a row of the mapper; a list where it holds several values. */
export function asMapperField(field: JsonObject): ResourceMapperField | undefined {
	const id = textOf(field.id);
	if (id === undefined) return undefined;
	const row = {
		id,
		displayName: textOf(field.name) ?? id,
		defaultMatch: false,
		canBeUsedToMatch: false,
		required: false,
		display: true,
	};
	if (field.accepts_multiple_values === true) return { ...row, type: 'array' };
	const choices = textsIn(field.choices).map((value) => ({ name: value, value }));
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

/** Reads Custom Fields into `custom.cf_...` keys; empty values are left out. @throws InvalidLead */
export function readCustomFields(item: ItemReader): IDataObject {
	const mapper = item.value('customFields');
	const schema = objectsIn(own(mapper, 'schema'));
	const automatic = own(mapper, 'mappingMode') === 'autoMapInputData';
	const values = automatic ? fromColumns(item, schema) : own(mapper, 'value');
	const body: Array<[string, IDataObject[string]]> = [];
	for (const [name, value] of isObject(values) ? Object.entries(values) : []) {
		if (value === null || value === undefined || value === '') continue;
		const id = readId(name, 'cf', 'Custom Fields');
		const field = schema.find((known) => known.id === id) ?? {};
		body.push([`custom.${id}`, toValue(value, field, textOf(field.displayName) ?? id)]);
	}
	return Object.fromEntries(body);
}

/** The input columns that bear the ID or the name of a custom field. */
function fromColumns(item: ItemReader, schema: JsonObject[]): JsonObject {
	const columns = schema.flatMap((field): Array<[string, unknown]> => {
		const id = textOf(field.id) ?? '';
		const name = (textOf(field.displayName) ?? '').replace(/ \(YYYY-MM-DD\)$/, '');
		const value = own(item.columns, id) ?? own(item.columns, name);
		return id === '' || field.removed === true ? [] : [[id, value]];
	});
	return Object.fromEntries(columns);
}

function toValue(value: unknown, { type }: JsonObject, label: string): IDataObject[string] {
	if (type === 'array') return toList(value);
	if (type === 'number') {
		const number = numberOf(value);
		if (number !== undefined) return number;
		throw new InvalidLead(
			`Custom Fields: ${label}: ${quoted(value)} is not a number`,
			'Correct the value, or leave it empty',
		);
	}
	if (Array.isArray(value)) return toList(value);
	return typeof value === 'number' && type === undefined ? value : asText(value);
}

/** Several values: a list, the JSON of one, or a text with commas or semicolons. */
export function toList(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap((entry) => textOf(entry) ?? []);
	const text = textOf(value) ?? '';
	const parsed = text.startsWith('[') ? parseBody(text).body : undefined;
	if (Array.isArray(parsed)) return toList(parsed);
	return text
		.split(/[;,]/)
		.map((part) => part.trim())
		.filter(Boolean);
}

/** A value as text; a date of n8n's is written as JSON writes it. */
function asText(value: unknown): string {
	const json: unknown = JSON.parse(JSON.stringify(value));
	return textOf(json) ?? JSON.stringify(json);
}
