/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the sandbox is a server, not a node */
import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { VendorName } from '../vendorNames';

/** A webhook to send, and how the vendor delivers it. */
export interface WebhookJob {
	vendor: VendorName;
	/** The vendor's name of the event, such as `lead.updated`. */
	event: string;
	/** The receiver; loopback only. */
	url: string;
	body: string;
	/** The headers of one attempt; called for each, as a signature contains the time of sending. */
	headers(body: string, nowMs: number): Record<string, string>;
	/** Delay before the first attempt; until then `body` may change. */
	afterMs?: number;
	/**
	 * Delay before the next attempt, by the number of failed ones; undefined: the vendor gives up.
	 */
	retryAfterMs?(failures: number, last: Attempt): number | undefined;
	/** Called after each attempt; for a vendor that reacts to a URL that fails repeatedly. */
	onAttempt?(attempt: Attempt): void;
	/** True for a status that acknowledges the webhook; default: any 2xx. */
	isReceived?(status: number): boolean;
}

/** One attempt to deliver a webhook. */
export interface Attempt {
	/** Epoch in milliseconds. */
	at: number;
	headers: Record<string, string>;
	body: string;
	/** The receiver's status; undefined when it was unreachable or timed out. */
	status: number | undefined;
	/** True when the receiver acknowledged the webhook. */
	received: boolean;
}

/** A webhook with its attempts. */
export interface Delivery {
	job: WebhookJob;
	attempts: Attempt[];
	state: 'pending' | 'received' | 'givenUp';
}

const TIMEOUT_MS = 10_000;
/** Attempts that are in flight at the same time. */
const MAX_CONCURRENT = 50;

/** True for an http URL on loopback, the only kind to which the sandbox sends. */
export function isLoopback(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { hostname, protocol } = new URL(url);
	return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

function assertLoopback(url: string): void {
	if (isLoopback(url)) return;
	throw new Error(`The sandbox sends webhooks to this machine only, not to ${url}.`);
}

/** Sends the vendors' webhooks: attempts, retries and their log. */
export class WebhookSender {
	readonly log: Delivery[] = [];
	/** Divides the vendors' delays; 1 is the documented time. */
	speed = 1;
	private running = new Set<Promise<void>>();
	private inFlight = 0;
	private readonly queue: Array<() => void> = [];
	private stopped = new AbortController();

	/**
	 * Starts a delivery, which the log contains too.
	 * @throws an Error for a URL that is not loopback
	 */
	send(job: WebhookJob): Delivery {
		assertLoopback(job.url);
		const delivery: Delivery = { job, attempts: [], state: 'pending' };
		this.log.push(delivery);
		const { signal } = this.stopped;
		setMaxListeners(0, signal);
		const run = this.deliver(delivery, signal)
			.catch(() => {})
			.finally(() => this.running.delete(run));
		this.running.add(run);
		return delivery;
	}

	/** Makes one attempt without retries and outside the log: a replay, or a forgery. */
	async attempt(
		url: string,
		headers: Record<string, string>,
		body: string,
		method = 'POST',
	): Promise<Attempt> {
		assertLoopback(url);
		return await this.post(url, headers, body, this.stopped.signal, method);
	}

	/** Resolves when no delivery is in flight or waits for a retry. */
	async settled(): Promise<void> {
		while (this.running.size > 0) await Promise.all(this.running);
	}

	/** Drops deliveries in flight, and clears the log. */
	reset(): void {
		this.stopped.abort();
		this.stopped = new AbortController();
		this.log.length = 0;
		this.running.clear();
		this.speed = 1;
	}

	private async deliver(delivery: Delivery, signal: AbortSignal): Promise<void> {
		const { afterMs = 0 } = delivery.job;
		if (afterMs > 0) await wait(afterMs / this.speed, undefined, { signal });
		const { url, body, headers, retryAfterMs, onAttempt } = delivery.job;
		for (;;) {
			const attempt = await this.post(url, headers(body, Date.now()), body, signal);
			const { isReceived } = delivery.job;
			if (isReceived) attempt.received = attempt.status !== undefined && isReceived(attempt.status);
			delivery.attempts.push(attempt);
			onAttempt?.(attempt);
			const failures = delivery.attempts.length;
			const delayMs = attempt.received ? undefined : retryAfterMs?.(failures, attempt);
			if (attempt.received || delayMs === undefined) {
				delivery.state = attempt.received ? 'received' : 'givenUp';
				return;
			}
			await wait(delayMs / this.speed, undefined, { signal });
		}
	}

	private async post(
		url: string,
		headers: Record<string, string>,
		body: string,
		signal: AbortSignal,
		method = 'POST',
	): Promise<Attempt> {
		if (this.inFlight >= MAX_CONCURRENT) await new Promise<void>((go) => this.queue.push(go));
		this.inFlight += 1;
		try {
			signal.throwIfAborted();
			const status = await statusOf(url, method, headers, body, signal);
			const received = status !== undefined && status >= 200 && status < 300;
			return { at: Date.now(), headers, body, status, received };
		} finally {
			this.inFlight -= 1;
			this.queue.shift()?.();
		}
	}
}

async function statusOf(
	url: string,
	method: string,
	headers: Record<string, string>,
	body: string,
	signal: AbortSignal,
): Promise<number | undefined> {
	try {
		const response = await fetch(url, {
			method,
			headers: { 'content-type': 'application/json', ...headers },
			body: method === 'GET' ? undefined : body,
			redirect: 'manual',
			signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
		});
		await response.arrayBuffer();
		return response.status;
	} catch {
		signal.throwIfAborted();
		return undefined;
	}
}
