import type { IDataObject, IGetNodeParameterOptions } from 'n8n-workflow';
import type { NodeParameters } from './NodeParameters';
import { emptyExpression, readIdText, readLocator, readPairs, readText } from './cells';
import { columnsOfOurNodes } from './columns';
import { asText, getOwn } from '../values/json';
import { InvalidInputError } from '../errors/InvalidInputError';

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

	/** Whether a model fills in a field of a collection, and nothing else does. */
	isFilledByModel(collection: string, name: string): boolean {
		return this.source.isFilledByModel(collection, name);
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
		// n8n passes its value or the whole locator.
		return readLocator(this.value(name, { extractValue: true }), label);
	}

	/** The ID in a locator where empty means all of them. @throws InvalidInputError if an expression comes to nothing */
	filterLocator(name: string, label: string): string | undefined {
		const id = this.optionalLocator(name, label);
		if (id === undefined && this.source.hasExpression(name)) throw emptyExpression(label);
		return id;
	}

	/** The ID or URL that a resource locator holds. @throws InvalidInputError naming the field when it is empty */
	locator(name: string, label: string): string {
		return this.optionalLocator(name, label) ?? missing(label);
	}

	/** The name-value rows of a fixed collection, as `readPairs` reads them. @throws InvalidInputError */
	pairs(name: string, group: string): Array<[string, unknown]> {
		return readPairs(getOwn(this.value(name), group));
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

function missing(label: string): never {
	throw InvalidInputError.ofField(
		label,
		{ problem: 'is empty' },
		`Fill in ${label}, or remove rows without one`,
	);
}
