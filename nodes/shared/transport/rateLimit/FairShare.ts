/** Share of a limit that all clients together aim to use. */
const TARGET_UTILIZATION = 0.99;
/** Exponent of the correction per window: below 1, because all clients correct at once. */
const GAIN = 0.7;
const MAX_GROWTH = 1.5;
const MAX_CUT = 0.5;
/** Additive increase per window (share of the limit); lets small shares catch up. */
const ADDITIVE_INCREASE = 0.0025;
/** Smallest first guess (share of the limit), so that a newcomer gets some requests through. */
const MIN_SHARE = 0.15;
/** Windows without a sign of other clients, after which this process counts as alone again. */
const WINDOWS_UNTIL_ALONE = 3;
/** Longest window in which requests are spaced out; a quota of a day is no reason to send one an hour. */
const MAX_PERIOD_MS = 300_000;
/** Windows whose length counts: one odd reading does not count for good. */
const MAX_PERIODS = 8;
/** Longest wait between two requests. */
const MAX_SPACING_MS = 60_000;
/** Two resets closer than this are the same one, read at different moments. */
export const SAME_RESET_MS = 100;

/** A response's statement about the limit and its window; `resetMs` in milliseconds from now. */
export interface WindowReading {
	limit: number;
	remaining: number;
	resetMs: number;
}

/** One window of the vendor's limit, as this process saw it. Times in epoch milliseconds. */
interface Window {
	limit: number;
	resetsAt: number;
	/** When the first reading of it came. */
	seenAt: number;
	/** Requests of all clients: at the first reading, and the most so far. */
	firstUsed: number;
	used: number;
	usedAt: number;
	/** When nothing was left; undefined if there always was. */
	exhaustedAt: number | undefined;
	/** Requests of this process that the vendor accepted. */
	ownRequests: number;
	othersSeen: boolean;
}

/**
 * Detects other clients of the same limit (other workers, other programs with the same key) from responses, and then
 * spaces requests out. All clients see the same usage and scale by the same factor, so they need not know each other;
 * a process that is alone is never delayed. Four processes under one limit: 2 % of the requests are refused instead of
 * 31 % (`jest test/unit/shared/transport/rateLimit/FairShare.test.ts`).
 */
export class FairShare {
	private window: Window | undefined;
	/** Time to the reset at the first reading of each of the last windows. */
	private periods: number[] = [];
	/** Requests per millisecond; undefined while no other client is seen. */
	private rate: number | undefined;
	/** The rate is a first guess, made in a window that is still open. */
	private isGuess = false;
	/** The window before was exhausted. */
	private isAfterExhausted = false;
	private windowsSinceOthers = 0;
	private nextAt = 0;
	/** The last accepted request came with a reading; with some vendors only refusals do. */
	private hasReadingsWhenAccepted = true;

	/** Length of a window. A first reading may come late, so one window does not show it. */
	private get periodMs(): number {
		return Math.max(1, ...this.periods);
	}

	/** Milliseconds until the next request may be sent. */
	waitMs(now: number): number {
		return this.rate === undefined ? 0 : Math.min(MAX_SPACING_MS, Math.max(0, this.nextAt - now));
	}

	/** Call for each request sent. */
	sent(now: number): void {
		if (this.rate === undefined) return;
		// Jitter: clients in step would all run into the window's last slot together.
		const jitter = 0.9 + Math.random() / 5;
		this.nextAt = Math.max(now, this.nextAt) + Math.min(MAX_SPACING_MS, jitter / this.rate);
	}

	/** Call for an accepted request without a reading: without readings there is no rate to compute. */
	reset(): void {
		this.hasReadingsWhenAccepted = false;
		this.rate = undefined;
	}

