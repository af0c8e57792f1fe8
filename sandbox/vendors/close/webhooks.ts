import {
	isLoopback,
	type Attempt,
	type WebhookSender,
	type Delivery,
} from '../../webhooks/deliveries';
import { sendForgery, type ForgeryKind } from '../../webhooks/forgeries';
import { closeUsers } from './accounts';
import { showEvent, type CloseEvent, type News, type Origin } from './events';
import { newId } from './ids';
import { leadData, newsOfWrite } from './leadNews';
import { newSignatureKey, signClose } from './signature';
import type { CloseState } from './state';
import type { Subscription } from './subscriptions';

interface Sending {
	event: CloseEvent;
	subscription: Subscription;
	delivery: Delivery;
}

const minuteMs = 60_000;
const retryingMs = 3 * 24 * 60 * minuteMs;
const longestPauseMs = 20 * minuteMs;

/** ASSUMED: the first three; "up to every 20 minutes" is documented. */
const firstPausesMs = [10_000, minuteMs, 5 * minuteMs];

/** How long Close waits after so many failures; undefined when 72 hours would be over. */
function retryPauseMs(failures: number): number | undefined {
	const first = firstPausesMs.slice(0, failures);
	const waitedMs =
		first.reduce((sum, ms) => sum + ms, 0) + (failures - first.length) * longestPauseMs;
	if (waitedMs > retryingMs) return undefined;
	return firstPausesMs[failures - 1] ?? longestPauseMs;
}

/** What can be told of an event that no request brought about. */
export interface Emission extends Partial<News> {
	action: string;
	leadId: string;
	/** Whose doing it is; Ada's unless told. */
	userId?: string | null;
}

/** The webhooks of the sandbox's Close: subscriptions, and what is sent to them. */
export class CloseWebhooks {
	readonly subscriptions = new Map<string, Subscription>();
	private readonly sendings: Sending[] = [];
	private held: CloseEvent[] | undefined;

	constructor(
		private readonly state: CloseState,
		private readonly deliveries: WebhookSender,
	) {}

	/** Runs a write of the API, and tells the subscribers what it did to leads. */
	tell<T>(origin: Origin, write: () => T): T {
		const { result, changes, merge } = this.state.changes.watch(write);
		for (const news of newsOfWrite(changes, merge, origin)) this.publish(news, origin);
		return result;
	}

	/**
	 * Makes an event of one's own, of a lead that need not be there, and sends it. Fields left out are
	 * the lead as it is now for `data` (of a delete: for `previousData`), and nothing for what was before.
	 */
	emit({ userId = closeUsers.ada.id, ...news }: Emission): CloseEvent {
		const lead = this.state.leads.get(news.leadId);
		const shown = (lead && leadData(this.state, lead)) ?? { id: news.leadId };
		const isDeleted = news.action === 'deleted';
		const told = { data: isDeleted ? null : shown, previousData: isDeleted ? shown : {} };
		const base = { objectType: 'lead', objectId: news.leadId, ...told };
		const origin = { userId, apiKeyId: undefined, requestId: newId('req') };
		return this.publish({ ...base, changedFields: [], ...news }, origin);
	}

	/** The secret key of a subscription. Throws when there is none of that ID. */
	signatureKey(id: string): string {
		return this.get(id).signatureKey;
	}

	/** What three days of failures do. Throws when there is no subscription of that ID. */
	pauseSubscription(id: string): void {
		this.get(id).status = 'paused';
	}

	/** From now on events are written down but not sent, until `release`. */
	hold(): void {
		this.held ??= [];
	}

	/** What was held is never sent; what comes from now on is. */
	lose(): void {
		this.held = undefined;
	}

	/** Sends what was held, one after the other and once each, and gives what was answered. */
	async release(order: 'inOrder' | 'reversed' = 'inOrder'): Promise<Attempt[]> {
		const events = this.held ?? [];
		this.held = undefined;
		if (order === 'reversed') events.reverse();
		const attempts: Attempt[] = [];
		for (const event of events) attempts.push(...(await this.sendOnce('redelivery', event)));
		return attempts;
	}

