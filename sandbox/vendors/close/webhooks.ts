import {
	isLoopback,
	type Attempt,
	type WebhookSender,
	type Delivery,
} from '../../webhooks/deliveries';
import { sendForgery, type ForgeryKind } from '../../webhooks/forgeries';
import { closeUsers } from './accounts';
import { readFilter } from './eventFilters';
import {
	showEvent,
	type CloseEvent,
	type EventDetails,
	type EventLog,
	type EventOrigin,
} from './events';
import { newId } from './ids';
import type { LeadChanges } from './leadChanges';
import { eventsOfWrite, leadData } from './leadEvents';
import { newSignatureKey, signClose } from './signature';
import type { CloseStore } from './store';
import { bodyOf, type Subscription } from './subscription';

interface Sending {
	event: CloseEvent;
	subscription: Subscription;
	delivery: Delivery;
}

const MINUTE_MS = 60_000;
const RETRY_PERIOD_MS = 3 * 24 * 60 * MINUTE_MS;
const MAX_RETRY_DELAY_MS = 20 * MINUTE_MS;

/**
 * ASSUMED (the first delays between deliveries): the first three delays; the docs have "up to every
 * 20 minutes". Confirmed by the times of the attempts at a receiver that answers 500.
 */
const FIRST_DELAYS_MS = [10_000, MINUTE_MS, 5 * MINUTE_MS];

/** The delay after a number of failures; undefined once 72 hours have passed. */
function retryDelayMs(failures: number): number | undefined {
	const first = FIRST_DELAYS_MS.slice(0, failures);
	const waitedMs =
		first.reduce((sum, ms) => sum + ms, 0) + (failures - first.length) * MAX_RETRY_DELAY_MS;
	if (waitedMs > RETRY_PERIOD_MS) return undefined;
	return FIRST_DELAYS_MS[failures - 1] ?? MAX_RETRY_DELAY_MS;
}

/** An event that no request caused. */
export interface Emission extends Partial<EventDetails> {
	action: string;
	leadId: string | null;
	/** The user who caused it; default: Ada. */
	userId?: string | null;
}

/** What the webhooks read and use of Close's state. */
export interface WebhookContext {
	store: CloseStore;
	changes: LeadChanges;
	events: EventLog;
	deliveries: WebhookSender;
}

/** The webhooks of the sandbox's Close: subscriptions, and the deliveries to them. */
export class CloseWebhooks {
	readonly subscriptions = new Map<string, Subscription>();
	private readonly sendings: Sending[] = [];
	private held: CloseEvent[] | undefined;

	constructor(private readonly context: WebhookContext) {}

	/** Runs a write, and publishes the events of its changes to leads and contacts. */
	publishChanges<T>(origin: EventOrigin, write: () => T): T {
		const { result, changes } = this.context.changes.record(write);
		for (const details of eventsOfWrite(changes, origin)) this.publish(details, origin);
		return result;
	}

	/**
	 * Publishes an event of a lead, which need not exist. By default the current lead is `data` (of a
	 * delete: `previousData`), and there are no previous values.
	 */
	emit({ userId = closeUsers.ada.id, ...details }: Emission): CloseEvent {
		const { store } = this.context;
		const objectId = details.leadId ?? '';
		const lead = store.leads.get(objectId);
		const shown = (lead && leadData(store, lead)) ?? { id: objectId };
		const isDeleted = details.action === 'deleted';
		const data = { data: isDeleted ? null : shown, previousData: isDeleted ? shown : {} };
		const base = { objectType: 'lead', objectId, ...data };
		const origin = { userId, apiKeyId: undefined, requestId: newId('req') };
		return this.publish({ ...base, changedFields: [], ...details }, origin);
	}

	/**
	 * The signature key of a subscription.
	 * @throws an Error for an unknown ID
	 */
	signatureKey(id: string): string {
		return this.get(id).signatureKey;
	}

