import type { IDataObject, IExecuteFunctions, IGetNodeParameterOptions } from 'n8n-workflow';
import { columnTemplate } from './expressionFastPath';
import type { ColumnTemplate } from './expressionFastPath';
import { isObject, getOwn, asText, walkStrings } from '../values/json';
import { InvalidInputError } from '../errors/InvalidInputError';

const columnPattern = /\$json(?:\.([\p{L}_$][\p{L}\p{N}_$]*)|\[\s*(["'])(.+?)\2\s*\])/gu;

/**
 * Reads the node's parameters for its items. Evaluating an expression is the dearest thing a node
 * does, so each is read once an item, and a parameter without an expression once a run.
 */
export class NodeParameters {
	/** Values without an expression: the same for every item. */
	private readonly runCache = new Map<string, unknown>();
	/** Values of the item that is being read. */
	private readonly itemCache = new Map<string, unknown>();
	private itemIndex = -1;
	private readonly templates = new Map<string, ColumnTemplate | undefined>();
	/** Parameters whose template has once come to the very same as n8n. */
	private readonly verified = new Set<string>();
	private readonly stored: unknown;
	private inUse: Set<string> | undefined;

	constructor(private readonly context: IExecuteFunctions) {
		this.stored = context.getNode().parameters;
	}

	/** The workflow's IANA timezone, for dates that name none. */
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
		const fixed = !holdsExpression(getOwn(this.stored, name));
		const lookedUp = fixed || options !== undefined ? undefined : this.template(name)?.(columns);
		const trusted = lookedUp !== undefined && this.verified.has(name);
		const value: unknown = trusted
			? lookedUp
			: this.context.getNodeParameter(name, itemIndex, null, options);
		if (lookedUp !== undefined && !trusted) this.verify(name, lookedUp, value);
		(fixed ? this.runCache : this.itemCache).set(name, value);
		return value;
	}

	/** n8n has the last word on what an expression means: a template that differs from it is dropped. */
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

	/** The input columns that the node's own expressions take, written as `$json.name` or `$json["name"]`. */
	mappedColumns(): ReadonlySet<string> {
		if (this.inUse === undefined) {
			this.inUse = new Set();
			for (const text of walkStrings(this.stored)) {
				if (!text.startsWith('=')) continue;
				for (const [, dotted, , quoted] of text.matchAll(columnPattern)) {
					this.inUse.add(dotted ?? quoted ?? '');
				}
			}
		}
		return this.inUse;
	}
}

function holdsExpression(value: unknown): boolean {
	for (const text of walkStrings(value)) if (text.startsWith('=')) return true;
	return false;
}

/** Reads what one item says: the node's parameters, evaluated for it. */
export class ItemParameters {
	constructor(
		private readonly source: NodeParameters,
		readonly itemIndex: number,
		/** The item's own columns. */
		readonly columns: IDataObject,
	) {}

	/** The workflow's IANA timezone, for dates that name none. */
	get timezone(): string {
		return this.source.timezone;
	}

	value(name: string, options?: IGetNodeParameterOptions): unknown {
		return this.source.read(name, this.itemIndex, this.columns, options);
	}

	/** A field inside a collection such as `options` or `additionalFields`. */
	option(collection: string, name: string): unknown {
		return getOwn(this.value(collection), name);
	}

	text(name: string): string | undefined {
		return asText(this.value(name));
	}

	/** @throws InvalidInputError naming the field when it is empty */
	requiredText(name: string, label: string): string {
		return this.text(name) ?? missing(label, this.value(name));
	}

	/** The ID or URL that a resource locator holds. @throws InvalidInputError naming the field when it is empty */
	locator(name: string, label: string): string {
		const value = this.value(name, { extractValue: true });
		return asText(isObject(value) ? value.value : value) ?? missing(label, value);
	}

	/** The name-value rows of a fixed collection, in order; rows without a name are left out. */
	pairs(name: string, group: string): Array<[string, unknown]> {
		const rows = getOwn(this.value(name), group);
		if (!Array.isArray(rows)) return [];
		return rows.flatMap((row: unknown): Array<[string, unknown]> => {
			const key = asText(getOwn(row, 'name'));
			return key === undefined ? [] : [[key, getOwn(row, 'value')]];
		});
	}

	/** Input columns that no expression of the node takes, without those named in `excluded`. */
	unmappedColumns(excluded: ReadonlySet<string>): Array<[string, unknown]> {
		const inUse = this.source.mappedColumns();
		return Object.entries(this.columns).filter(([name]) => !excluded.has(name) && !inUse.has(name));
	}
}

function missing(label: string, value: unknown): never {
	throw new InvalidInputError(
		value === undefined || value === null || value === '' || typeof value === 'string'
			? `${label} is empty`
			: `${label} is not a text`,
		`Fill in ${label}, or filter out the items that have none`,
	);
}
