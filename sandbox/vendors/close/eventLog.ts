import { isIsoDate, isRecord, parseJson } from '../../lib/guards';
import type { VendorReply, VendorCall } from '../../server/vendorServer';
import { showEvent, type CloseEvent } from './events';
import { invalid, notFound, type FieldProblems } from './problems';
import { pick } from './render';
import type { CloseState } from './state';

/** Documented as both the default and the maximum. */
const pageSize = 50;

const readers: Record<string, (event: CloseEvent) => string | null> = {
	object_type: ({ objectType }) => objectType,
	object_id: ({ objectId }) => objectId,
	action: ({ action }) => action,
	lead_id: ({ leadId }) => leadId,
	user_id: ({ origin }) => origin.userId,
	request_id: ({ origin }) => origin.requestId,
};

/** The combinations that are documented, besides none at all; any of them with date_updated. */
const combinations = new Set(
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

const comparisons: Record<string, (own: number, bound: number) => boolean> = {
	date_updated__gte: (own, bound) => own >= bound,
	date_updated__gt: (own, bound) => own > bound,
	date_updated__lte: (own, bound) => own <= bound,
	date_updated__lt: (own, bound) => own < bound,
};

type Test = (event: CloseEvent) => boolean;

function readTests({ query }: VendorCall, problems: FieldProblems, errors: string[]): Test[] {
	const names = Object.keys(readers).filter((name) => query[name] !== undefined);
	// ASSUMED: a 400 for every other combination.
	if (!combinations.has([...names].sort().join())) {
		errors.push(`The combination of filters is not supported: ${names.join(', ')}.`);
	}
	const tests: Test[] = names.map((name) => {
		const read = readers[name];
		return (event) => read?.(event) === query[name];
	});
	for (const [name, compare] of Object.entries(comparisons)) {
		const value = query[name];
		if (value === undefined) continue;
		if (!isIsoDate(value)) {
			problems[name] = 'Invalid ISO 8601 datetime.';
			continue;
		}
		// ASSUMED: a time without an offset is in UTC, as the events' own times are.
		const hasZone = value.length === 10 || /(?:Z|[+-]\d{2}:?\d{2})$/.test(value);
		const bound = Date.parse(hasZone ? value : `${value}Z`);
		tests.push(({ updatedAt }) => compare(updatedAt, bound));
	}
	return tests;
}

interface Mark {
	/** Whether the page is of events older than the mark, or of newer ones. */
	older: boolean;
	at: number;
	sequence: number;
}

const writeCursor = (older: boolean, { updatedAt: at, sequence }: CloseEvent): string =>
	Buffer.from(JSON.stringify({ older, at, sequence })).toString('base64url');

function readCursor(cursor: unknown): Mark | undefined {
	const raw = parseJson(Buffer.from(String(cursor), 'base64url').toString());
	if (!isRecord(raw)) return undefined;
	const { older, at, sequence } = raw;
	const isMark =
		typeof older === 'boolean' && typeof at === 'number' && typeof sequence === 'number';
	return isMark ? { older, at, sequence } : undefined;
}

const isOlder = (event: CloseEvent, { at, sequence }: Mark): boolean =>
	event.updatedAt < at || (event.updatedAt === at && event.sequence < sequence);

const isNewer = (event: CloseEvent, { at, sequence }: Mark): boolean =>
	event.updatedAt > at || (event.updatedAt === at && event.sequence > sequence);

/** The page that a cursor asks for, out of all that match, newest first. */
function pageOf(events: CloseEvent[], mark: Mark | undefined, limit: number): CloseEvent[] {
	if (!mark) return events.slice(0, limit);
	if (mark.older) return events.filter((event) => isOlder(event, mark)).slice(0, limit);
	return events.filter((event) => isNewer(event, mark)).slice(-limit);
}

/**
 * GET /event/ (Close docs, event log): newest first by date_updated, paged by cursor. ASSUMED: a
 * cursor is null where there is no event in its direction, and is good for any filters.
 */
export function listEvents(state: CloseState, call: VendorCall): VendorReply {
	const { _limit: wish, _cursor: cursor, _fields: fields, _skip: skip } = call.query;
	const problems: FieldProblems = {};
	const errors: string[] = [];
	const tests = readTests(call, problems, errors);
	const limit = wish === undefined ? pageSize : Number(wish);
	// ASSUMED: a 400, as for other lists, and not a shorter page.
	if (!Number.isInteger(limit) || limit < 1 || limit > pageSize) {
		problems._limit = `Value must be a whole number from 1 to ${pageSize}.`;
	}
	// ASSUMED: a 400; that it is not supported is documented.
	if (skip !== undefined) problems._skip = 'Use _cursor.';
	const isFirst = cursor === undefined || cursor === '';
	const mark = isFirst ? undefined : readCursor(cursor);
	if (!isFirst && !mark) problems._cursor = 'Invalid cursor.';
	if (Object.keys(problems).length > 0 || errors.length > 0) return invalid(problems, errors);

	const events = state.events.newestFirst().filter((event) => tests.every((test) => test(event)));
	const page = pageOf(events, mark, limit);
	const [newest] = page;
	const oldest = page.at(-1);
	return {
		status: 200,
		body: {
			data: page.map((event) => pick(showEvent(event), fields)),
			cursor_next: oldest && oldest !== events.at(-1) ? writeCursor(true, oldest) : null,
			cursor_previous: newest && newest !== events[0] ? writeCursor(false, newest) : null,
		},
	};
}

/** GET /event/{id}/ */
export function getEvent(state: CloseState, { params, query }: VendorCall): VendorReply {
	const event = state.events.find(params.id ?? '');
	return event ? { status: 200, body: pick(showEvent(event), query._fields) } : notFound;
}
