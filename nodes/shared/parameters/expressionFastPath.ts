import type { IDataObject } from 'n8n-workflow';
import { isObject, getOwn } from '../values/json';

/** Fills in the columns of one item; undefined where only n8n can evaluate the parameter. */
export type ColumnTemplate = (columns: IDataObject) => unknown;

/** The whole of a parameter is one column: `{{ $json.name }}` or `{{ $json['name'] }}`. */
const oneColumn = /^=\{\{\s*\$json(?:\.([A-Za-z_]\w*)|\[\s*(["'])([^"'\\]+)\2\s*\])\s*\}\}$/;

const asStored =
	(value: unknown): ColumnTemplate =>
	() =>
		value;

/**
 * Most expressions name a column and nothing else, and n8n takes longer over one than all the rest of an
 * item does. Such a one is looked up instead: where the item has a text, a number or a boolean
 * under that name, this is what n8n would come to; anything else is left to n8n.
 * @returns undefined for a parameter with any other expression in it
 */
export function columnTemplate(stored: unknown): ColumnTemplate | undefined {
	if (typeof stored === 'string' && stored.startsWith('=')) {
		const [, dotted, , quoted] = oneColumn.exec(stored) ?? [];
		const name = dotted ?? quoted;
		return name === undefined ? undefined : (columns) => asPrimitive(getOwn(columns, name));
	}
	if (Array.isArray(stored)) return combine(stored, (values) => values);
	// n8n checks the values of a resource mapper against the types of its columns.
	if (getOwn(stored, 'mappingMode') !== undefined) return undefined;
	if (isObject(stored)) {
		const names = Object.keys(stored);
		return combine(Object.values(stored), (values) =>
			Object.fromEntries(names.map((name, index) => [name, values[index]])),
		);
	}
	return asStored(stored);
}

function asPrimitive(value: unknown): unknown {
	return ['string', 'number', 'boolean'].includes(typeof value) ? value : undefined;
}

function combine(
	stored: unknown[],
	together: (values: unknown[]) => unknown,
): ColumnTemplate | undefined {
	const parts = stored.map(columnTemplate);
	return (columns) => {
		const values: unknown[] = [];
		for (const part of parts) {
			const value = part?.(columns);
			if (value === undefined) return undefined;
			values.push(value);
		}
		return together(values);
	};
}
