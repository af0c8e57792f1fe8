import type { RateLimitInfo } from './rateLimit/headers';

/** What sending a request twice does (RFC 9110). `unsafe`: possibly a second lead; the others: nothing. */
export type Safety = 'safe' | 'idempotent' | 'unsafe';

/** Result of one HTTP attempt. */
export type AttemptResult =
	| { kind: 'response'; status: number; isUsable: boolean; rateLimit: RateLimitInfo }
	| { kind: 'failure'; delivered: 'no' | 'maybe'; isPermanent: boolean };

/** What to do after an attempt. Durations in milliseconds. */
export type RetryDecision =
	| { next: 'accept' }
	| {
			next: 'retry';
			delayMs: number;
			/** How long no request of the group may be sent; 0 if the vendor did not limit it. */
			pauseMs: number;
			/** The vendor may have processed the attempt. */
			isInDoubt: boolean;
	  }
	| {
			next: 'reconcile';
			/** How long the vendor wants no request, the look-up included. */
			pauseMs: number;
	  }
	| { next: 'fail'; reason: 'rejected' | 'credential' | 'unavailable'; isInDoubt: boolean };

/** For outages only: waits for a rate limit are bounded by time instead. */
const MAX_ATTEMPTS = 5;
const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;

/** Milliseconds to wait after attempt number `attempt`: doubles each time, with up to 25 % jitter. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
	const full = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempt - 1));
	return Math.round(full * (0.75 + random() / 4));
}

/** The requested delay. If Retry-After is just the reset rounded up to seconds, uses the reset. */
function requestedDelayMs({ retryAfterMs, resetMs }: RateLimitInfo): number | undefined {
	if (retryAfterMs === undefined || resetMs === undefined) return retryAfterMs ?? resetMs;
	const isRounded = retryAfterMs >= resetMs && retryAfterMs - resetMs < 1000;
	return isRounded ? resetMs : retryAfterMs;
}

/** Rejections that may concern one lead of a batch; others concern the request, as a 404 for its campaign. */
export const ITEM_ERROR_STATUSES: ReadonlySet<number | undefined> = new Set([400, 413, 422]);

/** True if a rejection concerns the lead itself. A 409 does: it names a conflict with a stored lead. */
export function isItemError(status: number | undefined): boolean {
	return status === 409 || ITEM_ERROR_STATUSES.has(status);
}

/** True if a reply shows that the vendor is there: it accepted the request, or rejected it. */
export function isUsableReply(decision: RetryDecision, status = 0): boolean {
	const isRedirect = status >= 300 && status < 400;
	if (decision.next === 'accept') return true;
	return decision.next === 'fail' && decision.reason !== 'unavailable' && !isRedirect;
}

/** Decides what follows from an attempt; `attempt` is 1 for the first. Pure. */
export function decideRetry(
	safety: Safety,
	result: AttemptResult,
	attempt: number,
	{
		expectedStatuses = [],
		authErrorStatuses = [401],
		random,
	}: {
		expectedStatuses?: readonly number[];
		authErrorStatuses?: readonly number[];
		random?: () => number;
	} = {},
): RetryDecision {
	const fail = (
		reason: 'rejected' | 'credential' | 'unavailable',
		isInDoubt = false,
	): RetryDecision => ({ next: 'fail', reason, isInDoubt });
	const retryAfterBackoff = (isInDoubt: boolean): RetryDecision =>
		attempt < MAX_ATTEMPTS
			? { next: 'retry', delayMs: backoffMs(attempt, random), pauseMs: 0, isInDoubt }
			: fail('unavailable', isInDoubt);
	const retryAfterLostResponse = (): RetryDecision =>
		safety === 'unsafe'
			? { next: 'reconcile', pauseMs: 0 }
			: retryAfterBackoff(safety === 'idempotent');
	const retryWhenAllowed = (rateLimit: RateLimitInfo, isInDoubt: boolean): RetryDecision => {
		const requestedMs = requestedDelayMs(rateLimit) ?? 0;
		if (isInDoubt && safety === 'unsafe') return { next: 'reconcile', pauseMs: requestedMs };
		// Never sooner than the backoff: a vendor that keeps answering `Retry-After: 0` is not hammered.
		const delayMs = Math.max(requestedMs, backoffMs(attempt, random));
		// The backoff concerns this request; the others may go as soon as the vendor allows.
		return {
			next: 'retry',
			delayMs,
			pauseMs: requestedMs > 0 ? requestedMs : delayMs,
			isInDoubt: isInDoubt && safety === 'idempotent',
		};
	};

	if (result.kind === 'failure') {
		if (result.delivered === 'maybe') return retryAfterLostResponse();
		return result.isPermanent ? fail('unavailable') : retryAfterBackoff(false);
	}
	const { status, isUsable, rateLimit } = result;
	if (expectedStatuses.includes(status)) return { next: 'accept' };
	if (status >= 200 && status < 300)
		return isUsable ? { next: 'accept' } : retryAfterLostResponse();
	// A 429 was turned away before it was processed; a 503 may come from behind a server that processed it.
	if (status === 429) return retryWhenAllowed(rateLimit, false);
	if (status === 503 && rateLimit.retryAfterMs !== undefined)
		return retryWhenAllowed(rateLimit, true);
	if (status >= 500 || status === 408) return retryAfterLostResponse();
	// After a write, a redirect may lead to a page about its result, or to a login.
	if (status >= 300 && status < 400 && safety !== 'safe') return retryAfterLostResponse();
	// A proxy on the way answers 407, and has passed nothing on.
	if (status === 407) return fail('unavailable');
	return fail(authErrorStatuses.includes(status) ? 'credential' : 'rejected');
}
