import { toError } from '../../values/json';
import { LruMap } from '../../values/LruMap';
import { sleep } from '../../values/sleep';
import { FairShare, SAME_RESET_MS } from './FairShare';
import type { RateLimitInfo } from './headers';
import { MinuteLimit } from './MinuteLimit';
import { RefusalPace } from './RefusalPace';

/** Longest pause that a refusal causes. */
const MAX_PAUSE_MS = 3_600_000;
/** Upper bound of what a response's travel time shortens the reset that it names. */
const MAX_LATENCY_CORRECTION_MS = 250;
/** Error of a travel time measured with clocks of whole milliseconds. */
const CLOCK_ERROR_MS = 2;

/** The vendor asks for a longer wait than the request has left. */
export class WaitLimitError extends Error {
	constructor(readonly waitMs: number) {
		super(`The wait of ${waitMs} ms is longer than allowed`);
		this.name = 'WaitLimitError';
	}
}

/** The vendor's rate limit of a credential and endpoint group, shared by all executions. */
export class RateLimiter {
	private pausedUntil = 0;
	/** The vendor's current window: requests left, the fewest it reported, and its end. */
	private window: { left: number; lowest: number; resetsAt: number } | undefined;
	/** Requests without a response yet. */
	private open = 0;
	private readonly fairShare = new FairShare();
	private readonly pace = new RefusalPace();
	private minRoundTripMs = Infinity;

	constructor(private readonly minute: MinuteLimit = new MinuteLimit()) {}

	/** Milliseconds until the vendor's limit admits a request; undefined budget: what the vendor stated. */
	vendorWaitMs(now: number, budgetMs = Infinity): number {
		const pauseMs = Math.min(MAX_PAUSE_MS, this.pausedUntil - now);
		if (this.window !== undefined && now >= this.window.resetsAt) this.window = undefined;
		const { window } = this;
		const windowMs = window !== undefined && window.left <= 0 ? window.resetsAt - now : 0;
		const courtesyMs = Math.max(windowMs, this.fairShare.waitMs(now), this.pace.waitMs(now));
		// Only a refusal may fail a request. An announcement of more than it can wait is put to the test instead.
		return Math.max(0, pauseMs, courtesyMs > budgetMs ? 0 : courtesyMs);
	}

	/**
	 * Waits for a slot and takes it; `release` must follow. @returns the milliseconds that the vendor's limit delayed it
	 * @throws WaitLimitError instead of waiting more than `maxVendorWaitMs`; the signal's reason when aborted
	 */
	async acquire(
		perMinute: number,
		maxVendorWaitMs: number,
		signal: AbortSignal | undefined,
	): Promise<number> {
		let waitedMs = 0;
		for (;;) {
			if (signal?.aborted) throw toError(signal.reason);
			const now = Date.now();
			const vendorWaitMs = this.vendorWaitMs(now, maxVendorWaitMs - waitedMs);
			if (waitedMs + vendorWaitMs > maxVendorWaitMs) throw new WaitLimitError(vendorWaitMs);
			const waitMs = Math.max(vendorWaitMs, this.minute.waitMs(now, perMinute));
			if (waitMs <= 0) break;
			await sleep(waitMs, signal);
			waitedMs += Math.min(vendorWaitMs, Date.now() - now);
		}
		const now = Date.now();
		this.open++;
		this.fairShare.sent(now);
		this.pace.sent(now);
		if (this.window !== undefined) this.window.left--;
		this.minute.sent(now);
		return waitedMs;
	}

	/** Gives a slot back and learns from the response. @param isAccepted the vendor did not turn the request away */
	release(info: RateLimitInfo | undefined, isAccepted: boolean, roundTripMs = 0): void {
		this.open--;
		const now = Date.now();
		if (isAccepted) this.pace.accepted(now - roundTripMs);
		const { limit, remaining, resetMs: statedResetMs } = info ?? {};
		if (remaining === undefined || statedResetMs === undefined) {
			if (isAccepted) this.fairShare.reset();
			return;
		}
		const resetMs = Math.max(0, statedResetMs - this.latencyMs(roundTripMs));
		if (limit !== undefined) {
			const { open } = this;
			this.fairShare.observe({ limit, remaining, resetMs }, { isAccepted, open, roundTripMs }, now);
		}
		const resetsAt = now + resetMs;
		// Responses may arrive out of order; within one window the remaining requests only decrease.
		const isSameWindow =
			this.window !== undefined && resetsAt - this.window.resetsAt < SAME_RESET_MS;
		const lowest = Math.min(remaining, isSameWindow ? (this.window?.lowest ?? Infinity) : Infinity);
		this.window = { lowest, left: lowest - this.open, resetsAt };
	}

	/**
	 * Age of a stated reset on arrival: half the fastest round trip; slower ones only show local load. Raises the
	 * used share of a limit from 92.6 % to 96.2 % (`npm run bench -- --case b --only ours --repeat 1`).
	 */
	private latencyMs(roundTripMs: number): number {
		this.minRoundTripMs = Math.min(this.minRoundTripMs, roundTripMs);
		const oneWayMs = Math.max(0, this.minRoundTripMs / 2 - CLOCK_ERROR_MS);
		return Math.min(oneWayMs, MAX_LATENCY_CORRECTION_MS);
	}

	/**
	 * After a 429: no request is sent for `ms` milliseconds, at most an hour.
	 * @param refusedSentAt when a request was sent that was refused by a limit which the replies do not announce
	 */
	pauseFor(ms: number, refusedSentAt?: number): void {
		const until = Date.now() + Math.min(ms, MAX_PAUSE_MS);
		this.pausedUntil = Math.max(this.pausedUntil, until);
		if (refusedSentAt !== undefined) this.pace.refused(refusedSentAt, until);
	}
}

const MAX_LIMITERS = 500;
const limiters = new LruMap<string, RateLimiter>(MAX_LIMITERS);
const minutes = new LruMap<string, MinuteLimit>(MAX_LIMITERS);

/**
 * The rate limiter that all executions in this process share for a credential and endpoint group. The groups of one
 * credential share its Requests per Minute. @param account which account at the vendor: its limits are its own
 */
export function rateLimiterFor(credential: string, account: string, group: string): RateLimiter {
	const key = JSON.stringify([credential, account, group]);
	return limiters.getOrCreate(
		key,
		() => new RateLimiter(minutes.getOrCreate(credential, () => new MinuteLimit())),
	);
}
