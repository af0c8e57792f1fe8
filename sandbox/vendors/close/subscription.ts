import { organizationId } from './accounts';
import { showEvent, type CloseEvent } from './events';
import { timestamp, type Shown } from './render';

/** An event type of a subscription. */
export interface SubscribedEvent {
	object_type: string;
	action: string;
	extra_filter: Record<string, unknown> | null;
}

/** A webhook subscription; times are epochs in milliseconds. */
export interface Subscription {
	id: string;
	url: string;
	events: SubscribedEvent[];
	verifySsl: boolean;
	status: 'active' | 'paused';
	/** Hex. */
	signatureKey: string;
	createdBy: string;
	updatedBy: string;
	createdAt: number;
	updatedAt: number;
	/** The number of deliveries that were acknowledged with a 2xx. */
	received: number;
}

/** A subscription in the API; only the reply to its create has the signature key. */
export function showSubscription(subscription: Subscription): Shown {
	return {
		id: subscription.id,
		url: subscription.url,
		events: subscription.events.map(({ object_type, action, extra_filter }) => ({
			object_type,
			action,
			extra_filter,
		})),
		status: subscription.status,
		verify_ssl: subscription.verifySsl,
		organization_id: organizationId,
		created_by: subscription.createdBy,
		updated_by: subscription.updatedBy,
		date_created: timestamp(subscription.createdAt),
		date_updated: timestamp(subscription.updatedAt),
	};
}

/** The body of an event's webhook. */
export function bodyOf(event: CloseEvent, subscription: Subscription): string {
	return JSON.stringify({ event: showEvent(event), subscription_id: subscription.id });
}
