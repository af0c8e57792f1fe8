import { hasList } from '../../shared/transport/responseValidators';
import { asObjects, asText, getOwn, toError, type JsonObject } from '../../shared/values/json';
import { compact } from '../../shared/values/compact';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { ApiError } from '../../shared/transport/ApiError';
import { closeRequest } from '../transport/vendor';
import { eventTimeOf, partsOf } from './events';
import type { LogPosition } from './logPosition';

/** The log's own maximum (Close API page, Event Log). */
const LOG_PAGE_SIZE = 50;
/** 30 days of a busy organization; guards against a log that never ends. */
const MAX_LOG_PAGES = 20_000;

/** Events of one kind, such as `lead.created`, since a time; the newest first. */
async function eventsOf(client: ApiClient, name: string, from: string): Promise<JsonObject[]> {
	const events: JsonObject[] = [];
	let cursor: string | undefined;
	for (let page = 1; page <= MAX_LOG_PAGES; page++) {
		const { body } = await client.request(
			closeRequest('event', {
				method: 'GET',
				safety: 'safe',
				query: compact({
					...partsOf(name),
					date_updated__gte: from,
					_limit: LOG_PAGE_SIZE,
					_cursor: cursor,
				}),
				validateBody: hasList('data'),
			}),
		);
		const entries = asObjects(getOwn(body, 'data'));
		events.push(...entries);
		cursor = asText(getOwn(body, 'cursor_next'));
		if (cursor === undefined || entries.length === 0) break;
	}
	return events;
}

/** What was read of the log. */
interface ReadEvents {
	/** The oldest first. */
	events: JsonObject[];
	/** The kinds that Close refused to this credential, with its last refusal. */
	refused: ReadonlySet<string>;
	refusal: ApiError | undefined;
}

/** Events since the time of their kind: each kind is a request (Close API page, Event Log). */
export async function eventsSince(
	client: ApiClient,
	readFrom: ReadonlyMap<string, string>,
): Promise<ReadEvents> {
	const events: JsonObject[] = [];
	const refused = new Set<string>();
	let refusal: ApiError | undefined;
	for (const [kind, from] of readFrom) {
		try {
			events.push(...(await eventsOf(client, kind, from)));
		} catch (error) {
			if (!isLogRefused(error)) throw toError(error);
			refused.add(kind);
			refusal = error;
		}
	}
	const at = (event: JsonObject) => eventTimeOf(event) ?? '';
	// The sort is stable: reversed first, the older of two events of one millisecond comes first.
	events.reverse().sort((a, b) => (at(a) < at(b) ? -1 : Number(at(a) > at(b))));
	return { events, refused, refusal };
}

/** The present end of the log, by Close's clock. */
export async function endOfLog(client: ApiClient): Promise<LogPosition> {
	const { answeredAt = Date.now(), body } = await client.request(
		closeRequest('event', {
			method: 'GET',
			safety: 'safe',
			query: { _limit: 1 },
			validateBody: hasList('data'),
		}),
	);
	const [newest] = asObjects(getOwn(body, 'data'));
	return {
		now: new Date(answeredAt).toISOString(),
		organization: asText(getOwn(newest, 'organization_id')),
	};
}

/** True where Close refused the log to this credential: 403, or 400 (the page Event Log names no status). */
export function isLogRefused(error: unknown): error is ApiError {
	return error instanceof ApiError && (error.status === 400 || error.status === 403);
}
