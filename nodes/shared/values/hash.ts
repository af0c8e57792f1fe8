import { createHash } from 'crypto';

/** A hash of several values, as a cache key that reveals none of them. */
export function hashOf(...values: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(values)).digest('base64url');
}