	/**
	 * Call for each reading. @param isAccepted the vendor did not turn the request away @param open no response yet
	 * @param roundTripMs how long ago the request was sent
	 */
	observe(
		{ limit, remaining, resetMs }: WindowReading,
		{ isAccepted, open, roundTripMs }: { isAccepted: boolean; open: number; roundTripMs: number },
		now: number,
	): void {
		if (isAccepted) this.hasReadingsWhenAccepted = true;
		if (resetMs > MAX_PERIOD_MS) return;
		const used = Math.max(0, limit - remaining);
		const resetsAt = now + resetMs;
		if (resetsAt - (this.window?.resetsAt ?? -Infinity) < -SAME_RESET_MS) {
			// Sent before the window was seen: a late response, about the window before.
			if (now - roundTripMs <= (this.window?.seenAt ?? -Infinity)) return;
			this.forget();
		}
		const sinceReset = resetsAt - (this.window?.resetsAt ?? -Infinity);
		if (this.window === undefined || sinceReset >= SAME_RESET_MS) {
			if (this.window !== undefined) this.close(this.window);
			this.periods = [...this.periods.slice(1 - MAX_PERIODS), Math.max(1, resetMs)];
			this.window = {
				limit,
				resetsAt,
				seenAt: now,
				firstUsed: used,
				used,
				usedAt: now,
				exhaustedAt: undefined,
				ownRequests: 0,
				othersSeen: false,
			};
		}
		const { window } = this;
		if (isAccepted) window.ownRequests++;
		if (used > window.used) Object.assign(window, { used, usedAt: now });
		if (remaining <= 0) window.exhaustedAt ??= now;
		this.detectOtherClients(window, isAccepted, open, now);
	}

	/** What was learned from a window that is not the vendor's: its own readings contradict it. */
	private forget(): void {
		this.window = undefined;
		this.periods = [];
		this.rate = undefined;
		this.isGuess = false;
	}

	/** Others exist if more was used than this process can have sent. Then guesses a first rate. */
	private detectOtherClients(window: Window, isAccepted: boolean, open: number, now: number): void {
		const countsFromStart =
			this.rate !== undefined || (!isAccepted && this.hasReadingsWhenAccepted);
		const usedBefore = countsFromStart ? 0 : window.firstUsed;
		if (window.used - usedBefore > window.ownRequests + open) window.othersSeen = true;
		if (window.othersSeen && this.rate === undefined) {
			this.isGuess = true;
			this.isAfterExhausted = false;
			this.windowsSinceOthers = 0;
			this.nextAt = now;
		}
		if (!window.othersSeen || !this.isGuess) return;
		const share = Math.max(MIN_SHARE, Math.min(1, window.ownRequests / Math.max(1, window.used)));
		this.rate = (share * TARGET_UTILIZATION * window.limit) / this.periodMs;
	}

	/** At the end of a window: scales the rate by the usage of all clients in it. */
	private close({ limit, used, usedAt, exhaustedAt, resetsAt, othersSeen }: Window): void {
		if (this.rate === undefined) return;
		if (this.isGuess) {
			this.isGuess = false;
			return;
		}
		const { periodMs } = this;
		const elapsedMs = periodMs - (resetsAt - (exhaustedAt ?? usedAt));
		// A reading from early in a window does not show its end.
		if (elapsedMs < periodMs / 2 && exhaustedAt === undefined) return;
		this.windowsSinceOthers = othersSeen ? 0 : this.windowsSinceOthers + 1;
		if (this.windowsSinceOthers >= WINDOWS_UNTIL_ALONE) {
			this.rate = undefined;
			return;
		}
		const projected = (used * periodMs) / Math.max(1, Math.min(periodMs, elapsedMs));
		// After a 429 we start the window late, so low usage is no reason to speed up.
		const maxGrowth = this.isAfterExhausted ? 1 : MAX_GROWTH;
		this.isAfterExhausted = exhaustedAt !== undefined;
		const factor = Math.min(
			maxGrowth,
			Math.max(MAX_CUT, ((TARGET_UTILIZATION * limit) / projected) ** GAIN),
		);
		this.rate =
			Math.min(limit, this.rate * periodMs * factor + ADDITIVE_INCREASE * limit) / periodMs;
	}
}
