import type { IDataObject, ResourceMapperField } from 'n8n-workflow';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import {
	isBlank,
	isObject,
	asNumber,
	asObjects,
	getOwn,
	parseBody,
	asText,
	asTexts,
	type JsonObject,
} from '../../shared/values/json';
import { readCell, readText } from '../../shared/parameters/cells';
import { readDateTime } from '../../shared/parameters/leadParameters';
import { isoDay, isoUtc } from '../../shared/values/dates';
import { quote } from '../../shared/values/quote';
import { columnsOfOurNodes } from '../../shared/parameters/columns';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { collectPages } from '../../shared/transport/pagination';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { closePage } from './page';
import { readId } from '../transport/vendor';

/** Marks a field of whole days, also in the mappers that are stored in workflows. */
const DATE_SUFFIX = / \(YYYY-MM-DD\)$/;

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
		if (isBlank(value)) continue;
		const id = readId(name, 'cf', 'Custom Fields');
		const field = schema.find((known) => known.id === id) ?? {};
		body.push([`custom.${id}`, toValue(item, value, field, asText(field.displayName) ?? id)]);
	}
	return Object.fromEntries(body);
}

/** The input columns that have the ID or the name of a custom field. */
function fromColumns(item: ItemParameters, schema: JsonObject[]): JsonObject {
	const ours = columnsOfOurNodes(item.columns);
	const usable = Object.entries(item.columns).filter(([column]) => !ours.has(column));
	const byName = new Map(usable.map(([column, value]) => [asText(column), value]));
	const valueOf = (name: string) =>
		ours.has(name) ? undefined : (getOwn(item.columns, name) ?? byName.get(name));
	const columns = schema.flatMap((field): Array<[string, unknown]> => {
		const id = asText(field.id) ?? '';
		const name = (asText(field.displayName) ?? '').replace(DATE_SUFFIX, '');
		const value = valueOf(id) ?? valueOf(name);
		return id === '' || field.removed === true ? [] : [[id, value]];
	});
	return Object.fromEntries(columns);
}

function toValue(
	item: ItemParameters,
	value: unknown,
	{ type }: JsonObject,
	name: string,
): IDataObject[string] {
	const label = `Custom Fields: ${name}`;
	if (type === 'array') return toList(value, label);
	if (type === undefined && Array.isArray(value)) return toList(value, label);
	const cell = readCell(value, label);
	if (type === 'number') {
		const number = asNumber(cell);
		if (number !== undefined) return number;
		throw InvalidInputError.ofField(
			label,
			{ shown: quote(cell), problem: 'is not a number' },
			'Correct the value, or leave it empty',
		);
	}
	const isDay = DATE_SUFFIX.test(name);
	if (isDay || type === 'dateTime') {
		const moment = readDateTime(item, cell, label);
		if (moment === undefined) return undefined;
		return isDay ? isoDay(moment.epochMs, moment.offsetMinutes) : isoUtc(moment.epochMs);
	}
	if (typeof cell === 'number' && type === undefined) return cell;
	return asText(cell) ?? JSON.stringify(cell);
}

/** Several values: a list, the JSON of one, or a text with commas or semicolons. @throws InvalidInputError */
export function toList(value: unknown, label: string): string[] {
	if (Array.isArray(value)) return value.flatMap((entry) => readText(entry, label) ?? []);
	const text = readText(value, label) ?? '';
	const parsed = text.startsWith('[') ? parseBody(text).body : undefined;
	if (Array.isArray(parsed)) return toList(parsed, label);
	return text
		.split(/[;,]/)
		.map((part) => part.trim())
		.filter(Boolean);
}
