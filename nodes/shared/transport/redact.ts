import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { asText } from '../values/json';
import { decodings, foldWords, withoutSpaces } from './spellings';

const MAX_MESSAGE_LENGTH = 300;
/** What is read of a message. Patterns and comparisons take longer than the text does: it is cut first. */
const MAX_READ_LENGTH = 2_000;
/** Shorter values, such as a state's code, occur in any message. */
const MIN_VALUE_LENGTH = 4;
/** Values of this length are also found where the message writes them with other spaces and hyphens. */
const MIN_UNSPACED_LENGTH = 8;
/** Shorter secrets are found as they are, and not in other spellings: they would occur in any message. */
const MIN_SECRET_LENGTH = 6;
/** Of longer values, a piece of this length is enough. */
const PIECE_LENGTH = 16;
/** A text of more words is a sentence, whose single words identify no one. */
const MAX_NAME_WORDS = 4;
/** A message about a lead may quote what is wrong with it; one that quotes more is a copy of the lead. */
const MAX_ECHOED_VALUES = 2;
/** What is read of a request body: more than a batch of any vendor. */
const MAX_VALUES = 50_000;

/** The value of an Authorization header. Requires a digit or `=`, so that no plain word matches. */
const AUTHORIZATION = /\b(basic|bearer|token)(:?\s+)(?=[\w.~+/-]*[\d=])[\w.~+/-]{8,}=*/gi;
const JSON_WEB_TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;

/** Stands for a message that repeats a secret in a spelling of its own. */
export const WITHHELD = "the vendor's message is withheld because it repeats a secret";

/** The secrets among credential fields; empty fields are left out. */
export function pickSecrets(
	credentials: ICredentialDataDecryptedObject,
	fields: readonly string[],
): string[] {
	return fields
		.map((field) => asText(credentials[field]))
		.filter((secret): secret is string => secret !== undefined);
}

/** The beginning of a text as one line. */
function firstLine(text: string): string {
	return text.slice(0, MAX_READ_LENGTH).replace(/\s+/g, ' ').trim();
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

/** How base64 writes a text wherever it begins in a longer one, without the characters that depend on its neighbors. */
function base64Cores(text: string): string[] {
	return [0, 1, 2].map((offset) => {
		const encoded = Buffer.from(`${'x'.repeat(offset)}${text}`).toString('base64');
		const start = offset === 0 ? 0 : offset + 1;
		return encoded.slice(start).replace(/=+$/, '').slice(0, -1);
	});
}

/** True if a message has a secret in any spelling: encoded, in other capitals, in pieces, as base64 or hexadecimal. */
export function repeatsSecret(message: string, secrets: Iterable<string>): boolean {
	const texts = decodings(message.slice(0, MAX_READ_LENGTH));
	const folded = texts.map((text) => withoutSpaces(foldWords(text)));
	for (const secret of secrets) {
		if (texts.some((text) => text.includes(secret))) return true;
		const spellings = [secret, ...base64Cores(secret), Buffer.from(secret).toString('hex')];
		for (const spelling of spellings) {
			const unspaced = withoutSpaces(foldWords(spelling));
			if (unspaced.length < MIN_SECRET_LENGTH) continue;
			if (folded.some((text) => text.includes(unspaced))) return true;
		}
	}
	return false;
}

/** The texts and numbers in a request body, at any depth. */
function* valuesIn(body: unknown): Generator<string> {
	if (typeof body === 'object' && body !== null) {
		for (const entry of Object.values(body)) yield* valuesIn(entry);
	} else if (typeof body !== 'boolean') {
		const text = asText(body);
		if (text !== undefined) yield foldWords(text.slice(0, MAX_READ_LENGTH));
	}
}

/** The folded values of a body that are long enough to identify; of a batch, also the words of names. */
function identifyingValues(body: unknown, isBatch: boolean): Set<string> {
	const values = new Set<string>();
	for (const value of valuesIn(body)) {
		if (values.size >= MAX_VALUES) break;
		if (value.length >= MIN_VALUE_LENGTH) values.add(value);
		const words = isBatch ? value.split(' ') : [];
		if (words.length > MAX_NAME_WORDS) continue;
		for (const word of words) if (word.length >= MIN_VALUE_LENGTH) values.add(word);
	}
	return values;
}

/** Finds whether a message has a folded value: as words of its own, with other spaces, or a piece of it. */
function echoFinder(message: string): (value: string) => boolean {
	const texts = decodings(message.slice(0, MAX_READ_LENGTH)).map((text) => ` ${foldWords(text)} `);
	const unspaced = texts.map(withoutSpaces);
	const has = (part: string) => unspaced.some((text) => text.includes(part));
	return (value) => {
		if (texts.some((text) => text.includes(` ${value} `))) return true;
		const compact = withoutSpaces(value);
		if (compact.length < MIN_UNSPACED_LENGTH) return false;
		if (has(compact)) return true;
		for (let at = 0; at + PIECE_LENGTH <= compact.length; at += PIECE_LENGTH) {
			if (has(compact.slice(at, at + PIECE_LENGTH))) return true;
		}
		return false;
	};
}

/** True if a message quotes a value of a batch, or more than two values of a single request, in whatever spelling. */
export function echoesRequest(message: string, body: unknown): boolean {
	const isBatch = Array.isArray(body) && body.length > 1;
	const isEchoed = echoFinder(message);
	let left = isBatch ? 0 : MAX_ECHOED_VALUES;
	for (const value of identifyingValues(body, isBatch)) {
		if (isEchoed(value) && left-- === 0) return true;
	}
	return false;
}

/**
 * A vendor's message for people: one line, shortened, secrets masked; undefined if it echoes the request. Says so
 * where it repeats a secret in a spelling that cannot be masked.
 */
export function sanitizeMessage(
	text: string,
	body: unknown,
	secrets: Iterable<string>,
): string | undefined {
	const known = [...secrets];
	const masked = redactSecrets(firstLine(text), known);
	if (repeatsSecret(masked, known)) return WITHHELD;
	return masked === '' || echoesRequest(masked, body) ? undefined : truncate(masked);
}
