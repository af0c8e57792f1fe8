import { sleep } from '../../values/sleep';
import { toError } from '../../values/json';
import { LruMap } from '../../values/LruMap';
import type { RateLimitInfo } from './headers';
import { SAME_RESET_MS, FairShare } from './FairShare';

const MINUTE_MS = 60_000;
const MAX_PAUSE_MS = 3_600_000;
/** Requests arrive a little later than they leave; the margin keeps a full minute full at the vendor too. */
const MARGIN_MS = 250;

/** How much of a reply's way is taken off the reset that it tells, at most. */
const MAX_LATENCY_CORRECTION_MS = 250;
/** By how much clocks that count whole milliseconds may be wrong about it. */
const clockMs = 2;

/** The vendor asks for a longer wait than the user allows. */
export class WaitLimitError extends Error {
	constructor(readonly waitMs: number) {
		super(`The wait of ${waitMs} ms is longer than allowed`);
		this.name = 'WaitTooLong';
	}
}

/**
 * The pace of one credential at one endpoint group, shared by all executions in this process.
 * Knows what the vendor last said of its limit, and what was sent in the last minute.
 */
export class RateLimiter {
	private blockedUntil = 0;
	private window: { left: number; lowest: number; resetsAt: number } | undefined;
	private open = 0;
	private readonly shared = new FairShare();
	private sentAt: number[] = [];
	private minRoundTripMs = Infinity;

	/** Milliseconds until the vendor's own limit lets a request through. */
	vendorWaitMs(now: number): number {
		if (this.window !== undefined && now >= this.window.resetsAt) this.window = undefined;
		const windowWait =
			this.window !== undefined && this.window.left <= 0 ? this.window.resetsAt - now : 0;
		return Math.max(0, this.blockedUntil - now, windowWait, this.shared.waitMs(now));
	}

	/** Milliseconds until the user's own "Requests per Minute" lets a request through; 0 for no limit. */
	userWaitMs(now: number, perMinute: number): number {
		if (perMinute <= 0) return 0;
		const since = now - MINUTE_MS - MARGIN_MS;
		if ((this.sentAt[0] ?? now) <= since) this.sentAt = this.sentAt.filter((at) => at > since);
		const oldestThatCounts = this.sentAt[this.sentAt.length - perMinute];
		return oldestThatCounts === undefined ? 0 : oldestThatCounts - since;
	}

	/**
	 * Waits for a turn and takes it; `finished` must follow.
	 * @param longestVendorWaitMs how long the vendor may make this request wait
	 * @returns the milliseconds that the vendor made it wait
	 * @throws WaitTooLong before waiting, if the vendor asks for more; the signal's reason when aborted
	 */
	async acquire(
		perMinute: number,
		longestVendorWaitMs: number,
		signal: AbortSignal | undefined,
	): Promise<number> {
		let waitedMs = 0;
		for (;;) {
			if (signal?.aborted) throw toError(signal.reason);
			const now = Date.now();
			const vendorWait = this.vendorWaitMs(now);
			if (waitedMs + vendorWait > longestVendorWaitMs) throw new WaitLimitError(vendorWait);
			const wait = Math.max(vendorWait, this.userWaitMs(now, perMinute));
			if (wait <= 0) break;
			await sleep(wait, signal);
			waitedMs += vendorWait;
		}
		this.open++;
		const sentAt = Date.now();
		this.shared.sent(sentAt);
		if (this.window !== undefined) this.window.left--;
		if (perMinute > 0) this.sentAt.push(sentAt);
		return waitedMs;
	}

	/**
	 * Ends a turn with what the reply said of the limit, if there was a reply.
	 * @param taken whether the vendor took the request, rather than turning it away or not answering
	 * @param inFlightMs from the request's start to the reply's end
	 */
	release(news: RateLimitInfo | undefined, taken: boolean, inFlightMs = 0): void {
		this.open--;
		const now = Date.now();
		const { limit, remaining, resetMs: toldMs } = news ?? {};
		if (remaining === undefined || toldMs === undefined) {
			if (taken) this.shared.reset();
			return;
		}
		// The reply was on its way for a while, and so will the next request be: half of what both take at
		// least is safe. What one took longer says nothing: a busy process makes its own replies late.
		this.minRoundTripMs = Math.min(this.minRoundTripMs, inFlightMs);
		const wayMs = Math.max(0, this.minRoundTripMs / 2 - clockMs);
		const resetMs = Math.max(0, toldMs - Math.min(wayMs, MAX_LATENCY_CORRECTION_MS));
		if (limit !== undefined) {
			this.shared.observe({ limit, remaining, resetMs }, taken, this.open, now);
		}
		const resetsAt = now + resetMs;
		// Replies may arrive out of order: within one window what remains only falls.
		const sameWindow = this.window !== undefined && resetsAt - this.window.resetsAt < SAME_RESET_MS;
		const lowest = Math.min(remaining, sameWindow ? (this.window?.lowest ?? Infinity) : Infinity);
		this.window = { lowest, left: lowest - this.open, resetsAt };
	}

	/** The vendor turned a request away: nobody sends anything for this long, or an hour if it is longer. */
	pauseFor(ms: number): void {
		this.blockedUntil = Math.max(this.blockedUntil, Date.now() + Math.min(ms, MAX_PAUSE_MS));
	}
}

const MAX_LIMITERS = 500;
const limiters = new LruMap<string, RateLimiter>(MAX_LIMITERS);

/** The rate limiter that all executions in this process share for a credential and endpoint group. */
export function rateLimiterFor(key: string): RateLimiter {
	return limiters.getOrCreate(key, () => new RateLimiter());
}
