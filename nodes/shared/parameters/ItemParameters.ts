import type { IDataObject, IGetNodeParameterOptions, INodeProperties } from 'n8n-workflow';
import { readIdText, readText } from './cells';
import { columnsOfOurNodes, InputColumns } from './columns';
import { columnTemplate, type ColumnTemplate } from './expressionFastPath';
import { optionReaders, type OptionReader } from './optionReaders';
import { usedColumns } from './usedColumns';
import { getOwn, asText, walkStrings } from '../values/json';
import { InvalidInputError } from '../errors/InvalidInputError';

/** The part of n8n's execution context that parameters are read from. */
export interface ParameterSource {
	getNode(): { parameters: unknown };
	getTimezone(): string;
	getInputData(): ReadonlyArray<{ json: IDataObject }>;
	getNodeParameter(
		name: string,
		itemIndex: number,
		fallback: null,
		options?: IGetNodeParameterOptions,
	): unknown;
}

/** The node's parameters. Expressions dominate a node's CPU time: each is evaluated once per item, fixed values once. */
export class NodeParameters {
	/** Values without an expression: the same for every item. */
	private readonly runCache = new Map<string, unknown>();
	private readonly itemCache = new Map<string, unknown>();
	private itemIndex = -1;
	private readonly templates = new Map<string, ColumnTemplate | undefined>();
	/** Parameters whose template has once returned the same as n8n. */
	private readonly verified = new Set<string>();
	private readonly stored: unknown;
	private readonly readers: ReadonlyMap<string, OptionReader>;
	/** Parameters with options in them, by whether they are the same for every item. */
	private readonly optionNames: { fixed: string[]; byItem: string[] };
	private used: ReadonlySet<string> | undefined;
	private columns: InputColumns | undefined;

	/** @param description the fields of the operation: every option in them is read as they say */
	constructor(
		private readonly context: ParameterSource,
		description: readonly INodeProperties[] = [],
	) {
		this.stored = context.getNode().parameters;
		this.readers = optionReaders(description);
		const names = [...this.readers.keys()].filter((name) => this.isStored(name));
		this.optionNames = {
			fixed: names.filter((name) => !this.hasExpression(name)),
			byItem: names.filter((name) => this.hasExpression(name)),
		};
	}

	get timezone(): string {
		return this.context.getTimezone();
	}

	/** The value for one item; null for a parameter that this operation does not show. */
	read(
		name: string,
		itemIndex: number,
		columns: IDataObject,
		options?: IGetNodeParameterOptions,
	): unknown {
		if (itemIndex !== this.itemIndex) {
			this.itemIndex = itemIndex;
			this.itemCache.clear();
		}
		const known = this.runCache.has(name) ? this.runCache : this.itemCache;
		if (known.has(name)) return known.get(name);
		const fixed = !this.hasExpression(name);
		const lookedUp = fixed || options !== undefined ? undefined : this.template(name)?.(columns);
		const trusted = lookedUp !== undefined && this.verified.has(name);
		const value: unknown = trusted
			? lookedUp
			: this.context.getNodeParameter(name, itemIndex, null, options);
		if (lookedUp !== undefined && !trusted) this.verify(name, lookedUp, value);
		const read = this.isStored(name) ? (this.readers.get(name)?.(value) ?? value) : value;
		(fixed ? this.runCache : this.itemCache).set(name, read);
		return read;
	}

	/** Reads all options without expressions, whether the operation uses them or not. @throws InvalidOptionError */
	checkOptions(): void {
		for (const name of this.optionNames.fixed) this.read(name, 0, {});
	}

	/** Reads all options with expressions for one item. @throws InvalidOptionError */
	checkItemOptions(itemIndex: number, columns: IDataObject): void {
		for (const name of this.optionNames.byItem) this.read(name, itemIndex, columns);
	}

	/** Whether a parameter, or one field of a collection, has an expression in it. */
	hasExpression(name: string, field?: string): boolean {
		const value = getOwn(this.stored, name);
		return containsExpression(field === undefined ? value : getOwn(value, field));
	}

	private isStored(name: string): boolean {
		return getOwn(this.stored, name) !== undefined;
	}

	/** Checked once against n8n's own evaluation; a mismatch disables the shortcut. */
	private verify(name: string, lookedUp: unknown, evaluated: unknown): void {
		if (JSON.stringify(lookedUp) === JSON.stringify(evaluated)) this.verified.add(name);
		else this.templates.set(name, undefined);
	}

	private template(name: string): ColumnTemplate | undefined {
		if (!this.templates.has(name)) {
			this.templates.set(name, columnTemplate(getOwn(this.stored, name)));
		}
		return this.templates.get(name);
	}

