import { InvalidInputError } from '../errors/InvalidInputError';
import { asObjects, asText, getOwn, isBlank, isDate, isObject, parseBody } from '../values/json';
import { quote } from '../values/quote';

/**
 * `1.23457E+12`, also inside an ID such as `crm-1.23457E+12`. Without a plus, only as a whole and with a decimal point:
 * `1e5` may be a hexadecimal ID.
 */
const SHORTENED = /^[+-]?\d+(?:[.,٫]\d+\s*e\s*[+-]?\s*\d+|\s*e\s*\+\s*\d+)$|\d[.,٫]\d+e\+\d/i;

/** The spelling by which a spreadsheet leaves digits as they are: `="00123"`. */
const QUOTED = /^\s*="([^"]*)"\s*$/;

/** What JavaScript makes of an object in the middle of a text. */
const OBJECT_IN_TEXT = '[object Object]';

/** A whole number that passed through a program that knows only decimals; three zeros may be thousands. */
const WHOLE = /^(0|[1-9]\d*)[.,]00?$/;

/** What spreadsheets and programs write in place of a value. */
const NO_VALUE = /^(?:#+|#N\/?[AV]|#DIV\/0!|#\p{L}+[!?]|null|undefined|nan)$/iu;

/** The value of a cell; of a list, its only entry. Undefined when it is blank. @throws InvalidInputError for several */
export function readCell(value: unknown, label: string): unknown {
	let cell = value;
	while (Array.isArray(cell)) {
		const entries: unknown[] = cell.filter((entry) => !isBlank(entry));
		if (entries.length > 1) {
			throw InvalidInputError.ofField(
				label,
				{ problem: `is a list of ${entries.length} values` },
				'Choose one of them in the expression, such as {{ $json.column[0] }}, or split the list into items',
			);
		}
		[cell] = entries;
	}
	if (typeof cell === 'string') cell = QUOTED.exec(cell)?.[1] ?? cell;
	return isBlank(cell) ? undefined : cell;
}

/** A cell as text; undefined when it is blank. @throws InvalidInputError for a list of several values, or an object */
export function readText(value: unknown, label: string): string | undefined {
	const cell = readCell(value, label);
	const text = asText(cell);
	if (text === undefined && isDate(cell)) {
		throw InvalidInputError.ofField(label, { problem: 'is not a valid date' }, 'Correct the date');
	}
	const isText = text !== undefined && !text.includes(OBJECT_IN_TEXT);
	if (isText || (text === undefined && !isObject(cell))) return text;
	throw InvalidInputError.ofField(
		label,
		{ problem: 'is an object, not a text' },
		'Choose one of its fields in the expression, such as {{ $json.column.name }}',
	);
}

/**
 * A cell that identifies something: an ID or a key. A whole number with decimals, such as `12345.0`, loses them.
 * @throws InvalidInputError also for what may have lost digits, and for what is in place of a value, such as `#N/A`
 */
export function readIdText(value: unknown, label: string): string | undefined {
	const cell = listInText(readCell(value, label));
	if (!Object.is(cell, value)) return readIdText(cell, label);
	const text = readText(value, label)?.replace(/^['\u2019](?=\d+$)/, '');
	if (text === undefined) return undefined;
	if (SHORTENED.test(text)) {
		throw InvalidInputError.ofField(
			label,
			{ shown: quote(text), problem: 'is a number that Excel has shortened' },
			'Format the column as text and export again',
		);
	}
	const whole = WHOLE.exec(text)?.[1];
	const number = whole === undefined ? value : Number(whole);
	if (typeof number === 'number' && !Number.isSafeInteger(number)) {
		const isWhole = Number.isInteger(number);
		throw InvalidInputError.ofField(
			label,
			{
				shown: quote(text),
				problem: isWhole ? 'is a number too large to be exact' : 'is a decimal number, not an ID',
			},
			'Send IDs as text so that no digit is lost',
		);
	}
	if (typeof value === 'boolean' || isDate(value) || NO_VALUE.test(text)) {
		throw InvalidInputError.ofField(
			label,
			{ shown: quote(text), problem: 'is not an ID' },
			`Correct ${label}, or the expression that it comes from`,
		);
	}
	return whole ?? text;
}

/** The ID that a resource locator holds; before it was one, or by an expression, the parameter is the ID itself. */
export function readLocator(value: unknown, label: string): string | undefined {
	return readIdText(getOwn(value, 'value') ?? value, label);
}

/** The list or the object that a text such as `["12345"]` spells out. */
function listInText(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
	const { body } = parseBody(value);
	return typeof body === 'object' && body !== null ? body : value;
}

/** An expression that comes to nothing where nothing would mean more: all leads, all campaigns, all columns. */
export function emptyExpression(label: string): InvalidInputError {
	return new InvalidInputError(
		`${label}: the expression gives no value for this item`,
		`Correct the expression. To leave ${label} empty on purpose, remove the expression`,
		{ field: label, reason: `${label}: the expression gives no value` },
	);
}

/**
 * The name-value rows of a fixed collection, in order, without empty ones.
 * @throws InvalidInputError for a value without a name
 */
export function readPairs(rows: unknown): Array<[string, unknown]> {
	return asObjects(rows).flatMap((row): Array<[string, unknown]> => {
		const name = asText(row.name);
		if (name !== undefined) return [[name, row.value]];
		if (isBlank(row.value)) return [];
		throw new InvalidInputError(
			'A field has a value and no name',
			'Fill in its Name in the list of fields, or remove it',
		);
	});
}
