import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { InvalidInputError } from '../errors/InvalidInputError';
import { foldText } from '../values/foldText';
import { asText, isBlank, isObject } from '../values/json';
import { quote } from '../values/quote';

/** What n8n evaluated, as the option's description says it. @throws InvalidOptionError if it cannot be understood */
export type OptionReader = (value: unknown) => unknown;

/** An option whose value is not understood: what it would have done is not guessed. */
export class InvalidOptionError extends InvalidInputError {
	/** @param option its stored name */
	constructor(
		readonly option: string,
		message: string,
		description: string,
	) {
		super(message, description);
	}
}

type Entry = INodePropertyOptions | INodeProperties | INodePropertyCollection;
const isChoice = (entry: Entry): entry is INodePropertyOptions => 'value' in entry;
const isField = (entry: Entry): entry is INodeProperties => 'type' in entry;
const isGroup = (entry: Entry): entry is INodePropertyCollection => 'values' in entry;

const YES = new Set(['true', 'yes', 'on', '1']);
const NO = new Set(['false', 'no', 'off', '0']);
const PLAIN_NUMBER = /^[+-]?\d{1,15}(\.\d+)?$/;
/** Longer lists are not spelled out in a message. */
const MAX_LISTED = 25;

/**
 * The readers of all options among these fields, by stored name: every switch, number and drop-down, also inside
 * collections. Fields without any have none.
 */
export function optionReaders(fields: readonly INodeProperties[]): Map<string, OptionReader> {
	const byName = new Map<string, INodeProperties[]>();
	for (const field of fields) byName.set(field.name, [...(byName.get(field.name) ?? []), field]);
	return new Map(
		[...byName].flatMap(([name, variants]): Array<[string, OptionReader]> => {
			const reader = readerOf(variants);
			return reader === undefined ? [] : [[name, reader]];
		}),
	);
}

/** @param variants the descriptions of one field, which may differ by what else is chosen */
function readerOf(variants: readonly INodeProperties[]): OptionReader | undefined {
	const [field] = variants;
	if (field === undefined) return undefined;
	const entries = variants.flatMap(({ options = [] }): Entry[] => options);
	switch (field.type) {
		case 'boolean':
			return (value) => readSwitch(value, field);
		case 'number':
			return (value) => readNumber(value, field);
		case 'options':
			return choiceReader(field, entries.filter(isChoice));
		case 'multiOptions':
			return listReader(field, choiceReader(field, entries.filter(isChoice)));
		case 'resourceMapper':
			return recordReader(
				new Map([['mappingMode', choiceReader({ ...field, name: 'mappingMode' }, MAPPING_MODES)]]),
			);
		case 'collection':
			return recordReader(optionReaders(entries.filter(isField)));
		case 'fixedCollection':
			return recordReader(
				new Map(
					entries
						.filter(isGroup)
						.map(({ name, values }) => [name, rowsReader(optionReaders(values))]),
				),
			);
		default:
			return undefined;
	}
}

const MAPPING_MODES: INodePropertyOptions[] = [
	{ name: 'Map Each Column Manually', value: 'defineBelow' },
	{ name: 'Map Automatically', value: 'autoMapInputData' },
];

function readSwitch(value: unknown, field: INodeProperties): boolean {
	const text = foldText(asText(value) ?? '');
	if (YES.has(text)) return true;
	if (NO.has(text)) return false;
	throw notUnderstood(field, value, 'true, false');
}

function readNumber(value: unknown, field: INodeProperties): number {
	const { minValue = -Infinity, maxValue = Infinity, numberPrecision } = field.typeOptions ?? {};
	const text = typeof value === 'string' || typeof value === 'number' ? asText(value) : undefined;
	const spelled = foldText(text ?? '');
	const number = PLAIN_NUMBER.test(spelled) ? Number(spelled) : NaN;
	const isWhole = numberPrecision !== 0 || Number.isSafeInteger(number);
	if (isWhole && number >= minValue && number <= maxValue) return number;
	const kind = numberPrecision === 0 ? 'whole numbers' : 'numbers';
	const range = Number.isFinite(maxValue)
		? `${kind} from ${minValue} to ${maxValue}`
		: `${kind} from ${minValue} up`;
	throw notUnderstood(field, value, range);
}

