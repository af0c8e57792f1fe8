import type { RateLimitInfo } from './rateLimit/headers';

/**
 * What sending a request twice would do: `read` and `harmlessWrite` nothing (the vendor itself makes
 * the second one harmless), `write` possibly a second lead.
 */
export type Safety = 'safe' | 'idempotent' | 'unsafe';

/** What came of one HTTP exchange. */
export type AttemptResult =
	| { kind: 'reply'; status: number; readable: boolean; limits: RateLimitInfo }
	| { kind: 'failure'; reached: 'no' | 'maybe'; permanent: boolean };

/**
 * What to do next. `lost` says that the vendor may have taken the request all the same; `blockMs` is how
 * long a vendor that turned it away for its limit wants no other request either, 0 when it did not.
 */
export type RetryDecision =
	| { next: 'accept' }
	| { next: 'retry'; afterMs: number; lost: boolean; blockMs: number }
	| { next: 'reconcile' }
	| { next: 'fail'; because: 'refused' | 'credential' | 'unavailable'; lost: boolean };

/** Tries of one request at a vendor that is broken; refusals for its limit are bounded by time instead. */
const MAX_ATTEMPTS = 5;
const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;

/** The wait before try number `attempt` + 1: doubles each time, with jitter so that items spread out. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
	const full = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempt - 1));
	return Math.round(full * (0.75 + random() / 4));
}

/** How long the vendor asks to wait: a `Retry-After` that is the reset, rounded up to seconds, is the reset. */
function requestedDelayMs({ retryAfterMs, resetMs }: RateLimitInfo): number | undefined {
	if (retryAfterMs === undefined || resetMs === undefined) return retryAfterMs ?? resetMs;
	const isRounding = retryAfterMs >= resetMs && retryAfterMs - resetMs < 1000;
	return isRounding ? resetMs : retryAfterMs;
}

/** Refusals that may be about one lead in a list; any other is about the request, as 404 for its campaign. */
export const ITEM_ERROR_STATUSES: ReadonlySet<number | undefined> = new Set([400, 413, 422]);

/** Whether a refusal is about the lead that was sent; a conflict is, with one that is there. */
export function isItemError(status: number | undefined): boolean {
	return status === 409 || ITEM_ERROR_STATUSES.has(status);
}

/**
 * Decides what a reply or a failure means for a request.
 * @param attempt 1 for the first try
 * @param accept statuses besides 2xx that are an answer to this request
 * @param rejectsCredential statuses by which this vendor says that the credential is bad
 */
export function decideRetry(
	safety: Safety,
	exchange: AttemptResult,
	attempt: number,
	{
		accept = [],
		rejectsCredential = [401],
		random,
	}: {
		accept?: readonly number[];
		rejectsCredential?: readonly number[];
		random?: () => number;
	} = {},
): RetryDecision {
	// Never sooner than the backoff: a vendor that says `Retry-After: 0` for ever is not hammered.
	const again = (saidMs: number, lost: boolean): RetryDecision & { next: 'retry' } => ({
		next: 'retry',
		afterMs: Math.max(saidMs, backoffMs(attempt, random)),
		lost,
		blockMs: 0,
	});
	const limited = (limits: RateLimitInfo): RetryDecision => {
		const saidMs = requestedDelayMs(limits) ?? 0;
		const verdict = again(saidMs, false);
		// The backoff is for this request alone: the others may go as soon as the vendor says.
		return { ...verdict, blockMs: saidMs > 0 ? saidMs : verdict.afterMs };
	};
	const lostReply = (): RetryDecision => {
		if (safety === 'unsafe') return { next: 'reconcile' };
		return attempt < MAX_ATTEMPTS
			? again(0, safety !== 'safe')
			: { next: 'fail', because: 'unavailable', lost: safety !== 'safe' };
	};

	if (exchange.kind === 'failure') {
		if (exchange.reached === 'maybe') return lostReply();
		return exchange.permanent || attempt >= MAX_ATTEMPTS
			? { next: 'fail', because: 'unavailable', lost: false }
			: again(0, false);
	}

	const { status, limits } = exchange;
	if (accept.includes(status)) return { next: 'accept' };
	if (status >= 200 && status < 300) return exchange.readable ? { next: 'accept' } : lostReply();
	// A 429, or a 503 that names a time, was turned away before it was processed.
	if (status === 429) return limited(limits);
	if (status === 503 && limits.retryAfterMs !== undefined) return limited(limits);
	if (status >= 500 || status === 408) return lostReply();
	if (rejectsCredential.includes(status)) {
		return { next: 'fail', because: 'credential', lost: false };
	}
	return { next: 'fail', because: 'refused', lost: false };
}
