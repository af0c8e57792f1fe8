/** Formats of the headers that report a limit. */
export const LIMIT_HEADERS = [
	'retryAfterSeconds',
	'retryAfterDate',
	'rateLimit',
	'xRateLimit',
	'rateLimitAndRetryAfter',
	'xRateLimitAndBody',
	'none',
] as const;

export type LimitHeaders = (typeof LIMIT_HEADERS)[number];

/** A rate limit. */
export interface Limit {
	requests: number;
	windowMs: number;
	headers: LimitHeaders;
	/** A second limit over a shorter time, which the headers do not report. */
	burst?: { requests: number; windowMs: number };
	/** Report the remaining requests on successful replies too, in the formats that can. */
	announce: boolean;
}

interface Window {
	endsAt: number;
	used: number;
}

/** Whether a request is allowed, and the headers that report the limit. */
export interface LimitVerdict {
	allowed: boolean;
	headers: Record<string, string>;
	/** What the body of the rejection states, in the format that has it there. */
	retryAfterSeconds?: number;
}

/** True for the name of a header format. */
export function isLimitHeaders(value: unknown): value is LimitHeaders {
	return LIMIT_HEADERS.some((form) => form === value);
}

function headersFor(limit: Limit, window: Window, now: number, allowed: boolean) {
	const seconds = Math.max(1, Math.ceil((window.endsAt - now) / 1000));
	const remaining = Math.max(0, limit.requests - window.used);
	const headers: Record<string, string> = {};
	if (limit.headers === 'retryAfterSeconds' && !allowed) headers['retry-after'] = String(seconds);
	if (limit.headers === 'retryAfterDate' && !allowed) {
		// HTTP dates have whole seconds: rounded down, the client would return too early.
		const at = new Date(Math.ceil(window.endsAt / 1000) * 1000);
		headers['retry-after'] = at.toUTCString();
	}
	// Close's format: RateLimit on every reply, regardless of `announce`, and Retry-After on a 429.
	const isBoth = limit.headers === 'rateLimitAndRetryAfter';
	if (isBoth && !allowed) headers['retry-after'] = String(seconds);
	if (!allowed || limit.announce || isBoth) {
		if (limit.headers === 'rateLimit' || isBoth) {
			const reset = Math.max(0, (window.endsAt - now) / 1000).toFixed(3);
			headers.ratelimit = `limit=${limit.requests}, remaining=${remaining}, reset=${reset}`;
		}
		if (limit.headers === 'xRateLimit' || limit.headers === 'xRateLimitAndBody') {
			headers['x-ratelimit-limit'] = String(limit.requests);
			headers['x-ratelimit-remaining'] = String(remaining);
			headers['x-ratelimit-reset'] = String(Math.ceil(window.endsAt / 1000));
		}
	}
	return headers;
}

/**
 * Fixed windows, one per account, each opened by its first request. A rejected request does not
 * count. ASSUMED (the kind of window of a rate limit): fixed. Confirmed by a burst.
 */
export class Limiter {
	private readonly windows = new Map<string, Window>();

	/** Counts a request of `account` against `limit`. */
	take(account: string, limit: Limit | undefined, now = Date.now()): LimitVerdict {
		if (!limit) return { allowed: true, headers: {} };
		const { burst } = limit;
		const window = this.windowOf(account, limit.windowMs, now);
		const short = burst && this.windowOf(`${account} burst`, burst.windowMs, now);
		const full = [
			window.used < limit.requests ? undefined : window,
			short && short.used >= (burst?.requests ?? 0) ? short : undefined,
		].flatMap((one) => one?.endsAt ?? []);
		const allowed = full.length === 0;
		for (const one of allowed ? [window, short] : []) if (one) one.used += 1;
		const headers = headersFor(limit, window, now, allowed);
		if (allowed || limit.headers !== 'xRateLimitAndBody') return { allowed, headers };
		const retryAfterSeconds = Math.max(1, Math.ceil((Math.max(...full) - now) / 1000));
		return { allowed, headers, retryAfterSeconds };
	}

	/** The open window, or a new one. */
	private windowOf(key: string, windowMs: number, now: number): Window {
		const open = this.windows.get(key);
		if (open && now < open.endsAt) return open;
		const window = { endsAt: now + windowMs, used: 0 };
		this.windows.set(key, window);
		return window;
	}

	/** Deletes all windows. */
	reset(): void {
		this.windows.clear();
	}
}
