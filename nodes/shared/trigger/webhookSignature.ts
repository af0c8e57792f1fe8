import { createHash, createHmac, timingSafeEqual } from 'crypto';
import { getOwn, asText } from '../values/json';

/** How far a signature's time may be from ours, in both directions: clocks differ, and old ones are replays. */
export const TIMESTAMP_TOLERANCE_MS = 300_000;

/** HMAC-SHA256 over the parts one after the other, in hex. */
export function hmacSha256(key: Buffer | string, ...parts: Array<Buffer | string>): string {
	const hmac = createHmac('sha256', key);
	for (const part of parts) hmac.update(part);
	return hmac.digest('hex');
}

/**
 * Compares what a request brought with what we expect, in a time that says nothing of where they
 * differ. False when nothing is expected: without a secret no request is let in.
 */
export function secretsEqual(given: unknown, expected: string | undefined): boolean {
	const digest = (value: string) => createHash('sha256').update(value).digest();
	const brought = asText(given);
	if (brought === undefined || expected === undefined || expected === '') return false;
	return timingSafeEqual(digest(brought), digest(expected));
}

/** Whether a signature was made within the window, by its own time in milliseconds since 1970. */
export function isWithinTolerance(signedAtMs: number | undefined, nowMs: number): boolean {
	return signedAtMs !== undefined && Math.abs(nowMs - signedAtMs) <= TIMESTAMP_TOLERANCE_MS;
}

/** The shortest token that is taken for a secret: shorter ones can be guessed. */
export const MIN_TOKEN_LENGTH = 16;

/**
 * Whether a request brings a shared token: as `token` in the query, in the header `x-webhook-token`,
 * or as a Bearer token. For vendors that do not sign.
 */
export function hasValidToken(
	{ headers, query }: { headers: unknown; query: unknown },
	token: string | undefined,
): boolean {
	const bearer = /^Bearer (\S+)$/i.exec(asText(getOwn(headers, 'authorization')) ?? '')?.[1];
	const brought = [getOwn(query, 'token'), getOwn(headers, 'x-webhook-token'), bearer];
	return brought.map((value) => secretsEqual(value, token)).includes(true);
}
