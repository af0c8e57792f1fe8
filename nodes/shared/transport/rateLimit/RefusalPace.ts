/** Share of the highest rate that was accepted: the vendor's clock and ours differ a little. */
const SHARE = 0.95;
/** Factor for each accepted request, so that a rate that was too low does not stay. */
const GROWTH = 1.001;
/** Requests longer ago do not count, and after such a pause nothing is known. */
const MAX_PERIOD_MS = 300_000;
const MAX_TIMES = 1_000;
/** A refusal after fewer accepted requests than these says nothing about a rate: the vendor refuses for another reason. */
const MIN_ACCEPTED = 10;
/** Longest wait between two requests. */
const MAX_SPACING_MS = 60_000;

interface Refusal {
	resumeAt: number;
	rateBefore: number;
	/** Until when the refusal before it asked to wait. */
	previousResumeAt: number;
}

/**
 * Spaces requests out after a refusal by a limit that the replies do not announce: to as many per time as the vendor
 * accepted before. Under 20 requests in 10 s and 100 a minute, a list of 160 has 11 refusals instead of 70. Times in
 * epoch milliseconds.
 */
export class RefusalPace {
	/** When accepted requests were sent. */
	private acceptedAt: number[] = [];
	/** Requests per millisecond; undefined until a refusal. */
	private rate: number | undefined;
	private nextAt = 0;
	private lastSentAt = 0;
	/** The last refusal: until when it asked to wait, and the rate before. */
	private refusal: Refusal | undefined;

	waitMs(now: number): number {
		return this.rate === undefined ? 0 : Math.min(MAX_SPACING_MS, Math.max(0, this.nextAt - now));
	}

	/** Call for each request sent. */
	sent(now: number): void {
		if (now - this.lastSentAt > MAX_PERIOD_MS) {
			this.rate = undefined;
			this.refusal = undefined;
		}
		this.lastSentAt = now;
		if (this.rate === undefined) return;
		this.nextAt = Math.max(now, this.nextAt) + Math.min(MAX_SPACING_MS, 1 / this.rate);
	}

	/** Call for each accepted request. */
	accepted(sentAt: number): void {
		this.acceptedAt.push(sentAt);
		if (this.acceptedAt.length > MAX_TIMES) this.acceptedAt = this.acceptedAt.slice(-MAX_TIMES / 2);
		if (this.rate === undefined) return;
		// Its reply came after the refusal of a request that was sent with it.
		if (this.refusal !== undefined && sentAt < this.refusal.resumeAt) this.learn(this.refusal);
		else this.rate *= GROWTH;
	}

	/** Call for each refusal. @param resumeAt until when the vendor asks to wait */
	refused(sentAt: number, resumeAt: number): void {
		// Sent together with the one that was refused first.
		if (this.refusal !== undefined && sentAt < this.refusal.resumeAt) return;
		this.refusal = {
			resumeAt,
			rateBefore: this.rate ?? Infinity,
			previousResumeAt: this.refusal?.resumeAt ?? -Infinity,
		};
		this.learn(this.refusal);
	}

	/** The highest rate, over any time up to the end of the wait, is the vendor's: its limit was used up then. */
	private learn({ resumeAt, rateBefore, previousResumeAt }: Refusal): void {
		if (this.acceptedAt.filter((at) => at >= previousResumeAt).length < MIN_ACCEPTED) return;
		const since = resumeAt - MAX_PERIOD_MS;
		const newestFirst = this.acceptedAt.filter((at) => at > since).sort((a, b) => b - a);
		const rates = newestFirst.map((at, index) => (index + 1) / Math.max(1, resumeAt - at));
		if (rates.length > 0) this.rate = Math.min(rateBefore, SHARE * Math.max(...rates));
	}
}
