/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the sandbox is a server, not a node */
import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { VendorName } from '../server/SandboxState';

/** What a vendor wants to tell, and how it goes about it. */
export interface WebhookJob {
	vendor: VendorName;
	/** As the vendor names it, such as `lead.updated`. */
	event: string;
	/** Where to; loopback only. */
	url: string;
	body: string;
	/** Headers of one attempt; asked anew for each, since a signature holds the time of sending. */
	headers(body: string, nowMs: number): Record<string, string>;
	/** How long the vendor holds it back before the first attempt; until then `body` may change. */
	afterMs?: number;
	/** How long the vendor waits before it tries again, by number of failed attempts; no entry: it gives up. */
	retryAfterMs?(failures: number, last: Attempt): number | undefined;
	/** Told after each attempt; for what a vendor does with an address that keeps failing. */
	onAttempt?(attempt: Attempt): void;
	/** Which status the vendor counts as received; without this, any 2xx. */
	isReceived?(status: number): boolean;
}

export interface Attempt {
	at: number;
	headers: Record<string, string>;
	body: string;
	/** What the receiver answered; undefined when it could not be reached or took too long. */
	status: number | undefined;
	/** Whether the vendor counts it as received. */
	received: boolean;
}

export interface Delivery {
	order: WebhookJob;
	attempts: Attempt[];
	state: 'pending' | 'received' | 'givenUp';
}

const timeoutMs = 10_000;
/** So many attempts are under way at the same time. */
const mostAtOnce = 50;

/** True for a plain http address of this machine, the only kind that the sandbox sends to. */
export function isLoopback(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { hostname, protocol } = new URL(url);
	return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

function assertLoopback(url: string): void {
	if (isLoopback(url)) return;
	throw new Error(`The sandbox sends webhooks to this machine only, not to ${url}.`);
}

/** The webhooks that the sandbox's vendors send: attempts, retries, and a log of all of it. */
export class WebhookSender {
	readonly log: Delivery[] = [];
	/** Vendors' waits are divided by this: 1 is the documented time. */
	speed = 1;
	private running = new Set<Promise<void>>();
	private underWay = 0;
	private readonly queue: Array<() => void> = [];
	private stopped = new AbortController();

	/** Starts to deliver; what becomes of it is in the delivery, and in the log. */
	send(order: WebhookJob): Delivery {
		assertLoopback(order.url);
		const delivery: Delivery = { order, attempts: [], state: 'pending' };
		this.log.push(delivery);
		const { signal } = this.stopped;
		setMaxListeners(0, signal);
		const run = this.deliver(delivery, signal)
			.catch(() => {})
			.finally(() => this.running.delete(run));
		this.running.add(run);
		return delivery;
	}

	/** One attempt besides all retries, with headers or a body of the caller's: a replay, or a forgery. */
	async attempt(
		url: string,
		headers: Record<string, string>,
		body: string,
		method = 'POST',
	): Promise<Attempt> {
		assertLoopback(url);
		return await this.post(url, headers, body, this.stopped.signal, method);
	}

	/** Resolves when nothing is being sent, or waits to be sent again. */
	async settled(): Promise<void> {
		while (this.running.size > 0) await Promise.all(this.running);
	}

	/** Forgets everything; what is under way is dropped. */
	reset(): void {
		this.stopped.abort();
		this.stopped = new AbortController();
		this.log.length = 0;
		this.running.clear();
		this.speed = 1;
	}

	private async deliver(delivery: Delivery, signal: AbortSignal): Promise<void> {
		const { afterMs = 0 } = delivery.order;
		if (afterMs > 0) await wait(afterMs / this.speed, undefined, { signal });
		const { url, body, headers, retryAfterMs, onAttempt } = delivery.order;
		for (;;) {
			const attempt = await this.post(url, headers(body, Date.now()), body, signal);
			const { isReceived } = delivery.order;
			if (isReceived) attempt.received = attempt.status !== undefined && isReceived(attempt.status);
			delivery.attempts.push(attempt);
			onAttempt?.(attempt);
			const failures = delivery.attempts.length;
			const pauseMs = attempt.received ? undefined : retryAfterMs?.(failures, attempt);
			if (attempt.received || pauseMs === undefined) {
				delivery.state = attempt.received ? 'received' : 'givenUp';
				return;
			}
			await wait(pauseMs / this.speed, undefined, { signal });
		}
	}

	private async post(
		url: string,
		headers: Record<string, string>,
		body: string,
		signal: AbortSignal,
		method = 'POST',
	): Promise<Attempt> {
		if (this.underWay >= mostAtOnce) await new Promise<void>((go) => this.queue.push(go));
		this.underWay += 1;
		try {
			signal.throwIfAborted();
			const status = await statusOf(url, method, headers, body, signal);
			const received = status !== undefined && status >= 200 && status < 300;
			return { at: Date.now(), headers, body, status, received };
		} finally {
			this.underWay -= 1;
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
			signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
		});
		await response.arrayBuffer();
		return response.status;
	} catch {
		signal.throwIfAborted();
		return undefined;
	}
}
