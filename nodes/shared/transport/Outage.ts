import type { ErrorDetails } from './ApiError';

/** All requests about one lead fit in, so that it cannot use up the patience of the others. */
const MIN_PATIENCE_MS = 1_000;

/** How long the vendor has given no usable reply, over all requests of one run: it costs the run one patience. */
export class Outage {
	private readonly patienceMs: number;
	/** When the first request since the last usable reply failed. */
	private since: number | undefined;
	private stage: 'patient' | 'lastTry' | 'givenUp' = 'patient';
	/** Of the last failed request. */
	lastDetails: ErrorDetails = {};

	constructor(maxRetryTimeMs: number) {
		this.patienceMs = Math.max(MIN_PATIENCE_MS, maxRetryTimeMs);
	}

	/** Call for a usable reply. */
	end(): void {
		this.since = undefined;
		this.stage = 'patient';
	}

	/**
	 * Call for an attempt without one. The vendor is given up after one more request, which is about another lead: one
	 * that the vendor always fails on must not end the run.
	 * @param isLastTry the request began once the patience had run out
	 * @param delayMs until the request would be sent again
	 */
	continue(isLastTry: boolean, delayMs: number): void {
		this.since ??= Date.now();
		const isRunOut = this.patienceLeftMs === 0 || delayMs > this.patienceLeftMs;
		if (isLastTry) this.stage = 'givenUp';
		else if (isRunOut && this.stage === 'patient') this.stage = 'lastTry';
	}

	/** The vendor asks for a longer wait than there is patience left. */
	giveUp(): void {
		this.stage = 'givenUp';
	}

	/** True if a request that begins now decides whether the vendor is given up. */
	get isLastTry(): boolean {
		return this.stage === 'lastTry';
	}

	/** True if no request is worth sending any more. */
	get isGivenUp(): boolean {
		return this.stage === 'givenUp';
	}

	/** For how long a request may still wait. */
	get patienceLeftMs(): number {
		if (this.since === undefined) return Infinity;
		return Math.max(0, this.since + this.patienceMs - Date.now());
	}

	get durationMs(): number {
		return this.since === undefined ? 0 : Date.now() - this.since;
	}
}
