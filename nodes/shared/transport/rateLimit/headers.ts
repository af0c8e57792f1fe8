import { getOwn } from '../../values/json';

/** What a response says about the vendor's rate limit. Times in milliseconds from now. */
export interface RateLimitInfo {
	retryAfterMs?: number;
	limit?: number;
	remaining?: number;
	resetMs?: number;
}

/** A header's text; repeated headers are joined. */
function header(headers: unknown, name: string): string | undefined {
	const value = getOwn(headers, name);
	if (Array.isArray(value)) return value.join(', ');
	return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Larger values are nonsense and would lose precision. */
const MAX_NUMBER = 1e13;

function parseNumber(text: string | undefined): number | undefined {
	if (text === undefined || text.trim() === '') return undefined;
	const parsed = Number(text);
	return parsed >= 0 && parsed <= MAX_NUMBER ? parsed : undefined;
}

/** `Retry-After`: seconds, or an HTTP-date, which counts from the vendor's own `Date`. */
function retryAfterMs(headers: unknown, now: number): number | undefined {
	const text = header(headers, 'retry-after');
	if (text === undefined) return undefined;
	const seconds = parseNumber(text);
	if (seconds !== undefined) return Math.ceil(seconds * 1000);
	// Date.parse also accepts what is no date, such as "-1".
	const at = /^[a-z]{3,9},? /i.test(text) ? Date.parse(text) : NaN;
	if (Number.isNaN(at)) return undefined;
	const vendorNow = Date.parse(header(headers, 'date') ?? '');
	return Math.max(0, at - (Number.isNaN(vendorNow) ? now : vendorNow));
}

/** A reset: a time (epoch seconds or milliseconds) or a number of seconds from now. */
function resetMs(value: number | undefined, now: number): number | undefined {
	if (value === undefined) return undefined;
	if (value > 1e11) return Math.max(0, value - now);
	if (value > 1e9) return Math.max(0, value * 1000 - now);
	return Math.ceil(value * 1000);
}

/** Reads `RateLimit: limit=100, remaining=50, reset=5`, or the IETF draft's `"default";r=50;t=5`. */
function rateLimitFields(text: string): Map<string, number> {
	const fields = new Map<string, number>();
	for (const part of text.split(/[,;]/)) {
		const [name, value] = part.split('=');
		const parsed = parseNumber(value);
		if (name !== undefined && parsed !== undefined) fields.set(name.trim().toLowerCase(), parsed);
	}
	return fields;
}

/**
 * Reads `Retry-After`, `RateLimit`, `RateLimit-*` and `X-RateLimit-*` from response headers.
 * @param headers with lower-case names, as n8n's HTTP helper returns them
 * @param now in epoch milliseconds
 */
export function parseRateLimitHeaders(headers: unknown, now: number): RateLimitInfo {
	const combined = rateLimitFields(header(headers, 'ratelimit') ?? '');
	const single = (name: string) =>
		parseNumber(
			header(headers, `ratelimit-${name}`) ??
				header(headers, `x-ratelimit-${name}`) ??
				header(headers, `x-rate-limit-${name}`),
		);
	return {
		retryAfterMs: retryAfterMs(headers, now),
		limit: combined.get('limit') ?? single('limit'),
		remaining: combined.get('remaining') ?? combined.get('r') ?? single('remaining'),
		resetMs: resetMs(combined.get('reset') ?? combined.get('t') ?? single('reset'), now),
	};
}
