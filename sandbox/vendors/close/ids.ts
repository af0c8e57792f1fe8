import { randomBytes } from 'crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A new ID the way Close writes them: a prefix and 43 random characters of base 62. */
export function newId(prefix: 'lead' | 'cont' | 'acti'): string {
	const tail = [...randomBytes(43)].map((byte) => alphabet[byte % alphabet.length]);
	return `${prefix}_${tail.join('')}`;
}
