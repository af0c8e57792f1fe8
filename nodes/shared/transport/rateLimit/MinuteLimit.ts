const MINUTE_MS = 60_000;
/** The vendor counts arrivals, which lag departures: without a margin a minute of ours could overfill one of its. */
const MARGIN_MS = 250;
/** Departures that are remembered; the largest Requests per Minute. */
const MAX_COUNTED = 100_000;

/** Requests per Minute of one credential: counts the requests of every node, operation and trigger in this process. */
export class MinuteLimit {
	/** Departures within the last minute, oldest first, from `start` on. */
	private sentAt: number[] = [];
	private start = 0;

	/** Milliseconds until `perMinute` admits a request; 0 without such a limit. */
	waitMs(now: number, perMinute: number): number {
		if (perMinute <= 0) return 0;
		const since = this.forgetOlder(now);
		const oldestThatCounts = this.sentAt[this.sentAt.length - Math.ceil(perMinute)];
		// A departure in the future: the clock was set back.
		if (oldestThatCounts === undefined) return 0;
		return Math.min(MINUTE_MS + MARGIN_MS, Math.max(0, oldestThatCounts - since));
	}

	/** Call for each request sent, also without a limit: another node may have one. */
	sent(now: number): void {
		this.forgetOlder(now);
		this.sentAt.push(now);
	}

	/** @returns the moment since when departures count */
	private forgetOlder(now: number): number {
		const since = now - MINUTE_MS - MARGIN_MS;
		while ((this.sentAt[this.start] ?? now) <= since) this.start++;
		const count = this.sentAt.length - this.start;
		if (this.start > count || count > 2 * MAX_COUNTED) {
			this.sentAt = this.sentAt.slice(Math.max(this.start, this.sentAt.length - MAX_COUNTED));
			this.start = 0;
		}
		return since;
	}
}
