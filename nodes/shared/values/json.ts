import type { IDataObject } from 'n8n-workflow';
import { cleanText } from './cleanText';

/** Narrowing of unknown values at the edge: vendor replies, parameters, credentials. */

export type JsonObject = Record<string, unknown>;

/** True for an object with keys: not null, not a list. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value under an own key, or undefined: `__proto__` and its like find nothing. */
export function getOwn(value: unknown, key: string): unknown {
	return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The objects in a list; anything else is skipped. */
export function asObjects(value: unknown): JsonObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The texts in a list; anything else is skipped. */
export function asTexts(value: unknown): string[] {
	return Array.isArray(value)
		? value.filter((entry): entry is string => typeof entry === 'string')
		: [];
}

/**
 * A cell as text: trimmed, without invisible characters; numbers and booleans spelled out, dates in ISO 8601.
 * Undefined for an empty cell, other objects, lists, NaN.
 */
export function asText(value: unknown): string | undefined {
	if (typeof value === 'string') return cleanText(value).trim() || undefined;
	if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
	if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
	return isDate(value) ? asText(toJsonValue(value)) : undefined;
}

/** True for a Date or an object like luxon's DateTime. Not by class: n8n's sandboxes have their own. */
export function isDate(value: unknown): value is object {
	return (
		isObject(value) &&
		typeof value.toJSON === 'function' &&
		(typeof value.getTime === 'function' || typeof value.toMillis === 'function')
	);
}

/** Lists in lists that are nested deeper have a value: they are no cell of a spreadsheet. */
const MAX_LEVELS_OF_BLANKS = 5;

/** True for a cell without a value: nothing, blanks or invisible characters, or a list of such. */
export function isBlank(value: unknown, levels = MAX_LEVELS_OF_BLANKS): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value === 'string') return asText(value) === undefined;
	return Array.isArray(value) && levels > 0 && value.every((entry) => isBlank(entry, levels - 1));
}

/** Every text in a value, however deep. */
export function* walkStrings(value: unknown): Generator<string> {
	if (typeof value === 'string') yield value;
	else if (typeof value === 'object' && value !== null) {
		for (const entry of Object.values(value)) yield* walkStrings(entry);
	}
}

/** A finite number from a number or its spelling, else undefined. */
export function asNumber(value: unknown): number | undefined {
	const parsed = typeof value === 'string' ? Number(asText(value) ?? NaN) : value;
	return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined;
}

/** Far deeper than any vendor's reply. */
const MAX_DEPTH = 100;

/** True if a value has more than `levels` levels of objects and lists in it. */
function isDeeper(value: unknown, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((entry) => isDeeper(entry, levels - 1));
}

/** Parses a body. Not readable: text that is no JSON, or nested so deep that `JSON.stringify` would overflow the stack. */
export function parseBody(text: unknown): { readable: boolean; body: unknown } {
	if (typeof text !== 'string') return { readable: text !== undefined, body: text };
	if (text.trim() === '') return { readable: true, body: undefined };
	try {
		const body: unknown = JSON.parse(text);
		return isDeeper(body, MAX_DEPTH)
			? { readable: false, body: undefined }
			: { readable: true, body };
	} catch {
		return { readable: false, body: undefined };
	}
}

/** A vendor's record as n8n's output type: a deep copy of plain JSON. */
export function toDataObject(record: JsonObject): IDataObject {
	return JSON.parse(JSON.stringify(record));
}

/** A vendor's record as it is, under one key, where it cannot overwrite a field of ours. */
export function toRawOutput(record: JsonObject): IDataObject {
	return toDataObject({ raw: record });
}

/** What JSON makes of a value: a date becomes its ISO text. */
function toJsonValue(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value));
}

/** What was thrown, as an error: libraries may throw anything, and abort signals, too. */
export function toError(thrown: unknown): Error {
	return thrown instanceof Error
		? thrown
		: new Error(
				asText(getOwn(thrown, 'message')) ?? asText(thrown) ?? 'Something unknown went wrong',
			);
}
