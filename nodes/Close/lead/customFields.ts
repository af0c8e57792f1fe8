import type { IDataObject, ResourceMapperField } from 'n8n-workflow';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { readCell, readText } from '../../shared/parameters/cells';
import { columnsOfOurNodes } from '../../shared/parameters/columns';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { readDateTime } from '../../shared/parameters/leadParameters';
import { isoDay, isoUtc } from '../../shared/values/dates';
import {
	asNumber,
	asObjects,
	asText,
	getOwn,
	isBlank,
	isObject,
	parseBody,
	type JsonObject,
} from '../../shared/values/json';
import { quote } from '../../shared/values/quote';
import { readId } from '../transport/vendor';
import { noSuchField, type CustomField, type CustomFields } from './customFieldSchema';
import { customFieldIdOf, customKey } from './customValues';

const LABEL = 'Custom Fields';
/** Marks a field of whole days, also in the mappers that are stored in workflows. */
const DATE_SUFFIX = / \(YYYY-MM-DD\)$/;
const FIELD_ID = /^l?cf_[A-Za-z0-9]+$/;
const MAX_SHOWN_CHOICES = 30;

const displayNameOf = ({ name, type }: CustomField) =>
	type === 'date' ? `${name} (YYYY-MM-DD)` : name;

/** A custom field as a row of the mapper; a list where it accepts several values. */
export function asMapperField(field: CustomField): ResourceMapperField {
	const { id, type, isMultiple } = field;
	const row = {
		id,
		displayName: displayNameOf(field),
		defaultMatch: false,
		canBeUsedToMatch: false,
		required: false,
		display: true,
	};
	if (isMultiple) return { ...row, displayName: field.name, type: 'array' };
	const choices = field.choices.map((value) => ({ name: value, value }));
	if (choices.length > 0) return { ...row, type: 'options', options: choices };
	if (type === 'number') return { ...row, type: 'number' };
	return { ...row, type: type === 'datetime' ? 'dateTime' : 'string' };
}

/** Reads Custom Fields into `custom.cf_...` keys, without empty values. @throws InvalidInputError */
export function readCustomFields(item: ItemParameters, fields: CustomFields): IDataObject {
	const mapper = item.value('customFields');
	const stored = asObjects(getOwn(mapper, 'schema'));
	const isAutomatic = getOwn(mapper, 'mappingMode') === 'autoMapInputData';
	const values = isAutomatic ? fromColumns(item, fields, stored) : getOwn(mapper, 'value');
	const body: Array<[string, IDataObject[string]]> = [];
	for (const [id, value] of isObject(values) ? Object.entries(values) : []) {
		if (isBlank(value)) continue;
		const field = fields.get(id) ?? noSuchField(id, LABEL, storedNameOf(stored, id));
		body.push([customKey(id), readWhole(item, value, field)]);
	}
	return Object.fromEntries(body);
}

/** What a field was called when the editor stored it. */
function storedNameOf(stored: readonly JsonObject[], id: string): string | undefined {
	return asText(stored.find((field) => field.id === id)?.displayName)?.replace(DATE_SUFFIX, '');
}

/**
 * The input columns that have the ID of a custom field, its name, or the name that it had when it was mapped. Other
 * columns are not for Close, except those that name a field which Close no longer has. @throws InvalidInputError
 */
