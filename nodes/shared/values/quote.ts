import { asText } from './json';

/** A user's value in a message: quoted, one line, short. */
export function quote(value: unknown): string {
	const text = asText(value) ?? nameOf(value);
	return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`.replace(/\s+/g, ' ');
}

/** What a value is that has no text. */
function nameOf(value: unknown): string {
	if (value === undefined) return 'nothing';
	return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
}
