import { isRecord } from '../../lib/guards';
import type { VendorReply } from '../../server/handler';

/**
 * The problem of a value: a message, or the problems inside it. ASSUMED (how `field-errors` nest):
 * nested as in Close's own validation library (cleancat): a list's problems are `{errors: {"0":
 * ...}}` by position, an object's `{errors: [], "field-errors": {...}}`. Confirmed by a create with
 * an invalid phone.
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

const MAX_LIST_LENGTH = 100;

export const REQUIRED = 'This field is required.';
export const NOT_FOUND_MESSAGE = 'Object does not exist.';

/** A 400: messages about the whole request, and problems by field. */
export function invalid(fields: FieldProblems, errors: string[] = []): VendorReply {
	return { status: 400, body: { errors, 'field-errors': fields } };
}

/** Any other rejection. */
export const rejection = (status: number, error: string): VendorReply => ({
	status,
	body: { error },
});

/**
 * ASSUMED (the texts of errors): the messages; clients rely on the status. Confirmed by a GET of an
 * unknown ID.
 */
export const NOT_FOUND = rejection(404, 'Object not found.');
export const PLAN_LIMIT = rejection(402, 'plan limit');

export const hasProblems = (fields: FieldProblems) => Object.keys(fields).length > 0;

/**
 * Reads text: undefined when absent, null when null. ASSUMED (blank texts): null for blank text
 * too. Confirmed by a create with a blank name.
 */
export function readText(
	raw: Record<string, unknown>,
	field: string,
	problems: FieldProblems,
	maxLength = Infinity,
): string | null | undefined {
	const value = raw[field];
	if (value === undefined || value === null) return value;
	if (typeof value !== 'string') {
		problems[field] = 'Value must be of str type.';
		return undefined;
	}
	const text = value.trim();
	if (text.length > maxLength) {
		problems[field] = `The value must be no longer than ${maxLength} characters.`;
	}
	return text === '' ? null : text;
}

/** Reads a list of objects: undefined when absent, empty when null. */
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
	// Documented for a contact's lists (maxItems). ASSUMED (the longest lists of a lead): for a
	// lead's lists too. Confirmed by a create with 101 contacts.
	if (value.length > MAX_LIST_LENGTH) problems[field] = 'List is too long.';
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

const WEB_ADDRESS = /^[a-z]+:\/\/[^\s/.]+(?:\.[^\s/.]+)+(?:[/?#]\S*)?$/i;

/**
 * Reads a URL. ASSUMED (a URL without a scheme): one without a scheme gets http://, an option of
 * Close's validation library. Confirmed by a create with such a URL.
 */
export function readUrl(
	raw: Record<string, unknown>,
	field: string,
	problems: FieldProblems,
): string | null | undefined {
	const text = readText(raw, field, problems);
	if (typeof text !== 'string') return text;
	const url = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
	if (!WEB_ADDRESS.test(url)) problems[field] = 'Invalid URL.';
	return url;
}
