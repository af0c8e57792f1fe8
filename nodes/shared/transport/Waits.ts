/** Why a request could not go out, or had to be repeated. */
export type WaitReason = 'requestsPerMinute' | 'rateLimit' | 'unavailable';

/** How long the requests of one run waited. Requests that wait next to each other count once. */
export class Waits {
	private readonly byReason = new Map<WaitReason, { totalMs: number; until: number }>();

	/** Counts a time in which at least one request waited, in epoch milliseconds. */
	add(reason: WaitReason, from: number, until: number): void {
		const known = this.byReason.get(reason) ?? { totalMs: 0, until: -Infinity };
		const addedMs = Math.max(0, until - Math.max(from, known.until));
		this.byReason.set(reason, {
			totalMs: known.totalMs + addedMs,
			until: Math.max(known.until, until),
		});
	}

	/** Counts the wait for a slot of the rate limiter. @param vendorMs of it, for the vendor's own limit */
	addSlot(since: number, vendorMs: number): number {
		const now = Date.now();
		this.add(vendorMs > (now - since) / 2 ? 'rateLimit' : 'requestsPerMinute', since, now);
		return vendorMs;
	}

	totalMs(reason: WaitReason): number {
		return this.byReason.get(reason)?.totalMs ?? 0;
	}
}
