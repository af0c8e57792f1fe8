import { asText, asTexts, getOwn } from '../../values/json';

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
	if (Array.isArray(value)) return asTexts(value).join(', ');
	return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** A number as vendors write it; digits beyond this many say nothing. */
const DECIMAL = /^\d{1,13}(\.\d{1,9})?$/;
/** A longer wait says nothing: no vendor means it, and one odd header would stop a credential for good. */
const MAX_STATED_MS = 86_400_000;
/** Smaller differences between our clock and a `Date` header come from the travel time and the header's whole seconds. */
const CLOCK_TOLERANCE_MS = 2_000;

function parseNumber(text: string | undefined): number | undefined {
	// `RateLimit-Limit: 100, 100;w=60` repeats the limit with its window.
	const trimmed = text?.split(/[,;]/)[0]?.trim() ?? '';
	return DECIMAL.test(trimmed) ? Number(trimmed) : undefined;
}

/** The time on the vendor's clock, from `Date`: ours may be minutes wrong. */
function vendorNow(headers: unknown, now: number): number {
	const stated = Date.parse(header(headers, 'date') ?? '');
	return Math.abs(stated - now) > CLOCK_TOLERANCE_MS ? stated : now;
}

/**
 * A wait as vendors state it: a number of seconds, a time in epoch seconds or milliseconds, or a date.
 * Undefined for what is none of these, and for more than a day.
 */
function statedWaitMs(text: string | undefined, now: number): number | undefined {
	const value = parseNumber(text);
	let waitMs: number;
	if (value === undefined) {
		// Date.parse also accepts what is no date, such as "-1".
		const isDate = /^([a-z]{3,9},? |\d{4}-\d{2}-\d{2}T)/i.test(text ?? '');
		waitMs = isDate ? Date.parse(text ?? '') - now : NaN;
	} else if (value > 1e11) waitMs = value - now;
	else if (value > 1e9) waitMs = value * 1000 - now;
	else waitMs = value * 1000;
	return waitMs <= MAX_STATED_MS ? Math.max(0, Math.ceil(waitMs)) : undefined;
}

/** A wait in the body of a reply, as in `Retry-After`. @param now in epoch milliseconds */
export function parseWait(value: unknown, now: number): number | undefined {
	return statedWaitMs(asText(value), now);
}

/** Reads `RateLimit: limit=100, remaining=50, reset=5`, or the IETF draft's `"default";r=50;t=5`. */
function rateLimitFields(text: string): Map<string, string> {
	const fields = new Map<string, string>();
	for (const part of text.split(/[,;]/)) {
		const [name, value] = part.split('=');
		if (name !== undefined && value !== undefined) fields.set(name.trim().toLowerCase(), value);
	}
	return fields;
}

/**
 * Reads `Retry-After`, `RateLimit`, `RateLimit-*` and `X-RateLimit-*` from response headers. What cannot be meant says
 * nothing: a limit below 1, more requests left than the limit, a wait of more than a day.
 * @param headers with lower-case names, as n8n's HTTP helper returns them
 * @param now in epoch milliseconds
 */
export function parseRateLimitHeaders(headers: unknown, now: number): RateLimitInfo {
	const combined = rateLimitFields(header(headers, 'ratelimit') ?? '');
	const single = (name: string) =>
		header(headers, `ratelimit-${name}`) ??
		header(headers, `x-ratelimit-${name}`) ??
		header(headers, `x-rate-limit-${name}`);
	const clock = vendorNow(headers, now);
	const statedLimit = combined.get('limit') ?? single('limit');
	const limit = parseNumber(statedLimit);
	const remaining = parseNumber(
		combined.get('remaining') ?? combined.get('r') ?? single('remaining'),
	);
	// A limit of 0 and below means that there is none.
	const isMeant =
		statedLimit === undefined || (limit !== undefined && limit >= Math.max(1, remaining ?? 0));
	return {
		retryAfterMs: statedWaitMs(header(headers, 'retry-after')?.trim(), clock),
		limit: isMeant ? limit : undefined,
		remaining: isMeant ? remaining : undefined,
		resetMs: statedWaitMs(
			(combined.get('reset') ?? combined.get('t') ?? single('reset'))?.trim(),
			clock,
		),
	};
}