	/** The columns that the node's expressions use. */
	get usedColumns(): ReadonlySet<string> {
		this.used ??= usedColumns(this.stored);
		return this.used;
	}

	/** The columns of all items. */
	get inputColumns(): InputColumns {
		this.columns ??= new InputColumns(this.context.getInputData());
		return this.columns;
	}
}

function containsExpression(value: unknown): boolean {
	for (const text of walkStrings(value)) if (text.startsWith('=')) return true;
	return false;
}

/** The node's parameters, evaluated for one item. */
export class ItemParameters {
	constructor(
		private readonly source: NodeParameters,
		readonly itemIndex: number,
		readonly columns: IDataObject,
	) {}

	/** The workflow's IANA timezone, for dates that name none. */
	get timezone(): string {
		return this.source.timezone;
	}

	value(name: string, options?: IGetNodeParameterOptions): unknown {
		return this.source.read(name, this.itemIndex, this.columns, options);
	}

	/** Reads all options that have expressions. @throws InvalidOptionError for one that is not understood */
	checkOptions(): void {
		this.source.checkItemOptions(this.itemIndex, this.columns);
	}

	/** Whether a field of a collection is an expression. */
	hasExpression(collection: string, name: string): boolean {
		return this.source.hasExpression(collection, name);
	}

	/** A field inside a collection such as `options` or `additionalFields`. */
	option(collection: string, name: string): unknown {
		return getOwn(this.value(collection), name);
	}

	/** The choice that the user made in a field. */
	text(name: string): string | undefined {
		return asText(this.value(name));
	}

	/** @throws InvalidInputError naming the field when it is no text */
	optionalText(name: string, label: string): string | undefined {
		return readText(this.value(name), label);
	}

	/** A text inside a collection. @throws InvalidInputError naming the field when it is no text */
	optionText(collection: string, name: string, label: string): string | undefined {
		return readText(this.option(collection, name), label);
	}

	/** @throws InvalidInputError naming the field when it is empty or no text */
	requiredText(name: string, label: string): string {
		return this.optionalText(name, label) ?? missing(label);
	}

	/** An ID of any form. @throws InvalidInputError naming the field when it is empty, or may have lost digits */
	requiredId(name: string, label: string): string {
		return readIdText(this.value(name), label) ?? missing(label);
	}

	/** Whether the Simplify option is on, as it is by default. */
	get simplify(): boolean {
		return this.option('options', 'simplify') !== false;
	}

	/** The ID or URL that a resource locator holds; undefined when it is empty. @throws InvalidInputError for no ID */
	optionalLocator(name: string, label: string): string | undefined {
		const value = this.value(name, { extractValue: true });
		// n8n passes its value or the whole locator.
		return readIdText(getOwn(value, 'value') ?? value, label);
	}

	/** The ID or URL that a resource locator holds. @throws InvalidInputError naming the field when it is empty */
	locator(name: string, label: string): string {
		return this.optionalLocator(name, label) ?? missing(label);
	}

	/** The name-value rows of a fixed collection, in order, without those that have no name. */
	pairs(name: string, group: string): Array<[string, unknown]> {
		const rows = getOwn(this.value(name), group);
		if (!Array.isArray(rows)) return [];
		return rows.flatMap((row: unknown): Array<[string, unknown]> => {
			const key = asText(getOwn(row, 'name'));
			return key === undefined ? [] : [[key, getOwn(row, 'value')]];
		});
	}

	/** The columns that a field lists by their names, as the items spell them. @throws InvalidInputError for one that no item has */
	namedColumns(name: string, label: string): ReadonlySet<string> {
		const columns = this.source.inputColumns.named(this.value(name), label);
		if (columns.size === 0 && this.source.hasExpression(name)) throw emptyExpression(label);
		return columns;
	}

	/** The user's own input columns that no expression of the node uses, without those named in `excluded`. */
	unmappedColumns(...excluded: Array<ReadonlySet<string>>): Array<[string, unknown]> {
		const skipped = [...excluded, this.source.usedColumns, columnsOfOurNodes(this.columns)];
		return Object.entries(this.columns).filter(([name]) => !skipped.some((set) => set.has(name)));
	}
}

/** An expression that comes to nothing where nothing would mean more: all leads, all campaigns, all columns. */
function emptyExpression(label: string): InvalidInputError {
	return new InvalidInputError(
		`${label}: the expression gives no value for this item`,
		`Correct the expression. To leave ${label} empty on purpose, remove the expression`,
	);
}

function missing(label: string): never {
	throw new InvalidInputError(`${label} is empty`, `Fill in ${label}, or remove rows without one`);
}