function fromColumns(
	item: ItemParameters,
	fields: CustomFields,
	stored: readonly JsonObject[],
): JsonObject {
	const ours = columnsOfOurNodes(item.columns);
	const columns = new Map(
		Object.entries(item.columns).flatMap(([column, value]): Array<[string, unknown]> => {
			const name = asText(column);
			return name === undefined || ours.has(column) || isBlank(value) ? [] : [[name, value]];
		}),
	);
	const removed = new Set(stored.filter((field) => field.removed === true).map(({ id }) => id));
	const usable = [...fields.values()].filter(({ id }) => !removed.has(id));
	const names = new Set(usable.map(({ name }) => name));
	const found = usable.map(({ id, name }): [string, unknown] => {
		const byId = columns.get(id) ?? columns.get(customKey(id));
		if (byId !== undefined) return [id, byId];
		if (columns.has(name)) assertOneOf(usable, name);
		const oldName = storedNameOf(stored, id) ?? name;
		return [id, columns.get(name) ?? (names.has(oldName) ? undefined : columns.get(oldName))];
	});
	const gone = stored.flatMap((field): Array<[string, unknown]> => {
		const id = asText(field.id) ?? '';
		const name = storedNameOf(stored, id) ?? id;
		const isGone = !fields.has(id) && !removed.has(id) && !names.has(name);
		return isGone ? [[id, columns.get(id) ?? columns.get(name)]] : [];
	});
	const unknown = [...columns].flatMap(([column, value]): Array<[string, unknown]> => {
		const id = customFieldIdOf(column) ?? column;
		return FIELD_ID.test(id) && !fields.has(id) ? [[id, value]] : [];
	});
	return Object.fromEntries([...gone, ...unknown, ...found]);
}

/** @throws InvalidInputError where several fields have this name and no column with their ID */
function assertOneOf(fields: readonly CustomField[], name: string): void {
	const ids = fields.filter((field) => field.name === name).map(({ id }) => id);
	if (ids.length === 1) return;
	throw new InvalidInputError(
		`${LABEL}: ${ids.length} custom fields of Close have the name ${quote(name)}`,
		`Give the column the ID of one of them as its name: ${ids.join(', ')}`,
	);
}

function readWhole(item: ItemParameters, value: unknown, field: CustomField): IDataObject[string] {
	const label = `${LABEL}: ${displayNameOf(field)}`;
	if (!field.isMultiple) return readOne(item, value, field, label);
	const whole = Array.isArray(value) ? undefined : readText(value, label);
	const choice = whole === undefined ? undefined : choiceOf(field, whole);
	if (choice !== undefined) return [choice];
	return toList(value, label).map((entry) => String(readOne(item, entry, field, label)));
}

/** One value, as Close accepts it in a field of this type. @throws InvalidInputError */
export function readOne(
	item: ItemParameters,
	value: unknown,
	field: CustomField,
	label: string,
): string | number | undefined {
	const cell = readCell(value, label);
	switch (field.type) {
		case 'number':
			return readNumber(cell, label);
		case 'date':
		case 'datetime': {
			const moment = readDateTime(item, cell, label);
			if (moment === undefined) return undefined;
			const { epochMs, offsetMinutes } = moment;
			return field.type === 'date' ? isoDay(epochMs, offsetMinutes) : isoUtc(epochMs);
		}
		case 'hidden':
			if (typeof cell === 'number') return cell;
			break;
	}
	const text = asText(cell) ?? JSON.stringify(cell);
	if (field.choices.length > 0) return choiceOf(field, text) ?? noChoice(field, text, label);
	if (field.type === 'contact') return readId(text, 'cont', label);
	// A user may also be given by name (Close API page, Custom Fields).
	return field.type === 'user' && text.startsWith('user_') ? readId(text, 'user', label) : text;
}

function readNumber(cell: unknown, label: string): number {
	const number = asNumber(cell);
	if (number !== undefined) return number;
	throw InvalidInputError.ofField(
		label,
		{ shown: quote(cell), problem: 'is not a number' },
		'Correct the value, or leave it empty',
	);
}

/** The choice that a text is, as Close spells it. */
function choiceOf({ choices }: CustomField, text: string): string | undefined {
	return choices.find((choice) => asText(choice) === text);
}

function noChoice({ choices, isMultiple }: CustomField, text: string, label: string): never {
	const named = choices.map((choice) => (/[,;]/.test(choice) ? quote(choice) : choice));
	const shown = named.slice(0, MAX_SHOWN_CHOICES).join(', ');
	const more = choices.length > MAX_SHOWN_CHOICES ? ', …' : '';
	throw InvalidInputError.ofField(
		label,
		{ shown: quote(text), problem: `is not a choice. The choices: ${shown}${more}` },
		isMultiple
			? 'Correct the value, or add the choice to the field in Close. Enter choices with commas in them as a list, such as ["A, B", "C"]'
			: 'Correct the value, or add the choice to the field in Close',
	);
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
