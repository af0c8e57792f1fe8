import { randomBytes } from 'crypto';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

type Prefix = 'lead' | 'cont' | 'acti' | 'ev' | 'req' | 'whsub' | 'bulk' | 'unsub';

/**
 * A new ID in Close's format: a prefix and random base62 characters, 43 for records, 22 for events,
 * requests and subscriptions (Close docs, webhooks).
 */
export function newId(prefix: Prefix): string {
	const length = ['ev', 'req', 'whsub'].includes(prefix) ? 22 : 43;
	const suffix = [...randomBytes(length)].map((byte) => BASE62[byte % BASE62.length]);
	return `${prefix}_${suffix.join('')}`;
}
