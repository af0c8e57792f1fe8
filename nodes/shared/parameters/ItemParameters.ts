import type { IDataObject, IExecuteFunctions, IGetNodeParameterOptions } from 'n8n-workflow';
import { columnTemplate } from './expressionFastPath';
import type { ColumnTemplate } from './expressionFastPath';
import { isObject, own, textOf, textsWithin } from '../values/json';
import { InvalidLead } from '../actions/outcome/outcome';

const columnPattern = /\$json(?:\.([\p{L}_$][\p{L}\p{N}_$]*)|\[\s*(["'])(.+?)\2\s*\])/gu;

/**
 * Reads the node's parameters for its items. Evaluating an expression is the dearest thing a node
 * does, so each is read once an item, and a parameter without an expression once a run.
 */
export class ParameterSource {
	/** Values without an expression: the same for every item. */
	private readonly ofRun = new Map<string, unknown>();
	/** Values of the item that is being read. */
	private readonly ofItem = new Map<string, unknown>();
	private itemIndex = -1;
	private readonly templates = new Map<string, ColumnTemplate | undefined>();
	/** Parameters whose template has once come to the very same as n8n. */
	private readonly proven = new Set<string>();
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
			this.ofItem.clear();
		}
		const known = this.ofRun.has(name) ? this.ofRun : this.ofItem;
		if (known.has(name)) return known.get(name);
		const fixed = !holdsExpression(own(this.stored, name));
		const lookedUp = fixed || options !== undefined ? undefined : this.template(name)?.(columns);
		const trusted = lookedUp !== undefined && this.proven.has(name);
		const value: unknown = trusted
			? lookedUp
			: this.context.getNodeParameter(name, itemIndex, null, options);
		if (lookedUp !== undefined && !trusted) this.prove(name, lookedUp, value);
		(fixed ? this.ofRun : this.ofItem).set(name, value);
		return value;
	}

	/** n8n has the last word on what an expression means: a template that differs from it is dropped. */
	private prove(name: string, lookedUp: unknown, evaluated: unknown): void {
		if (JSON.stringify(lookedUp) === JSON.stringify(evaluated)) this.proven.add(name);
		else this.templates.set(name, undefined);
	}

	private template(name: string): ColumnTemplate | undefined {
		if (!this.templates.has(name)) {
			this.templates.set(name, columnTemplate(own(this.stored, name)));
		}
		return this.templates.get(name);
	}

	/** The input columns that the node's own expressions take, written as `$json.name` or `$json["name"]`. */
	columnsInUse(): ReadonlySet<string> {
		if (this.inUse === undefined) {
			this.inUse = new Set();
			for (const text of textsWithin(this.stored)) {
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
	for (const text of textsWithin(value)) if (text.startsWith('=')) return true;
	return false;
}

/** Reads what one item says: the node's parameters, evaluated for it. */
export class ItemReader {
	constructor(
		private readonly source: ParameterSource,
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
	within(collection: string, name: string): unknown {
		return own(this.value(collection), name);
	}

	text(name: string): string | undefined {
		return textOf(this.value(name));
	}

	/** @throws InvalidLead naming the field when it is empty */
	requiredText(name: string, label: string): string {
		return this.text(name) ?? missing(label, this.value(name));
	}

	/** The ID or URL that a resource locator holds. @throws InvalidLead naming the field when it is empty */
	locator(name: string, label: string): string {
		const value = this.value(name, { extractValue: true });
		return textOf(isObject(value) ? value.value : value) ?? missing(label, value);
	}

	/** The name-value rows of a fixed collection, in order; rows without a name are left out. */
	rows(name: string, group: string): Array<[string, unknown]> {
		const rows = own(this.value(name), group);
		if (!Array.isArray(rows)) return [];
		return rows.flatMap((row: unknown): Array<[string, unknown]> => {
			const key = textOf(own(row, 'name'));
			return key === undefined ? [] : [[key, own(row, 'value')]];
		});
	}

	/** Input columns that no expression of the node takes, without those named in `excluded`. */
	otherColumns(excluded: ReadonlySet<string>): Array<[string, unknown]> {
		const inUse = this.source.columnsInUse();
		return Object.entries(this.columns).filter(([name]) => !excluded.has(name) && !inUse.has(name));
	}
}

function missing(label: string, value: unknown): never {
	throw new InvalidLead(
		value === undefined || value === null || value === '' || typeof value === 'string'
			? `${label} is empty`
			: `${label} is not a text`,
		`Fill in ${label}, or filter out the items that have none`,
	);
}
