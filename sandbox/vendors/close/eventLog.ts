import { isIsoDate, isRecord, parseJson } from '../../lib/guards';
import type { VendorCall, VendorReply } from '../../server/handler';
import type { CloseUser } from './accounts';
import { showEventTo, type CloseEvent } from './events';
import { invalid, NOT_FOUND, type FieldProblems } from './problems';
import { pick } from './render';
import type { CloseState } from './state';

/** Documented as both the default and the maximum. */
const MAX_PAGE_SIZE = 50;

const FILTERS: Record<string, (event: CloseEvent) => string | null> = {
	object_type: ({ objectType }) => objectType,
	object_id: ({ objectId }) => objectId,
	action: ({ action }) => action,
	lead_id: ({ leadId }) => leadId,
	user_id: ({ origin }) => origin.userId,
	request_id: ({ origin }) => origin.requestId,
};

/** The documented combinations of filters; each can be combined with date_updated. */
const COMBINATIONS = new Set(
	[
		['object_type', 'object_id'],
		['object_type', 'action'],
		['object_id', 'action'],
		['lead_id', 'object_type'],
		['lead_id', 'object_type', 'action'],
		['lead_id', 'user_id', 'object_type'],
		['lead_id', 'user_id', 'object_type', 'action'],
		['lead_id', 'user_id'],
		['user_id', 'object_id'],
		['user_id', 'object_id', 'action'],
		['user_id', 'object_type'],
		['user_id', 'object_type', 'action'],
		['lead_id'],
		['user_id'],
		['request_id'],
		[],
	].map((names) => names.sort().join()),
);

const COMPARISONS: Record<string, (time: number, bound: number) => boolean> = {
	date_updated__gte: (time, bound) => time >= bound,
	date_updated__gt: (time, bound) => time > bound,
	date_updated__lte: (time, bound) => time <= bound,
	date_updated__lt: (time, bound) => time < bound,
};

type Test = (event: CloseEvent) => boolean;

function readTests({ query }: VendorCall, problems: FieldProblems, errors: string[]): Test[] {
	const names = Object.keys(FILTERS).filter((name) => query[name] !== undefined);
	// ASSUMED (which filters of the event log can be combined): a 400 for every other combination.
	// Confirmed by one.
	if (!COMBINATIONS.has([...names].sort().join())) {
		errors.push(`The combination of filters is not supported: ${names.join(', ')}.`);
	}
	const tests: Test[] = names.map((name) => {
		const read = FILTERS[name];
		return (event) => read?.(event) === query[name];
	});
	for (const [name, compare] of Object.entries(COMPARISONS)) {
		const value = query[name];
		if (value === undefined) continue;
		if (!isIsoDate(value)) {
			problems[name] = 'Invalid ISO 8601 datetime.';
			continue;
		}
		// ASSUMED (times without an offset in a request): a time without an offset is in UTC, like the
		// events' own times. Confirmed by a list.
		const hasZone = value.length === 10 || /(?:Z|[+-]\d{2}:?\d{2})$/.test(value);
		const bound = Date.parse(hasZone ? value : `${value}Z`);
		tests.push(({ updatedAt }) => compare(updatedAt, bound));
	}
	return tests;
}

/** The position of a cursor. */
interface Position {
	/** True for a page of older events, false for newer ones. */
	older: boolean;
	at: number;
	sequence: number;
}

const writeCursor = (older: boolean, { updatedAt: at, sequence }: CloseEvent): string =>
	Buffer.from(JSON.stringify({ older, at, sequence })).toString('base64url');

function readCursor(cursor: unknown): Position | undefined {
	const raw = parseJson(Buffer.from(String(cursor), 'base64url').toString());
	if (!isRecord(raw)) return undefined;
	const { older, at, sequence } = raw;
	const isPosition =
		typeof older === 'boolean' && typeof at === 'number' && typeof sequence === 'number';
	return isPosition ? { older, at, sequence } : undefined;
}

const isOlder = (event: CloseEvent, { at, sequence }: Position): boolean =>
	event.updatedAt < at || (event.updatedAt === at && event.sequence < sequence);

const isNewer = (event: CloseEvent, { at, sequence }: Position): boolean =>
	event.updatedAt > at || (event.updatedAt === at && event.sequence > sequence);

/** The page of a cursor, out of all matching events, newest first. */
function pageOf(events: CloseEvent[], position: Position | undefined, limit: number): CloseEvent[] {
	if (!position) return events.slice(0, limit);
	if (position.older) return events.filter((event) => isOlder(event, position)).slice(0, limit);
	return events.filter((event) => isNewer(event, position)).slice(-limit);
}

/**
 * GET /event/ (Close docs, event log): newest first by date_updated, paged by cursor. ASSUMED (the
 * cursors of the event log): a cursor is null when no event follows in its direction, and works
 * with any filters. Confirmed by the last page of a log.
 */
export function listEvents(state: CloseState, call: VendorCall, user: CloseUser): VendorReply {
	const { _limit: requested, _cursor: cursor, _fields: fields, _skip: skip } = call.query;
	const problems: FieldProblems = {};
	const errors: string[] = [];
	const tests = readTests(call, problems, errors);
	const limit = requested === undefined ? MAX_PAGE_SIZE : Number(requested);
	// ASSUMED (a `_limit` or `_skip` that is not allowed): a 400, as for other lists, and not a
	// shorter page. Confirmed by a larger _limit.
	if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE_SIZE) {
		problems._limit = `Value must be a whole number from 1 to ${MAX_PAGE_SIZE}.`;
	}
	// ASSUMED (a `_limit` or `_skip` that is not allowed): a 400; the docs say that it is not
	// supported. Confirmed by a list with _skip.
	if (skip !== undefined) problems._skip = 'Use _cursor.';
	const isFirst = cursor === undefined || cursor === '';
	const position = isFirst ? undefined : readCursor(cursor);
	if (!isFirst && !position) problems._cursor = 'Invalid cursor.';
	if (Object.keys(problems).length > 0 || errors.length > 0) return invalid(problems, errors);

	const events = state.events.newestFirst().filter((event) => tests.every((test) => test(event)));
	const page = pageOf(events, position, limit);
	const [newest] = page;
	const oldest = page.at(-1);
	return {
		status: 200,
		body: {
			data: page.map((event) => pick(showEventTo(user, event, Date.now()), fields)),
			cursor_next: oldest && oldest !== events.at(-1) ? writeCursor(true, oldest) : null,
			cursor_previous: newest && newest !== events[0] ? writeCursor(false, newest) : null,
		},
	};
}

/** GET /event/{id}/ */
export function getEvent(
	state: CloseState,
	{ params, query }: VendorCall,
	user: CloseUser,
): VendorReply {
	const event = state.events.find(params.id ?? '');
	if (!event) return NOT_FOUND;
	return { status: 200, body: pick(showEventTo(user, event, Date.now()), query._fields) };
}