/** Understands an entry by its value, or by its name in the list. Undefined where only n8n knows the entries. */
function choiceReader(
	field: INodeProperties,
	choices: readonly INodePropertyOptions[],
): OptionReader | undefined {
	if (choices.length === 0) return undefined;
	const byText = new Map([
		...choices.map(({ name, value }) => [foldText(name), value] as const),
		...choices.map(({ value }) => [foldText(String(value)), value] as const),
	]);
	const values = choices.map(({ value }) => String(value));
	const listed =
		values.length <= MAX_LISTED
			? values.join(', ')
			: `those in its list, such as ${values.slice(0, 3).join(', ')}`;
	return (value) => {
		const chosen = byText.get(foldText(asText(value) ?? ''));
		if (chosen === undefined) throw notUnderstood(field, value, listed);
		return chosen;
	};
}

/** Several entries: a list, or a text with one a line or with commas. */
function listReader(
	field: INodeProperties,
	reader: OptionReader | undefined,
): OptionReader | undefined {
	if (reader === undefined) return undefined;
	return (value) => {
		const text = asText(value)?.split(/[,;\n]/);
		const entries: unknown = Array.isArray(value) ? value : text?.filter((part) => part.trim());
		if (!Array.isArray(entries)) return [reader(value)];
		if (entries.length > 0) return [...new Set(entries.map(reader))];
		throw new InvalidOptionError(
			field.name,
			`${field.displayName} is empty`,
			`Choose at least one value in ${field.displayName}`,
		);
	};
}

/** Reads the options among the values of a collection; what the user did not add is left out. */
function recordReader(
	readers: ReadonlyMap<string, OptionReader | undefined>,
): OptionReader | undefined {
	const known = [...readers].flatMap(([name, reader]) =>
		reader === undefined ? [] : [{ name, reader }],
	);
	if (known.length === 0) return undefined;
	return (value) => {
		if (!isObject(value)) return value;
		const read = { ...value };
		for (const { name, reader } of known) {
			if (Object.hasOwn(value, name)) read[name] = reader(value[name]);
		}
		return read;
	};
}

/** Reads the options in each row of a list. A row of other fields that are all empty is not used, and not read. */
function rowsReader(readers: ReadonlyMap<string, OptionReader>): OptionReader | undefined {
	const read = recordReader(readers);
	if (read === undefined) return undefined;
	const isUsed = (row: unknown) => {
		if (!isObject(row)) return false;
		const others = Object.entries(row).filter(([name]) => !readers.has(name));
		return others.length === 0 || others.some(([, value]) => !isAllBlank(value));
	};
	const readRow = (row: unknown) => (isUsed(row) ? read(row) : row);
	return (value) => (Array.isArray(value) ? value.map(readRow) : readRow(value));
}

/** True where a value holds nothing, however deep. */
function isAllBlank(value: unknown): boolean {
	if (typeof value === 'object' && value !== null) return Object.values(value).every(isAllBlank);
	return isBlank(value) || Number.isNaN(value);
}

function notUnderstood(field: INodeProperties, value: unknown, valid: string): InvalidOptionError {
	const { displayName, name } = field;
	const problem = isAllBlank(value)
		? `${displayName} is empty`
		: `${displayName}: ${quote(value)} is not a valid value`;
	return new InvalidOptionError(
		name,
		`${problem}. Valid values: ${valid}`,
		`Correct ${displayName}, or the expression in it`,
	);
}

/**
 * The entry of a list that the code handles. Values come from a reader above, so this only fails for an entry that the
 * code does not know. @returns undefined where the option is not there
 */
export function oneOf<Value extends string>(
	value: unknown,
	known: readonly Value[],
	label: string,
): Value | undefined {
	if (value === undefined || value === null) return undefined;
	const found = known.find((entry) => entry === value);
	if (found !== undefined) return found;
	throw new InvalidInputError(
		`${label}: ${quote(value)} is not a valid value. Valid values: ${known.join(', ')}`,
		`Correct ${label}`,
	);
}
