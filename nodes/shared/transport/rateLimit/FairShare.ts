/** How much of a limit all who share it aim to use together. */
const TARGET_UTILIZATION = 0.99;
/** How much of a gap is closed in one window, on a logarithmic scale: everybody closes it at once. */
const GAIN = 0.7;
const MAX_GROWTH = 1.5;
const MAX_CUT = 0.5;
/** Added each window, in shares of the limit: who has little gains on who has much. */
const ADDITIVE_INCREASE = 0.0025;
/** The least share to begin with, so that a newcomer is not left with nothing. */
const MIN_SHARE = 0.15;
/** Windows without a sign of others, after which this process is alone again. */
const WINDOWS_UNTIL_ALONE = 3;
/** Two resets closer than this are the same one, seen at different moments. */
export const SAME_RESET_MS = 100;

/** What a reply says of a limit and its window, in milliseconds from now. */
export interface WindowReading {
	limit: number;
	remaining: number;
	resetMs: number;
}

/** One window of the vendor's limit, as the replies to this process tell of it. */
interface Window {
	limit: number;
	resetsAt: number;
	/** What all had used when this process first heard of the window, and what they had last. */
	firstUsed: number;
	used: number;
	usedAt: number;
	/** When nothing was left, if so. */
	emptyAt: number | undefined;
	/** Requests of this process that the vendor took. */
	ownRequests: number;
	othersSeen: boolean;
}

/**
 * Finds out from replies whether others use the same limit (more workers of one n8n, other programs
 * with the same key), and if so spaces requests out, at a rate that leaves the others theirs. All see
 * the same use of the limit and scale by the same factor, so that nobody has to know of anybody.
 * Alone, or where good replies do not tell what remains, it never makes a request wait.
 */
export class FairShare {
	private window: Window | undefined;
	/** The longest time to a reset that was told: the length of a window. */
	private periodMs = 0;
	/** Requests in a millisecond; undefined while nobody else is seen. */
	private rate: number | undefined;
	/** Whether the rate is a first guess, from a window that is not over yet. */
	private isGuess = false;
	private afterEmpty = false;
	private windowsSinceOthers = 0;
	private nextAt = 0;
	/** Whether the last request that was taken was told what remains. */
	private tellsWhenTaken = true;

	/** Milliseconds until the next request may go. */
	waitMs(now: number): number {
		return this.rate === undefined ? 0 : Math.max(0, this.nextAt - now);
	}

	/** A request goes out. */
	sent(now: number): void {
		if (this.rate === undefined) return;
		// Not in step with the others: all that send at once find the window's last place at once.
		const uneven = 0.9 + Math.random() / 5;
		this.nextAt = Math.max(now, this.nextAt) + uneven / this.rate;
	}

	/** A request was taken and the reply does not tell what remains: there is nothing to go by. */
	reset(): void {
		this.tellsWhenTaken = false;
		this.rate = undefined;
	}

	/**
	 * Takes in what a reply tells.
	 * @param taken whether the vendor took the request, rather than turning it away
	 * @param open requests of this process that have no reply yet
	 */
	observe(
		{ limit, remaining, resetMs }: WindowReading,
		taken: boolean,
		open: number,
		now: number,
	): void {
		if (taken) this.tellsWhenTaken = true;
		const used = limit - remaining;
		const resetsAt = now + resetMs;
		const sinceReset = resetsAt - (this.window?.resetsAt ?? -Infinity);
		if (sinceReset < -SAME_RESET_MS) return; // a late reply, of the window before
		if (this.window === undefined || sinceReset >= SAME_RESET_MS) {
			if (this.window !== undefined) this.close(this.window);
			this.periodMs = Math.max(this.periodMs, resetMs);
			this.window = {
				limit,
				resetsAt,
				firstUsed: used,
				used,
				usedAt: now,
				emptyAt: undefined,
				ownRequests: 0,
				othersSeen: false,
			};
		}
		const { window } = this;
		if (taken) window.ownRequests++;
		if (used > window.used) Object.assign(window, { used, usedAt: now });
		if (remaining <= 0) window.emptyAt ??= now;
		this.detectOtherClients(window, taken, open, now);
	}

	/** More was used than this process can have sent: somebody else did. */
	private detectOtherClients(window: Window, taken: boolean, open: number, now: number): void {
		const fromTheStart = this.rate !== undefined || (!taken && this.tellsWhenTaken);
		const usedBefore = fromTheStart ? 0 : window.firstUsed;
		if (window.used - usedBefore > window.ownRequests + open) window.othersSeen = true;
		if (window.othersSeen && this.rate === undefined) {
			this.isGuess = true;
			this.afterEmpty = false;
			this.windowsSinceOthers = 0;
			this.nextAt = now;
		}
		if (!window.othersSeen || !this.isGuess) return;
		const share = Math.max(MIN_SHARE, Math.min(1, window.ownRequests / Math.max(1, window.used)));
		this.rate = (share * TARGET_UTILIZATION * window.limit) / this.periodMs;
	}

	/** A window is over: scales the rate to what all of them used in it. */
	private close({ limit, used, usedAt, emptyAt, resetsAt, othersSeen }: Window): void {
		if (this.rate === undefined) return;
		if (this.isGuess) {
			this.isGuess = false;
			return;
		}
		const { periodMs } = this;
		const elapsed = periodMs - (resetsAt - (emptyAt ?? usedAt));
		// What was seen early in a window says little of the whole.
		if (elapsed < periodMs / 2 && emptyAt === undefined) return;
		this.windowsSinceOthers = othersSeen ? 0 : this.windowsSinceOthers + 1;
		if (this.windowsSinceOthers >= WINDOWS_UNTIL_ALONE) {
			this.rate = undefined;
			return;
		}
		const projected = (used * periodMs) / Math.max(1, Math.min(periodMs, elapsed));
		// Who was turned away sits out the beginning of the next window: that it is not full says nothing.
		const growth = this.afterEmpty ? 1 : MAX_GROWTH;
		this.afterEmpty = emptyAt !== undefined;
		const factor = Math.min(
			growth,
			Math.max(MAX_CUT, ((TARGET_UTILIZATION * limit) / projected) ** GAIN),
		);
		this.rate =
			Math.min(limit, this.rate * periodMs * factor + ADDITIVE_INCREASE * limit) / periodMs;
	}
}
