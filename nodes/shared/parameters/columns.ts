import type { IDataObject } from 'n8n-workflow';
import { InvalidInputError } from '../errors/InvalidInputError';
import { foldText } from '../values/foldText';
import { asText, getOwn, isBlank, parseBody } from '../values/json';
import { FAILURE_KINDS, SUCCESS_KINDS } from '../values/outcomeKinds';
import { quote } from '../values/quote';

/** One name in a list: in quotes, doubled inside them, or up to a comma, a semicolon, a tab or the end of the line. */
const NAME =
	/\s*(?:"((?:[^"]|"")*)"|'((?:[^']|'')*)'|[“„]([^“”]*)[“”]|([^,;\t\r\n]*))[^\S\t\r\n]*(?:[,;\t\r\n]|$)/gy;
const MAX_SHOWN = 20;

/** The names in a list of columns: a list, the JSON of one, or a text. @throws InvalidInputError naming the field */
function columnNames(value: unknown, label: string): string[] {
	if (Array.isArray(value)) return value.map((entry: unknown) => asColumnName(entry, label));
	if (value === undefined || value === null) return [];
	const text = asColumnName(value, label);
	const parsed = text.startsWith('[') ? parseBody(text).body : undefined;
	if (Array.isArray(parsed)) return columnNames(parsed, label);
	const names = [...text.matchAll(NAME)].map(
		([, double, single, curly, plain]) =>
			double?.replaceAll('""', '"') ?? single?.replaceAll("''", "'") ?? curly ?? plain ?? '',
	);
	return names.filter((name) => foldText(name) !== '');
}

function asColumnName(value: unknown, label: string): string {
	const text = typeof value === 'string' ? value : asText(value);
	if (text !== undefined) return text;
	throw new InvalidInputError(
		`${label}: ${quote(value)} is not the name of a column`,
		'Write the names of columns, separated by commas',
	);
}

/** The columns of all input items of a node. */
export class InputColumns {
	/** As the items spell them, by the form in which names are compared. */
	private readonly byName = new Map<string, string[]>();
	private last: { list: unknown; columns: ReadonlySet<string> } | undefined;

	constructor(items: ReadonlyArray<{ json: object }>) {
		const names = new Set<string>();
		for (const { json } of items) for (const name of Object.keys(json)) names.add(name);
		for (const name of names) {
			const folded = foldText(name);
			this.byName.set(folded, [...(this.byName.get(folded) ?? []), name]);
		}
	}

	/** The columns that a list names. @throws InvalidInputError for a name that no item has */
	named(list: unknown, label: string): ReadonlySet<string> {
		if (this.last?.list === list && this.last !== undefined) return this.last.columns;
		const columns = new Set<string>();
		for (const name of columnNames(list, label)) {
			const found = this.byName.get(foldText(name));
			if (found === undefined) throw unknownColumn(name, label, [...this.byName.values()].flat());
			for (const column of found) columns.add(column);
		}
		this.last = { list, columns };
		return columns;
	}
}

/** @param columns the names of all columns of all items */
function unknownColumn(name: string, label: string, columns: string[]): InvalidInputError {
	const wanted = foldText(name);
	const isNear = (column: string) => {
		const folded = foldText(column);
		return folded.includes(wanted) || wanted.includes(folded) || distance(folded, wanted) <= 2;
	};
	const near = columns.filter(isNear);
	const shown = (near.length > 0 ? near : columns).slice(0, MAX_SHOWN).map(quote).join(', ');
	const hint = near.length > 0 ? `The nearest: ${shown}` : `The columns: ${shown || 'none'}`;
	return new InvalidInputError(
		`${label}: no item has a column ${quote(name)}. ${hint}`,
		'Correct the name, or remove it. A name with a comma in it goes in quotes',
	);
}

