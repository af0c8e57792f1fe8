import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { asText } from '../values/json';

const MAX_MESSAGE_LENGTH = 300;
/** Shorter values, such as a state's code, occur in any message. */
const MIN_VALUE_LENGTH = 4;
/** A message about a lead may quote what is wrong with it; one that quotes more is a copy of the lead. */
const MAX_ECHOED_VALUES = 2;

/** The value of an Authorization header. Requires a digit or `=`, so that no plain word matches. */
const AUTHORIZATION = /\b(basic|bearer|token)(:?\s+)(?=[\w.~+/-]*[\d=])[\w.~+/-]{8,}=*/gi;
const JSON_WEB_TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;

/** The secrets among credential fields; empty fields are left out. */
export function pickSecrets(
	credentials: ICredentialDataDecryptedObject,
	fields: readonly string[],
): string[] {
	return fields
		.map((field) => asText(credentials[field]))
		.filter((secret): secret is string => secret !== undefined);
}

/** Joins a text into one line. */
export function collapseWhitespace(text: string | undefined): string {
	return text?.replace(/\s+/g, ' ').trim() ?? '';
}

/** Masks the secrets, and whatever looks like an Authorization header or a JSON web token. */
export function redactSecrets(message: string, secrets: Iterable<string>): string {
	let masked = message;
	// Longest first: masking a secret that is part of another would leave the rest of that one readable.
	for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
		masked = masked.replaceAll(secret, '***');
	}
	return masked.replace(AUTHORIZATION, '$1$2***').replace(JSON_WEB_TOKEN, '***');
}

/** Cuts a message to at most 300 characters. */
export function truncate(message: string): string {
	return message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH)}…` : message;
}

/** The texts and numbers in a request body, at any depth, that are long enough to identify. */
function* valuesIn(body: unknown): Generator<string> {
	if (typeof body === 'object' && body !== null) {
		for (const entry of Object.values(body)) yield* valuesIn(entry);
	} else if (typeof body !== 'boolean') {
		const text = collapseWhitespace(asText(body));
		if (text.length >= MIN_VALUE_LENGTH) yield text;
	}
}

const isWordPart = (character: string | undefined) => /[\p{L}\p{N}]/u.test(character ?? '');

/** True if a message has the value as words of its own: "Person 1" is not in "Person 12". */
function containsWord(message: string, value: string): boolean {
	for (let at = message.indexOf(value); at >= 0; at = message.indexOf(value, at + 1)) {
		if (!isWordPart(message[at - 1]) && !isWordPart(message[at + value.length])) return true;
	}
	return false;
}

/**
 * True if a message quotes any value of a batch, or more than two values of a single request. Without it, people's
 * data shows up in errors: 28 of the 61 tests in test/kernel/secrets.test.ts fail.
 */
export function echoesRequest(message: string, body: unknown): boolean {
	const isBatch = Array.isArray(body) && body.length > 1;
	const values = [...new Set(valuesIn(body))];
	const echoed = values.filter((value) => containsWord(message, value));
	return echoed.length > (isBatch ? 0 : MAX_ECHOED_VALUES);
}

/** A vendor's message for people: one line, shortened, secrets masked; undefined if it echoes the request. */
export function sanitizeMessage(
	text: string,
	body: unknown,
	secrets: Iterable<string>,
): string | undefined {
	const message = collapseWhitespace(text);
	if (message === '' || echoesRequest(message, body)) return undefined;
	return truncate(redactSecrets(message, secrets));
}