	/**
	 * Sends an event of the log once more, truly or forged, to everyone who subscribed to it, and gives
	 * what was answered. Throws for an unknown event, and when nobody subscribed to it.
	 */
	async forge(kind: ForgeryKind, eventId: string): Promise<Attempt[]> {
		const event = this.state.events.find(eventId);
		if (!event) throw new Error(`There is no event ${eventId}.`);
		const attempts = await this.sendOnce(kind, event);
		if (attempts.length === 0) throw new Error(`Nobody has subscribed to ${eventId}.`);
		return attempts;
	}

	/** Forgets subscriptions and what was sent. */
	reset(): void {
		this.subscriptions.clear();
		this.sendings.length = 0;
		this.held = undefined;
	}

	private get(id: string): Subscription {
		const subscription = this.subscriptions.get(id);
		if (!subscription) throw new Error(`There is no subscription ${id}.`);
		return subscription;
	}

	private publish(news: News, origin: Origin): CloseEvent {
		const { events, eventDelayMs } = this.state;
		const now = Date.now();
		const folded = events.fold(news, origin, now, eventDelayMs / this.deliveries.speed);
		if (folded) {
			for (const { event, subscription, delivery } of this.sendings) {
				if (event === folded) delivery.order.body = bodyOf(event, subscription);
			}
			return folded;
		}
		const event = events.add(news, origin, now);
		if (this.held) this.held.push(event);
		else this.subscribersOf(event).forEach((subscription) => this.send(event, subscription));
		return event;
	}

	/** The sandbox sends to this machine only: to an https address it sends nothing. */
	private subscribersOf(event: CloseEvent): Subscription[] {
		const shown = showEvent(event);
		return [...this.subscriptions.values()].filter(
			({ status, url, events }) =>
				status === 'active' &&
				isLoopback(url) &&
				events.some(
					(wanted) =>
						wanted.object_type === event.objectType &&
						wanted.action === event.action &&
						wanted.matches(shown),
				),
		);
	}

	private send(event: CloseEvent, subscription: Subscription): void {
		const receivedBefore = subscription.received;
		const isDelayed = event.action === 'updated' || event.action === 'deleted';
		const delivery = this.deliveries.send({
			vendor: 'close',
			event: `${event.objectType}.${event.action}`,
			url: subscription.url,
			body: bodyOf(event, subscription),
			afterMs: isDelayed ? this.state.eventDelayMs : 0,
			headers: (body, nowMs) => {
				event.sealed = true;
				return signClose(subscription.signatureKey, body, nowMs);
			},
			retryAfterMs: (failures) => {
				const isGone = this.subscriptions.get(subscription.id)?.status !== 'active';
				// ASSUMED: what a paused subscription has not received yet is lost to it.
				if (isGone) return undefined;
				const pauseMs = retryPauseMs(failures);
				// Three days, and nothing else came through either (Close docs, changelog 2021/6/7).
				const allFailed = subscription.received === receivedBefore;
				if (pauseMs === undefined && allFailed) subscription.status = 'paused';
				return pauseMs;
			},
			onAttempt: ({ received }) => {
				if (received) subscription.received += 1;
			},
		});
		this.sendings.push({ event, subscription, delivery });
	}

	private async sendOnce(kind: ForgeryKind, event: CloseEvent): Promise<Attempt[]> {
		event.sealed = true;
		const attempts: Attempt[] = [];
		for (const subscription of this.subscribersOf(event)) {
			const sent = this.sendings.find(
				(sending) => sending.event === event && sending.subscription === subscription,
			);
			const original = {
				url: subscription.url,
				body: bodyOf(event, subscription),
				sign: (body: string, nowMs: number) => signClose(subscription.signatureKey, body, nowMs),
				signWrongly: (body: string, nowMs: number) => signClose(newSignatureKey(), body, nowMs),
				attempts: sent?.delivery.attempts ?? [],
			};
			attempts.push(await sendForgery(this.deliveries, kind, original));
		}
		return attempts;
	}
}

function bodyOf(event: CloseEvent, subscription: Subscription): string {
	return JSON.stringify({ event: showEvent(event), subscription_id: subscription.id });
}
