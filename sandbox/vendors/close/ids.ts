import { randomBytes } from 'crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

type Prefix = 'lead' | 'cont' | 'acti' | 'ev' | 'req' | 'whsub';

/**
 * A new ID the way Close writes them: a prefix and random characters of base 62, 43 of them for
 * records, 22 for events, requests and subscriptions (Close docs, webhooks).
 */
export function newId(prefix: Prefix): string {
	const length = ['ev', 'req', 'whsub'].includes(prefix) ? 22 : 43;
	const tail = [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]);
	return `${prefix}_${tail.join('')}`;
}
