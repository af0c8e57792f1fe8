import { organizationId } from './accounts';
import { newId } from './ids';
import type { Shown } from './render';

/** Whose doing an event is, and by which request. */
export interface Origin {
	userId: string | null;
	/** Undefined for a request by OAuth. */
	apiKeyId: string | undefined;
	requestId: string;
	/** The path with /api/v1 in front, as the vendor writes it; undefined for what no request did. */
	request?: { method: string; path: string };
}

/** What happened to one object. */
export interface News {
	objectType: string;
	action: string;
	objectId: string;
	leadId: string | null;
	data: Shown | null;
	previousData: Shown | null;
	changedFields: string[];
	/** Put into `meta` besides the request. */
	meta?: Shown;
}

export interface CloseEvent extends News {
	id: string;
	origin: Origin;
	createdAt: number;
	updatedAt: number;
	/** Counts up; tells events of one millisecond apart. */
	sequence: number;
	/** Has gone out, or waited as long as it is to wait: no later update is folded into it. */
	sealed: boolean;
}

/** Times of an event have no offset, unlike those of the objects in it (Close docs, webhooks). */
const eventTime = (at: number): string => new Date(at).toISOString().replace('Z', '000');

/** An event as the log and webhooks show it (Close docs, event log). */
export function showEvent(event: CloseEvent): Shown {
	const { origin } = event;
	const { request } = origin;
	const meta = request ? { request_method: request.method, request_path: request.path } : {};
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

/** Close keeps 30 days; the sandbox keeps so many, since a load test would fill the memory. */
const mostKept = 20_000;

/** The event log. */
export class EventBook {
	private readonly kept: CloseEvent[] = [];
	private sequence = 0;

	/** The newest first, by date_updated. */
	newestFirst(): CloseEvent[] {
		return [...this.kept].sort((a, b) => b.updatedAt - a.updatedAt || b.sequence - a.sequence);
	}

	find(id: string): CloseEvent | undefined {
		return this.kept.find((event) => event.id === id);
	}

	/** Writes an event down. */
	add(news: News, origin: Origin, now: number): CloseEvent {
		this.sequence += 1;
		const event = {
			...news,
			id: newId('ev'),
			origin,
			createdAt: now,
			updatedAt: now,
			sequence: this.sequence,
			sealed: false,
		};
		this.kept.push(event);
		if (this.kept.length > mostKept) this.kept.shift();
		return event;
	}

	/**
	 * Folds an update into an event of the same object that has not gone out yet: its date_created and
	 * the first previous values stay (Close docs, event log). Undefined when there is no such event.
	 */
	fold(news: News, origin: Origin, now: number, withinMs: number): CloseEvent | undefined {
		if (news.action !== 'updated' || withinMs <= 0) return undefined;
		const last = this.kept.findLast(({ objectId }) => objectId === news.objectId);
		const isOpen = last?.action === 'updated' && !last.sealed && now - last.createdAt < withinMs;
		if (!last || !isOpen) return undefined;
		last.data = news.data;
		last.previousData = { ...news.previousData, ...last.previousData };
		last.changedFields = [...new Set([...last.changedFields, ...news.changedFields])].sort();
		// ASSUMED: the request it names is the last one.
		last.origin = origin;
		last.updatedAt = now;
		return last;
	}

	/** Forgets everything. */
	reset(): void {
		this.kept.length = 0;
		this.sequence = 0;
	}
}
