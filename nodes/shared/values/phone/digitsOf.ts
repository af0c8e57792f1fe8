import { asText } from '../json';

/** The digits of a phone number, to compare two spellings of it. */
export function digitsOf(phone: unknown): string {
	return (asText(phone) ?? '').replace(/\D/g, '');
}
