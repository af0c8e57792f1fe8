import { asText, getOwn, isObject } from '../values/json';

const MESSAGE_KEYS = ['message', 'detail', 'error_description', 'error', 'title'];
const MAX_DEPTH = 4;
const MAX_ENTRIES = 20;

/**
 * The vendor's message in an error body of undocumented shape: the text under a common key, and all
 * texts under `errors` with the names of their fields, as in `phone_number: Enter a valid number`.
 * Undefined if the body has no text.
 */
export function extractErrorMessage(body: unknown): string | undefined {
	if (!isObject(body)) return asText(body) ?? flattenMessages(body);
	const message = MESSAGE_KEYS.map((key) => asText(getOwn(body, key))).find(
		(text) => text !== undefined,
	);
	const fieldMessages = flattenMessages(body.errors);
	return [message, fieldMessages].filter(Boolean).join('; ') || flattenMessages(body);
}

/** All texts in a value as one line, each after the name of its field. */
function flattenMessages(value: unknown, name = '', depth = 0): string | undefined {
	const text = asText(value);
	if (text !== undefined) return name === '' ? text : `${name}: ${text}`;
	if (typeof value !== 'object' || value === null || depth >= MAX_DEPTH) return undefined;
	const parts = Object.entries(value)
		.slice(0, MAX_ENTRIES)
		.map(([key, entry]) => flattenMessages(entry, Array.isArray(value) ? name : key, depth + 1));
	return parts.filter(Boolean).join('; ') || undefined;
}
