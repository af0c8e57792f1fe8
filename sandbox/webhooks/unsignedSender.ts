import {
	isLoopback,
	type Attempt,
	type Delivery,
	type WebhookJob,
	type WebhookSender,
} from './deliveries';

/** How a vendor delivers its unsigned webhooks. */
export type DeliveryPolicy = Pick<WebhookJob, 'vendor' | 'event' | 'isReceived' | 'retryAfterMs'>;

interface Held<Key> {
	key: Key;
	url: string;
	body: string;
}

/**
 * Sends a vendor's unsigned webhooks, and replays and forgeries of them; `Key` identifies the
 * subject.
 */
export class UnsignedSender<Key> {
	private readonly latest = new Map<Key, Delivery>();
	private held: Array<Held<Key>> | undefined;

	constructor(
		private readonly deliveries: WebhookSender,
		private readonly policy: DeliveryPolicy,
	) {}

	/** Sends a webhook, or holds it after `hold`. Sends nothing to a URL that is not loopback. */
	send(key: Key, url: string, content: unknown): void {
		if (!isLoopback(url)) return;
		const body = JSON.stringify(content);
		if (this.held) this.held.push({ key, url, body });
		else this.deliver(key, url, body);
	}

	/**
	 * The latest delivery about `key`.
	 * @throws an Error when there is none
	 */
	deliveryOf(key: Key): Delivery {
		const delivery = this.latest.get(key);
		if (delivery) return delivery;
		throw new Error(`No webhook was sent about ${String(key)}.`);
	}

	/** Delivers the same body to the same URL again, with retries, as a vendor's button does. */
	redeliver(key: Key): Delivery {
		const { url, body } = this.deliveryOf(key).job;
		return this.deliver(key, url, body);
	}

	/** Sends the same request unchanged, `times` concurrently and without retries: a replay. */
	async replay(key: Key, times = 1): Promise<Attempt[]> {
		const { url, body } = this.deliveryOf(key).job;
		const attempts = Array.from(
			{ length: times },
			async () => await this.deliveries.attempt(url, {}, body),
		);
		return await Promise.all(attempts);
	}

	/** Sends the same body with changed top-level keys: a forgery. */
	async altered(key: Key, changes: Record<string, unknown>): Promise<Attempt> {
		const { url, body } = this.deliveryOf(key).job;
		const content: unknown = JSON.parse(body);
		const forged = JSON.stringify(Object.assign({}, content, changes));
		return await this.deliveries.attempt(url, {}, forged);
	}

	/** Holds new webhooks until `release`. */
	hold(): void {
		this.held ??= [];
	}

	/** Sends the held webhooks, last first, each after the one before is received or given up. */
	async release(): Promise<void> {
		const waiting = this.held ?? [];
		this.held = undefined;
		for (const { key, url, body } of waiting.reverse()) {
			this.deliver(key, url, body);
			await this.deliveries.settled();
		}
	}

	/** Deletes all deliveries and held webhooks. */
	reset(): void {
		this.latest.clear();
		this.held = undefined;
	}

	private deliver(key: Key, url: string, body: string): Delivery {
		const job = { ...this.policy, url, body, headers: () => ({}) };
		const delivery = this.deliveries.send(job);
		this.latest.set(key, delivery);
		return delivery;
	}
}