/** The number of letters to add, remove or replace to get from one text to the other; of their first 40 letters. */
function distance(one: string, other: string): number {
	const letters = [...other.slice(0, 40)];
	let row = letters.map((_, index) => index + 1);
	for (const [line, letter] of [...one.slice(0, 40)].entries()) {
		let diagonal = line;
		let left = line + 1;
		row = letters.map((expected, index) => {
			const above = row[index] ?? 0;
			left = Math.min(above + 1, left + 1, diagonal + (expected === letter ? 0 : 1));
			diagonal = above;
			return left;
		});
	}
	return row.at(-1) ?? one.length;
}

/** What an output item of our nodes says about the run; everything else in it is about the lead. */
const RUN_COLUMNS = [
	'outcome',
	'error',
	'duplicateOf',
	'duplicateOfId',
	'matchedBy',
	'note',
	'vendorError',
	'itemIndex',
];

/**
 * The columns that a node of this package has added to an item, recognized by their form: `error` together with our
 * `details`, or an `outcome` of ours as the first column. After `itemIndex` come the user's own: their `note` stays.
 */
export function columnsOfOurNodes(columns: object): ReadonlySet<string> {
	const names = Object.keys(columns);
	const outcome = getOwn(columns, 'outcome');
	const end = names.indexOf('itemIndex');
	const ours = (end < 0 ? names : names.slice(0, end + 1)).filter((name) =>
		RUN_COLUMNS.includes(name),
	);
	if (typeof getOwn(columns, 'error') === 'string') {
		const isFlat = FAILURE_KINDS.some((kind) => kind === outcome) && names[1] === 'error';
		const details = hasOurDetails(columns) ? ['error', 'details'] : [];
		return new Set([...(isFlat && names[0] === 'outcome' ? ours : []), ...details]);
	}
	const isSuccess = SUCCESS_KINDS.some((kind) => kind === outcome) && names[0] === 'outcome';
	return new Set(isSuccess ? ours : []);
}

/** True if `details` is what our nodes say about a failure; a spreadsheet has it as JSON. */
function hasOurDetails(columns: object): boolean {
	const details = getOwn(columns, 'details');
	const parsed = typeof details === 'string' ? parseBody(details).body : details;
	const outcome = getOwn(parsed, 'outcome');
	const isFailure = FAILURE_KINDS.some((kind) => kind === outcome);
	return isFailure && typeof getOwn(parsed, 'itemIndex') === 'number';
}

/** The columns of an item for the output of another run: without what our nodes said of an earlier one, and without `error`. */
export function withoutRunColumns(columns: IDataObject): IDataObject {
	const ours = columnsOfOurNodes(columns);
	if (ours.size === 0 && !Object.hasOwn(columns, 'error')) return columns;
	const own = Object.entries(columns).filter(([name]) => name !== 'error' && !ours.has(name));
	return Object.fromEntries(own);
}

/**
 * True if a row of a list is blank: it has columns that the node uses, and nothing in any column; or it has no columns, but
 * other items have those that the node uses, as n8n's Extract From File leaves out empty cells. Otherwise the lead of an
 * item without columns may come from another node. n8n's Google Sheets node numbers the rows, also the empty ones.
 * @param used the columns that the node's expressions use
 * @param isList whether other items have such columns
 */
export function isEmptyRow(
	columns: object,
	used: ReadonlySet<string>,
	isList: () => boolean,
): boolean {
	const ours = columnsOfOurNodes(columns);
	const own = Object.entries(columns).filter(([name]) => name !== 'row_number' && !ours.has(name));
	if (own.some(([, value]) => !isBlank(value))) return false;
	const isSkipped = ours.has('outcome') && getOwn(columns, 'outcome') === 'skipped';
	return isSkipped || (own.length === 0 ? isList() : hasUsedColumn(columns, used));
}

/** Whether an item has a column of its own that the node's expressions use. */
export function hasUsedColumn(columns: object, used: ReadonlySet<string>): boolean {
	const ours = columnsOfOurNodes(columns);
	return Object.keys(columns).some((name) => used.has(name) && !ours.has(name));
}
