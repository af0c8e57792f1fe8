import { asText, getOwn, isObject } from '../values/json';

const MESSAGE_KEYS = ['message', 'detail', 'error_description', 'error', 'title'];
const MAX_DEPTH = 4;
const MAX_ENTRIES = 20;
/** What is read of a text, and of a field's name: a reply may hold megabytes. */
const MAX_TEXT_LENGTH = 2_000;
const MAX_NAME_LENGTH = 100;

/** The beginning of a text in a reply; undefined for what is no text. */
export function readMessageText(value: unknown): string | undefined {
	return asText(typeof value === 'string' ? value.slice(0, MAX_TEXT_LENGTH) : value);
}

/** The beginning of a field's name. */
export function readName(key: string): string {
	return key.slice(0, MAX_NAME_LENGTH);
}

/** The text under a common key, which is about the whole request; undefined if the body has none. */
export function extractMainMessage(body: unknown): string | undefined {
	if (!isObject(body)) return readMessageText(body);
	return MESSAGE_KEYS.map((key) => readMessageText(getOwn(body, key))).find(
		(text) => text !== undefined,
	);
}

/**
 * The vendor's message in an error body of undocumented shape: the text under a common key, and all
 * texts under `errors` with the names of their fields, as in `phone_number: Enter a valid number`.
 * Undefined if the body has no text.
 */
export function extractErrorMessage(body: unknown): string | undefined {
	const message = extractMainMessage(body);
	if (!isObject(body)) return message ?? flattenMessages(body);
	const fieldMessages = flattenMessages(body.errors);
	return [message, fieldMessages].filter(Boolean).join('; ') || flattenMessages(body);
}

/** All texts in a value as one line, each after the name of its field. */
function flattenMessages(value: unknown, name = '', depth = 0): string | undefined {
	const text = readMessageText(value);
	if (text !== undefined) return name === '' ? text : `${name}: ${text}`;
	if (typeof value !== 'object' || value === null || depth >= MAX_DEPTH) return undefined;
	const parts = Object.entries(value)
		.slice(0, MAX_ENTRIES)
		.map(([key, entry]) =>
			flattenMessages(entry, Array.isArray(value) ? name : readName(key), depth + 1),
		);
	return parts.filter(Boolean).join('; ') || undefined;
}
