import { cleanText } from '../values/cleanText';
import { parseInstant } from '../values/dates';
import { DATE_FORMATS } from '../values/numericDates';
import type { ItemParameters } from './ItemParameters';
import { oneOf } from './optionReaders';
import { isBlank, isObject, asNumber, asText } from '../values/json';
import { readCell, readText } from './cells';
import { InvalidInputError } from '../errors/InvalidInputError';
import { readPhone } from '../values/phone/readPhone';
import type { PhoneFormat, PhoneValidation } from '../values/phone/phoneResult';
import { quote } from '../values/quote';
import { readUsState, readUsZip } from '../values/usAddress';

/** A phone number as it goes to the vendor. */
export interface LeadPhone {
	phone: string;
	/** Undefined where validation is off and the text is no number. */
	e164: string | undefined;
	/** Dialers accept no extension: it is not part of `phone`, and is in the output. */
	extension: string | undefined;
}

/** The number in E.164 where it can be read, whatever its spelling: for keys and for the output. */
export function numberOf({ phone, e164 }: Pick<LeadPhone, 'phone' | 'e164'>): string {
	return e164 ?? phone;
}

const VALIDATIONS: readonly PhoneValidation[] = ['off', 'e164Shape', 'possible', 'valid'];
const FORMATS: readonly PhoneFormat[] = ['e164', 'e164WithoutPlus', 'national'];

/** Used where the user chose nothing. */
export interface PhoneDefaults {
	country: string | undefined;
	format: PhoneFormat;
}

/** Reads Phone Number by the phone options. @throws InvalidInputError with what is wrong with the number */
export function readLeadPhone(item: ItemParameters, defaults: PhoneDefaults): LeadPhone {
	return readPhoneValue(item, item.value('phoneNumber'), 'Phone Number', defaults);
}

/** Reads any phone number of an item by the same options. @throws InvalidInputError naming the field */
export function readPhoneValue(
	item: ItemParameters,
	value: unknown,
	label: string,
	defaults: PhoneDefaults,
): LeadPhone {
	const cell = readCell(value, label);
	if (cell === undefined) {
		throw InvalidInputError.ofField(
			label,
			{ problem: 'is empty' },
			`Fill in ${label}, or remove rows without one`,
		);
	}
	const result = readPhone(typeof cell === 'number' ? cell : readText(cell, label), {
		validation:
			oneOf(item.option('options', 'phoneCheck'), VALIDATIONS, 'Phone Validation') ?? 'possible',
		defaultCountry: asText(item.option('options', 'defaultCountry')) ?? defaults.country,
		format:
			oneOf(item.option('options', 'phoneFormat'), FORMATS, 'Phone Format') ?? defaults.format,
	});
	if (!result.ok) {
		throw InvalidInputError.ofField(
			label,
			result,
			'Correct the number (or change Phone Validation or Default Country)',
		);
	}
	return { phone: result.phone, e164: result.e164, extension: result.extension };
}

/**
 * The two-letter code of State; undefined when it is empty. @throws InvalidInputError for no US state
 * @param canBeEmpty where the vendor finds the state by other data of the item
 */
export function readState(item: ItemParameters, canBeEmpty = false): string | undefined {
	const text = item.optionalText('state', 'State');
	if (text === undefined) return undefined;
	const code = readUsState(text);
	if (code !== undefined) return code;
	throw InvalidInputError.ofField(
		'State',
		{ shown: quote(text), problem: 'is not a US state' },
		`Use a two-letter code such as CA, or the name of the state${canBeEmpty ? ', or leave State empty: the ZIP code is enough' : ''}`,
	);
}

/** A US ZIP code; undefined when it is empty. @throws InvalidInputError for none */
export function readZip(value: unknown, label: string): string | undefined {
	const text = readText(value, label);
	if (text === undefined) return undefined;
	const zip = readUsZip(text);
	if (zip !== undefined) return zip;
	throw InvalidInputError.ofField(
		label,
		{ shown: quote(text), problem: 'is not a US ZIP code' },
		'Use five digits, or nine with a hyphen',
	);
}

/** An instant, from any spelling that `parseInstant` reads by Date Format; undefined when empty. @throws InvalidInputError */
export function readDateTime(
	item: ItemParameters,
	value: unknown,
	label: string,
): { epochMs: number; offsetMinutes: number } | undefined {
	const cell = readCell(value, label);
	if (cell === undefined) return undefined;
	if (isObject(cell)) readText(cell, label);
	const format = oneOf(item.option('options', 'dateFormat'), DATE_FORMATS, 'Date Format');
	const result = parseInstant(cell, item.timezone, format);
	if (result.ok) return result;
	throw InvalidInputError.ofField(
		label,
		result,
		'Write dates as in 2026-11-21T09:30:00Z, or, for dates such as 11/01/2025, set Date Format under Options to the order of month and day in your list',
	);
}

/**
 * The custom fields of an item: none, name by name, or all columns that no expression uses. Empty values are skipped,
 * objects and lists become JSON. @param standardNames the vendor's own fields, which a custom one must not overwrite
 * @throws InvalidInputError for a row that has such a name
 */
export function readCustomFields(
	item: ItemParameters,
	standardNames: ReadonlySet<string> = new Set(),
): Map<string, string | number | boolean> {
	const mode = item.text('customFieldsMode');
	const fields = new Map<string, string | number | boolean>();
	if (mode === 'auto') {
		const excluded = item.namedColumns('excludedColumns', 'Exclude Columns');
		for (const [column, value] of item.unmappedColumns(standardNames, excluded)) {
			const name = asText(column);
			if (name === undefined || standardNames.has(name)) continue;
			addField(fields, cleanText(column), value);
		}
	}
	if (mode === 'define') {
		for (const [name, value] of item.pairs('customFields', 'field')) {
			if (standardNames.has(name)) {
				throw InvalidInputError.ofField(
					'Custom Fields',
					{ shown: quote(name), problem: 'is a standard field of the vendor' },
					'Use the field of that name in the node, or rename the custom field',
				);
			}
			addField(fields, name, value);
		}
	}
	return fields;
}

function addField(
	fields: Map<string, string | number | boolean>,
	name: string,
	value: unknown,
): void {
	const field = toFieldValue(value);
	if (field !== undefined) fields.set(name, field);
}

/** A value of any type as a custom field has it: lists and objects become JSON. Undefined for an empty one. */
export function toFieldValue(value: unknown): string | number | boolean | undefined {
	const isPlain =
		typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
	return isPlain ? value : (asText(value) ?? toJsonText(value));
}

/** A list or an object as JSON; undefined for an empty one, and for an empty cell. */
function toJsonText(value: unknown): string | undefined {
	if (isBlank(value) || typeof value !== 'object') return undefined;
	const json = JSON.stringify(value, (_key, entry: unknown) =>
		typeof entry === 'string' ? cleanText(entry) : entry,
	);
	return json === '{}' || json === 'null' ? undefined : json;
}

/** An ID that goes into a path: letters, digits, `_` and `-`. @throws InvalidInputError naming the field */
export function readPathId(value: string, label: string): string {
	if (/^[\w-]{1,100}$/.test(value)) return value;
	throw InvalidInputError.ofField(
		label,
		{ shown: quote(value), problem: 'is not an ID' },
		`Copy ${label} from the vendor: it has letters and digits, no spaces or slashes`,
	);
}

/** The maximum number of results, by Return All and Limit. */
export function readLimit(item: ItemParameters): number {
	return item.value('returnAll') === true ? Infinity : (asNumber(item.value('limit')) ?? 50);
}
