/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the sandbox is a server, not a node */
import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

/** The sandbox's timers: a reset ends every wait. */
export class Clock {
	private pending = new AbortController();

	/** Aborts at the next `reset`. */
	get dropped(): AbortSignal {
		// Hundreds of requests may wait on one signal; that is no leak.
		setMaxListeners(0, this.pending.signal);
		return this.pending.signal;
	}

	/**
	 * Waits.
	 * @throws an AbortError as soon as `dropped` aborts
	 */
	async pause(ms: number, dropped: AbortSignal): Promise<void> {
		if (ms > 0) await wait(ms, undefined, { signal: dropped });
		dropped.throwIfAborted();
	}

	/** Runs `act` after `ms` milliseconds, unless the clock is reset before that. */
	later(ms: number, act: () => void): void {
		void this.pause(ms, this.dropped).then(act, () => {});
	}

	/** Ends all waiting: requests in flight have no effect, and their connections are cut. */
	reset(): void {
		this.pending.abort();
		this.pending = new AbortController();
	}
}
