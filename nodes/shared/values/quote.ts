import { asText } from './json';

/** A user's value in a message: quoted, one line, short. */
export function quote(value: unknown): string {
	return `"${shorten(asText(value) ?? nameOf(value))}"`;
}

/** The start of a text, on one line. */
export function shorten(text: string, maxLength = 40): string {
	const start = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
	return start.replace(/\s+/g, ' ');
}

/** What a value is that has no text. */
function nameOf(value: unknown): string {
	if (value === undefined) return 'nothing';
	return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
}
