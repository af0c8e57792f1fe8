import type { LimitNews } from './rateLimit/headers';

/**
 * What sending a request twice would do: `read` and `harmlessWrite` nothing (the vendor itself makes
 * the second one harmless), `write` possibly a second lead.
 */
export type Effect = 'read' | 'harmlessWrite' | 'write';

/** What came of one HTTP exchange. */
export type Exchange =
	| { kind: 'reply'; status: number; readable: boolean; limits: LimitNews }
	| { kind: 'failure'; reached: 'no' | 'maybe'; permanent: boolean };

/**
 * What to do next. `lost` says that the vendor may have taken the request all the same; `blockMs` is how
 * long a vendor that turned it away for its limit wants no other request either, 0 when it did not.
 */
export type Verdict =
	| { next: 'accept' }
	| { next: 'again'; afterMs: number; lost: boolean; blockMs: number }
	| { next: 'ask' }
	| { next: 'giveUp'; because: 'refused' | 'credential' | 'unavailable'; lost: boolean };

/** Tries of one request at a vendor that is broken; refusals for its limit are bounded by time instead. */
const mostTriesWhenBroken = 5;
const firstBackoffMs = 500;
const longestBackoffMs = 30_000;

/** The wait before try number `attempt` + 1: doubles each time, with jitter so that items spread out. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
	const full = Math.min(longestBackoffMs, firstBackoffMs * 2 ** (attempt - 1));
	return Math.round(full * (0.75 + random() / 4));
}

/** How long the vendor asks to wait: a `Retry-After` that is the reset, rounded up to seconds, is the reset. */
function toldWaitMs({ retryAfterMs, resetMs }: LimitNews): number | undefined {
	if (retryAfterMs === undefined || resetMs === undefined) return retryAfterMs ?? resetMs;
	const isRounding = retryAfterMs >= resetMs && retryAfterMs - resetMs < 1000;
	return isRounding ? resetMs : retryAfterMs;
}

/** Refusals that may be about one lead in a list; any other is about the request, as 404 for its campaign. */
export const aboutOneOfList: ReadonlySet<number | undefined> = new Set([400, 413, 422]);

/** Whether a refusal is about the lead that was sent; a conflict is, with one that is there. */
export function isAboutLead(status: number | undefined): boolean {
	return status === 409 || aboutOneOfList.has(status);
}

/**
 * Decides what a reply or a failure means for a request.
 * @param attempt 1 for the first try
 * @param accept statuses besides 2xx that are an answer to this request
 * @param rejectsCredential statuses by which this vendor says that the credential is bad
 */
export function judge(
	effect: Effect,
	exchange: Exchange,
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
): Verdict {
	// Never sooner than the backoff: a vendor that says `Retry-After: 0` for ever is not hammered.
	const again = (saidMs: number, lost: boolean): Verdict & { next: 'again' } => ({
		next: 'again',
		afterMs: Math.max(saidMs, backoffMs(attempt, random)),
		lost,
		blockMs: 0,
	});
	const limited = (limits: LimitNews): Verdict => {
		const saidMs = toldWaitMs(limits) ?? 0;
		const verdict = again(saidMs, false);
		// The backoff is for this request alone: the others may go as soon as the vendor says.
		return { ...verdict, blockMs: saidMs > 0 ? saidMs : verdict.afterMs };
	};
	const lostReply = (): Verdict => {
		if (effect === 'write') return { next: 'ask' };
		return attempt < mostTriesWhenBroken
			? again(0, effect !== 'read')
			: { next: 'giveUp', because: 'unavailable', lost: effect !== 'read' };
	};

	if (exchange.kind === 'failure') {
		if (exchange.reached === 'maybe') return lostReply();
		return exchange.permanent || attempt >= mostTriesWhenBroken
			? { next: 'giveUp', because: 'unavailable', lost: false }
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
		return { next: 'giveUp', because: 'credential', lost: false };
	}
	return { next: 'giveUp', because: 'refused', lost: false };
}
