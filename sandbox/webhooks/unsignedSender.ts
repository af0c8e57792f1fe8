import {
	isLoopback,
	type Attempt,
	type WebhookSender,
	type Delivery,
	type WebhookJob,
} from './deliveries';

type Manner = Pick<WebhookJob, 'vendor' | 'event' | 'isReceived' | 'retryAfterMs'>;

interface Held<Key> {
	key: Key;
	url: string;
	body: string;
}

/** A vendor's webhooks without a signature, and what else may come of them; `Key` is what each is about. */
export class UnsignedSender<Key> {
	private readonly latest = new Map<Key, Delivery>();
	private held: Array<Held<Key>> | undefined;

	constructor(
		private readonly deliveries: WebhookSender,
		private readonly manner: Manner,
	) {}

	/** Sends, or keeps while `hold` is on. Nothing goes to an address that is not on this machine. */
	send(key: Key, url: string, content: unknown): void {
		if (!isLoopback(url)) return;
		const body = JSON.stringify(content);
		if (this.held) this.held.push({ key, url, body });
		else this.deliver(key, url, body);
	}

	/** The latest delivery about `key`; throws when nothing was sent about it. */
	deliveryOf(key: Key): Delivery {
		const delivery = this.latest.get(key);
		if (delivery) return delivery;
		throw new Error(`No webhook was sent about ${String(key)}.`);
	}

	/** Delivers the same body to the same address once more, with retries, as a vendor's button does. */
	redeliver(key: Key): Delivery {
		const { url, body } = this.deliveryOf(key).order;
		return this.deliver(key, url, body);
	}

	/** Sends the same request verbatim, `times` at the same moment and without retries: a replay. */
	async replay(key: Key, times = 1): Promise<Attempt[]> {
		const { url, body } = this.deliveryOf(key).order;
		const attempts = Array.from(
			{ length: times },
			async () => await this.deliveries.attempt(url, {}, body),
		);
		return await Promise.all(attempts);
	}

	/** Sends the same body with some of its top-level keys changed: a forgery. */
	async altered(key: Key, changes: Record<string, unknown>): Promise<Attempt> {
		const { url, body } = this.deliveryOf(key).order;
		const content: unknown = JSON.parse(body);
		const forged = JSON.stringify(Object.assign({}, content, changes));
		return await this.deliveries.attempt(url, {}, forged);
	}

	/** From now on webhooks are kept back until `release`. */
	hold(): void {
		this.held ??= [];
	}

	/** Sends what was kept back, the last first, each when those before are received or given up. */
	async release(): Promise<void> {
		const waiting = this.held ?? [];
		this.held = undefined;
		for (const { key, url, body } of waiting.reverse()) {
			this.deliver(key, url, body);
			await this.deliveries.settled();
		}
	}

	/** Forgets what was sent and what is kept back. */
	reset(): void {
		this.latest.clear();
		this.held = undefined;
	}

	private deliver(key: Key, url: string, body: string): Delivery {
		const order = { ...this.manner, url, body, headers: () => ({}) };
		const delivery = this.deliveries.send(order);
		this.latest.set(key, delivery);
		return delivery;
	}
}
