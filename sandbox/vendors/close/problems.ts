import { isRecord } from '../../lib/guards';
import type { VendorReply } from '../../server/vendorServer';

/**
 * What is wrong with a value: words, or what is wrong inside of it. ASSUMED: nested as Close's own
 * validation library (cleancat) nests: a list's problems are `{errors: {"0": ...}}` by position, an
 * object's `{errors: [], "field-errors": {...}}`. A create with a bad phone would tell.
 */
export type Problem = string | ListProblem | ObjectProblem;

export interface ListProblem {
	errors: Record<string, Problem>;
}

export interface ObjectProblem {
	errors: string[];
	'field-errors': FieldProblems;
}

export interface FieldProblems {
	[field: string]: Problem;
}

export const required = 'This field is required.';
export const notThere = 'Object does not exist.';

/** A 400: words for the whole, and problems by field as they were sent. */
export function invalid(fields: FieldProblems, errors: string[] = []): VendorReply {
	return { status: 400, body: { errors, 'field-errors': fields } };
}

/** Every other refusal. */
export const refusal = (status: number, error: string): VendorReply => ({
	status,
	body: { error },
});

/** ASSUMED: the words; clients go by the status. */
export const notFound = refusal(404, 'Object not found.');
export const planLimit = refusal(402, 'plan limit');

export const hasProblems = (fields: FieldProblems) => Object.keys(fields).length > 0;

/** Reads text: undefined when left out, null when null or blank (ASSUMED). */
export function readText(
	raw: Record<string, unknown>,
	field: string,
	problems: FieldProblems,
	longest = Infinity,
): string | null | undefined {
	const value = raw[field];
	if (value === undefined || value === null) return value;
	if (typeof value !== 'string') {
		problems[field] = 'Value must be of str type.';
		return undefined;
	}
	const text = value.trim();
	if (text.length > longest) {
		problems[field] = `The value must be no longer than ${longest} characters.`;
	}
	return text === '' ? null : text;
}

/** Reads a list of objects: undefined when left out, empty when null. */
export function readObjects<T>(
	raw: Record<string, unknown>,
	field: string,
	problems: FieldProblems,
	readItem: (item: Record<string, unknown>, problems: FieldProblems) => T | undefined,
): T[] | undefined {
	const value = raw[field];
	if (value === undefined) return undefined;
	if (value === null) return [];
	if (!Array.isArray(value)) {
		problems[field] = 'Value must be of list type.';
		return undefined;
	}
	// Documented for a contact's lists (maxItems); ASSUMED for the lists of a lead.
	if (value.length > 100) problems[field] = 'List is too long.';
	const errors: Record<string, Problem> = {};
	const items: T[] = [];
	value.forEach((entry: unknown, index) => {
		const inner: FieldProblems = {};
		const item = isRecord(entry) ? readItem(entry, inner) : undefined;
		if (!isRecord(entry)) errors[index] = 'Value must be of dict type.';
		else if (hasProblems(inner)) errors[index] = { errors: [], 'field-errors': inner };
		else if (item !== undefined) items.push(item);
	});
	if (Object.keys(errors).length > 0) problems[field] = { errors };
	return items;
}

const webAddress = /^[a-z]+:\/\/[^\s/.]+(?:\.[^\s/.]+)+(?:[/?#]\S*)?$/i;

/** Reads a URL. ASSUMED: one without a scheme gets http://, as Close's validation library can do. */
export function readUrl(
	raw: Record<string, unknown>,
	field: string,
	problems: FieldProblems,
): string | null | undefined {
	const text = readText(raw, field, problems);
	if (typeof text !== 'string') return text;
	const url = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
	if (!webAddress.test(url)) problems[field] = 'Invalid URL.';
	return url;
}