	/**
	 * Pauses a subscription, as three days of failures do.
	 * @throws an Error for an unknown ID
	 */
	pauseSubscription(id: string): void {
		this.get(id).status = 'paused';
	}

	/** Logs new events without sending them, until `release` or `lose`. */
	hold(): void {
		this.held ??= [];
	}

	/** Discards the held events; new ones are sent again. */
	lose(): void {
		this.held = undefined;
	}

	/** Sends the held events one by one, each once, and returns the attempts. */
	async release(order: 'inOrder' | 'reversed' = 'inOrder'): Promise<Attempt[]> {
		const events = this.held ?? [];
		this.held = undefined;
		if (order === 'reversed') events.reverse();
		const attempts: Attempt[] = [];
		for (const event of events) attempts.push(...(await this.sendOnce('redelivery', event)));
		return attempts;
	}

	/**
	 * Sends an event of the log again, genuine or forged, to all its subscribers, and returns the
	 * attempts.
	 * @throws an Error for an unknown event, and for one without subscribers
	 */
	async forge(kind: ForgeryKind, eventId: string): Promise<Attempt[]> {
		const event = this.context.events.find(eventId);
		if (!event) throw new Error(`There is no event ${eventId}.`);
		const attempts = await this.sendOnce(kind, event);
		if (attempts.length === 0) throw new Error(`No subscription receives ${eventId}.`);
		return attempts;
	}

	/** Deletes all subscriptions and deliveries. */
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

	private publish(details: EventDetails, origin: EventOrigin): CloseEvent {
		const { store, events, deliveries } = this.context;
		const now = Date.now();
		const merged = events.merge(details, origin, now, store.eventDelayMs / deliveries.speed);
		if (merged) {
			for (const { event, subscription, delivery } of this.sendings) {
				if (event === merged) delivery.job.body = bodyOf(event, subscription);
			}
			return merged;
		}
		const event = events.add(details, origin, now);
		if (this.held) this.held.push(event);
		else this.subscribersOf(event).forEach((subscription) => this.send(event, subscription));
		return event;
	}

	/** The sandbox sends only to loopback: https subscriptions receive nothing. */
	private subscribersOf(event: CloseEvent): Subscription[] {
		const shown = showEvent(event);
		return [...this.subscriptions.values()].filter(
			({ status, url, events }) =>
				status === 'active' &&
				isLoopback(url) &&
				events.some(
					(subscribed) =>
						subscribed.object_type === event.objectType &&
						subscribed.action === event.action &&
						(subscribed.extra_filter === null || readFilter(subscribed.extra_filter)(shown)),
				),
		);
	}

	private send(event: CloseEvent, subscription: Subscription): void {
		const receivedBefore = subscription.received;
		const isDelayed = event.action === 'updated' || event.action === 'deleted';
		const delivery = this.context.deliveries.send({
			vendor: 'close',
			event: `${event.objectType}.${event.action}`,
			url: subscription.url,
			body: bodyOf(event, subscription),
			afterMs: isDelayed ? this.context.store.eventDelayMs : 0,
			headers: (body, nowMs) => {
				event.sealed = true;
				return signClose(subscription.signatureKey, body, nowMs);
			},
			retryAfterMs: (failures) => {
				const isInactive = this.subscriptions.get(subscription.id)?.status !== 'active';
				// ASSUMED (undelivered events of a paused subscription): a paused subscription loses its
				// undelivered events. Confirmed by activating one again.
				if (isInactive) return undefined;
				const delayMs = retryDelayMs(failures);
				// Paused after three days without any successful delivery (Close docs, changelog 2021/6/7).
				const allFailed = subscription.received === receivedBefore;
				if (delayMs === undefined && allFailed) subscription.status = 'paused';
				return delayMs;
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
			attempts.push(await sendForgery(this.context.deliveries, kind, original));
		}
		return attempts;
	}
}
