import type { IWebhookFunctions } from 'n8n-workflow';
import { createHash, createHmac, timingSafeEqual } from 'crypto';
import { InvalidInputError } from '../errors/InvalidInputError';
import { getOwn, asText } from '../values/json';

/** Allowed distance of a signature's time from ours, both ways: clocks differ, and old ones are replays. */
export const TIMESTAMP_TOLERANCE_MS = 300_000;

/** HMAC-SHA256 of the concatenated parts, in hex. */
export function hmacSha256(key: Buffer | string, ...parts: Array<Buffer | string>): string {
	const hmac = createHmac('sha256', key);
	for (const part of parts) hmac.update(part);
	return hmac.digest('hex');
}

/** Compares in constant time. False when none is expected: without a secret, no request is accepted. */
export function secretsEqual(given: unknown, expected: string | undefined): boolean {
	const digest = (value: string) => createHash('sha256').update(value).digest();
	const text = asText(given);
	if (text === undefined || expected === undefined || expected === '') return false;
	return timingSafeEqual(digest(text), digest(expected));
}

/** True if a signature's time, in milliseconds since 1970, is within the tolerance. */
export function isWithinTolerance(signedAtMs: number | undefined, nowMs: number): boolean {
	return signedAtMs !== undefined && Math.abs(nowMs - signedAtMs) <= TIMESTAMP_TOLERANCE_MS;
}

/** Characters of a token or a password that cannot be guessed. */
export const MIN_TOKEN_LENGTH = 16;

/** @throws InvalidInputError for a token, a secret or a password of a credential that is too short or empty */
export function checkTokenLength(value: unknown, field: string, whatToDo: string): void {
	if ((asText(value) ?? '').length >= MIN_TOKEN_LENGTH) return;
	throw new InvalidInputError(`${field} has fewer than ${MIN_TOKEN_LENGTH} characters`, whatToDo);
}

/** The token of a credential, and a warning in n8n's log for one that is too short: no request is accepted then. */
export function readToken(
	context: IWebhookFunctions,
	value: unknown,
	field = 'Webhook Token',
): string | undefined {
	const token = asText(value);
	if (token === undefined || token.length >= MIN_TOKEN_LENGTH) return token;
	context.logger.warn(
		`${context.getNode().name}: the ${field} in the credential has fewer than ${MIN_TOKEN_LENGTH} characters, so every webhook is rejected`,
	);
	return undefined;
}

type WithHeaders = { headers: unknown };

/** What an Authorization header says after its scheme, if it has this one. */
function authorizationIn({ headers }: WithHeaders, scheme: 'Basic' | 'Bearer'): string | undefined {
	const [, given, value] =
		/^(\w+) (\S+)$/.exec(asText(getOwn(headers, 'authorization')) ?? '') ?? [];
	return given?.toLowerCase() === scheme.toLowerCase() ? value : undefined;
}

/** For vendors that do not sign: a token as `token` in the query, as `x-webhook-token`, or as a Bearer token. */
export function hasValidToken(
	request: WithHeaders & { query: unknown },
	token: string | undefined,
): boolean {
	const { headers, query } = request;
	const given = [
		getOwn(query, 'token'),
		getOwn(headers, 'x-webhook-token'),
		authorizationIn(request, 'Bearer'),
	];
	// Compares all three, so that the duration does not depend on which one matches.
	return given.map((value) => secretsEqual(value, token)).includes(true);
}

/** For vendors that do not sign: Basic Auth. Without a user name or a password no request is accepted. */
export function hasValidBasicAuth(
	request: WithHeaders,
	user: string | undefined,
	password: string | undefined,
): boolean {
	if (user === undefined || password === undefined) return false;
	const given = Buffer.from(authorizationIn(request, 'Basic') ?? '', 'base64').toString('utf8');
	return secretsEqual(given, `${user}:${password}`);
}
