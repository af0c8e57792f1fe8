import type { StoredParts } from '../../lib/storedParts';
import { organizationId, type CloseUser } from './accounts';
import { newId } from './ids';
import type { Shown } from './render';

/** Who caused an event, and by which request. */
export interface EventOrigin {
	userId: string | null;
	/** Undefined for a request by OAuth. */
	apiKeyId: string | undefined;
	requestId: string;
	/** The path starts with /api/v1; undefined when no request caused the event. */
	request?: { method: string; path: string };
	/** The bulk action in Close's app that caused it. */
	bulkActionId?: string;
}

/** What happened to one object. */
export interface EventDetails {
	objectType: string;
	action: string;
	objectId: string;
	leadId: string | null;
	data: Shown | null;
	previousData: Shown | null;
	changedFields: string[];
	/** Added to `meta` in addition to the request. */
	meta?: Shown;
}

/** An event of the log; times are epochs in milliseconds. */
export interface CloseEvent extends EventDetails {
	id: string;
	origin: EventOrigin;
	createdAt: number;
	updatedAt: number;
	/** Increases with every event; orders events of the same millisecond. */
	sequence: number;
	/** True once the event was sent: no later update is merged into it. */
	sealed: boolean;
}

/** An event's own times have no offset, unlike those in its data (Close docs, webhooks). */
const eventTime = (at: number): string => new Date(at).toISOString().replace('Z', '000');

/** An event in the log and in webhooks (Close docs, event log). */
export function showEvent(event: CloseEvent): Shown {
	const { request, bulkActionId, ...origin } = event.origin;
	const meta = {
		...(request && { request_method: request.method, request_path: request.path }),
		...(bulkActionId !== undefined && { bulk_action_id: bulkActionId }),
	};
	return {
		id: event.id,
		date_created: eventTime(event.createdAt),
		date_updated: eventTime(event.updatedAt),
		action: event.action,
		object_type: event.objectType,
		object_id: event.objectId,
		lead_id: event.leadId,
		organization_id: organizationId,
		user_id: origin.userId,
		request_id: origin.requestId,
		api_key_id: origin.apiKeyId ?? null,
		data: event.data,
		previous_data: event.previousData,
		changed_fields: event.changedFields,
		meta: { ...meta, ...event.meta },
	};
}

/** How long users who are no administrators see what an event is about. */
const PRIVATE_AFTER_MS = 3_600_000;

/**
 * An event as a user sees it in the log: without `data` and `previous_data` after an hour, unless
 * the user is an administrator (Close docs, changelog 2019/1/25). ASSUMED (what a user who is no
 * administrator sees of an old event): everything else, changed_fields too. Confirmed by the log as
 * such a user sees it.
 */
export function showEventTo({ isAdmin }: CloseUser, event: CloseEvent, now: number): Shown {
	const shown = showEvent(event);
	if (isAdmin || now - event.updatedAt <= PRIVATE_AFTER_MS) return shown;
	const isPrivate = (field: string) => field === 'data' || field === 'previous_data';
	return Object.fromEntries(Object.entries(shown).filter(([field]) => !isPrivate(field)));
}

/** Close stores 30 days of events, the sandbox this many: a load test would fill the memory. */
const MAX_EVENTS = 20_000;

/** The event log. */
export class EventLog {
	private readonly events: CloseEvent[] = [];

	/** All events, newest first by date_updated. */
	newestFirst(): CloseEvent[] {
		return [...this.events].sort((a, b) => b.updatedAt - a.updatedAt || b.sequence - a.sequence);
	}

	/** The event with this ID. */
	find(id: string): CloseEvent | undefined {
		return this.events.find((event) => event.id === id);
	}

	/** Adds an event. */
	add(details: EventDetails, origin: EventOrigin, now: number): CloseEvent {
		const event = {
			...details,
			id: newId('ev'),
			origin,
			createdAt: now,
			updatedAt: now,
			sequence: (this.events.at(-1)?.sequence ?? 0) + 1,
			sealed: false,
		};
		this.events.push(event);
		if (this.events.length > MAX_EVENTS) this.events.shift();
		return event;
	}

	/**
	 * Merges an update into the last event of the same object, if that was not sent yet: its
	 * date_created and the first previous values stay (Close docs, event log). Returns undefined when
	 * there is none.
	 */
	merge(
		details: EventDetails,
		origin: EventOrigin,
		now: number,
		withinMs: number,
	): CloseEvent | undefined {
		if (details.action !== 'updated' || withinMs <= 0) return undefined;
		const last = this.events.findLast(({ objectId }) => objectId === details.objectId);
		const isOpen = last?.action === 'updated' && !last.sealed && now - last.createdAt < withinMs;
		if (!last || !isOpen) return undefined;
		last.data = details.data;
		last.previousData = { ...details.previousData, ...last.previousData };
		last.changedFields = [...new Set([...last.changedFields, ...details.changedFields])].sort();
		// ASSUMED (which request a merged event names): a merged event names its last request.
		// Confirmed by two updates in quick succession.
		last.origin = origin;
		last.updatedAt = now;
		return last;
	}

	/** What a snapshot contains. */
	stored(): StoredParts {
		return { events: this.events };
	}

	/** Deletes all events. */
	reset(): void {
		this.events.length = 0;
	}
}
