import type { IDataObject, IGetNodeParameterOptions, INodeProperties } from 'n8n-workflow';
import { InputColumns } from './columns';
import { columnTemplate, type ColumnTemplate } from './expressionFastPath';
import { optionReaders, type OptionReader } from './optionReaders';
import { usedColumns } from './usedColumns';
import { getOwn, walkStrings } from '../values/json';

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

	/** Whether one field of a collection is a lone `$fromAI` expression. */
	isFilledByModel(name: string, field: string): boolean {
		const value = getOwn(getOwn(this.stored, name), field);
		return typeof value === 'string' && /^=\s*\{\{\s*\$fromAI\([^{}]*\)\s*\}\}\s*$/i.test(value);
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
