import { asText } from '../values/json';

const MAX_MESSAGE_LENGTH = 300;

/** A sign-in as headers have it; only with a digit or an equals sign, so that no plain word is taken for one. */
const signIn = /\b(basic|bearer|token)(:?\s+)(?=[\w.~+/-]*[\d=])[\w.~+/-]{8,}=*/gi;
const jsonWebToken = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;

/** Words as one line of text. */
export function collapseWhitespace(text: string | undefined): string {
	return text?.replace(/\s+/g, ' ').trim() ?? '';
}

/** Masks secrets, and what looks like the value of an Authorization header. */
export function redactSecrets(words: string, secrets: Iterable<string>): string {
	let masked = words;
	// The longest first: what is left of one that holds another would still be a part of a secret.
	for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
		masked = masked.replaceAll(secret, '***');
	}
	return masked.replace(signIn, '$1$2***').replace(jsonWebToken, '***');
}

/** Cuts words to a length that people read. */
export function truncate(words: string): string {
	return words.length > MAX_MESSAGE_LENGTH ? `${words.slice(0, MAX_MESSAGE_LENGTH)}…` : words;
}

/** Shorter texts, such as the code of a state, stand in any words. */
const MIN_VALUE_LENGTH = 4;
/** More texts of one lead than that are a copy of it, and no sentence about it. */
const MAX_ECHOED_VALUES = 2;
/** An ID such as `lead_a1B2` says nothing of a person. */
const opaqueId = /^[a-z]+_[A-Za-z0-9]+$/;

/** The texts and numbers in a lead, however deep, that words can be told to hold. */
function* valuesIn(value: unknown): Generator<string> {
	if (typeof value === 'object' && value !== null) {
		for (const entry of Object.values(value)) yield* valuesIn(entry);
	} else if (typeof value !== 'boolean') {
		const text = collapseWhitespace(asText(value));
		if (text.length >= MIN_VALUE_LENGTH) yield text;
	}
}

const isWordPart = (character: string | undefined) => /[\p{L}\p{N}]/u.test(character ?? '');

/** Whether words hold a value by itself: "Person 1" is not in "Person 12". */
function containsWord(words: string, value: string): boolean {
	for (let at = words.indexOf(value); at >= 0; at = words.indexOf(value, at + 1)) {
		if (!isWordPart(words[at - 1]) && !isWordPart(words[at + value.length])) return true;
	}
	return false;
}

/**
 * Whether words repeat a request: several values of one lead, or values of more than one. A sentence
 * that names one value, such as the number that is wrong, does not.
 */
export function echoesRequest(words: string, body: unknown): boolean {
	const named = new Set<string>();
	let mostOfOne = 0;
	for (const lead of Array.isArray(body) ? body : [body]) {
		const values = new Set(valuesIn(lead));
		const found = [...values].filter((value) => containsWord(words, value));
		const isWhole = found.length > 1 && found.length === values.size;
		if (isWhole && !found.every((value) => opaqueId.test(value))) return true;
		for (const value of found) named.add(value);
		if (named.size > MAX_ECHOED_VALUES) return true;
		mostOfOne = Math.max(mostOfOne, found.length);
	}
	// More than any one lead has is of several. What they have in common may be said of all.
	return named.size > mostOfOne;
}
