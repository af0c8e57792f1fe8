import { isRecord } from '../../lib/guards';
import type { VendorCall, VendorReply } from '../../server/handler';
import { InvalidQuery } from './conditions';
import { leadEntity, type Entity } from './entities';
import { invalid } from './problems';
import { objectTypeOf, readField, readQuery, type QueryContext } from './query';
import { pick, showLead, type Shown } from './render';
import type { CloseState } from './state';
import type { CloseLead } from './store';

interface Found {
	lead: CloseLead;
	entity: Entity;
}

type Order = (a: Found, b: Found) => number;

const HOUR_MS = 3_600_000;

function readCount(value: unknown, what: string, min: number): number | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'number' && Number.isInteger(value) && value >= min) return value;
	throw new InvalidQuery(`${what} must be a whole number from ${min} up.`);
}

function compare(a: unknown, b: unknown): number {
	// ASSUMED (the order of a search): leads without a value come last, in both directions. Confirmed
	// by a sort of two leads.
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	const [left, right] = [String(a).toLowerCase(), String(b).toLowerCase()];
	return left < right ? -1 : left > right ? 1 : 0;
}

const isNone = (value: unknown) => value === undefined || value === null;

/**
 * Search sorts by the lead's own numbers, dates and texts (Close docs); other fields are rejected.
 */
function readOrder(context: QueryContext, raw: unknown): Order {
	if (!isRecord(raw)) throw new InvalidQuery('sort must be a list of objects.');
	const { direction } = raw;
	if (direction !== 'asc' && direction !== 'desc')
		throw new InvalidQuery('direction: asc or desc.');
	const { kind, valueOf } = readField(context, raw.field, 'lead');
	if (typeof kind === 'object' || kind === 'choice')
		throw new InvalidQuery('No sort by this field.');
	return (a, b) => {
		const [left, right] = [valueOf(a.entity), valueOf(b.entity)];
		if (isNone(left) || isNone(right)) return Number(isNone(left)) - Number(isNone(right));
		return direction === 'asc' ? compare(left, right) : compare(right, left);
	};
}

function readSort(context: QueryContext, raw: unknown): Order[] {
	if (raw === undefined || raw === null) return [];
	if (!Array.isArray(raw)) throw new InvalidQuery('sort must be a list.');
	return raw.map((entry) => readOrder(context, entry));
}

/**
 * ASSUMED (what a search returns by default): the ID and the type when `_fields` has no list for
 * leads, as in the docs' example. Confirmed by a search without `_fields`.
 */
function readFields(raw: unknown): string {
	if (raw === undefined || raw === null) return 'id';
	if (!isRecord(raw)) throw new InvalidQuery('_fields must be an object.');
	const { lead = ['id'] } = raw;
	const isList = Array.isArray(lead) && lead.every((name) => typeof name === 'string');
	if (!isList) throw new InvalidQuery('_fields.lead must be a list of names.');
	return lead.join(',');
}

/**
 * The header x-tz-offset: hours from UTC, such as -2.5. ASSUMED (what a search returns by default):
 * 0 when it is missing. Confirmed by a search for a local day.
 */
function offsetOf({ headers }: VendorCall): number {
	const hours = Number(headers['x-tz-offset'] ?? 0);
	return Number.isFinite(hours) ? hours * HOUR_MS : 0;
}

function search(state: CloseState, call: VendorCall): Shown {
	const { json } = call;
	if (!isRecord(json)) throw new InvalidQuery('The body must be an object.');
	const now = Date.now();
	const context = { customFields: state.customFields, offsetMs: offsetOf(call), now };
	// The sandbox finds only leads; Close finds contacts and other objects too.
	if (objectTypeOf(json.query) !== 'lead')
		throw new InvalidQuery('An object_type of lead is needed.');
	const matches = readQuery(context, json.query, 'lead');
	const orders = readSort(context, json.sort);
	const fields = readFields(json._fields);
	const limit = readCount(json._limit, '_limit', 1) ?? Math.min(100, state.limitMaximum);
	if (limit > state.limitMaximum)
		throw new InvalidQuery(`_limit is at most ${state.limitMaximum}.`);
	const resultsLimit = readCount(json.results_limit, 'results_limit', 0) ?? Infinity;

	// ASSUMED (a cursor with another query or order): a cursor works only with its own query and sort
	// order, otherwise it is a 400. Confirmed by a cursor with another query.
	const query = JSON.stringify([json.query, json.sort ?? []]);
	const { cursor } = json;
	const isFirst = cursor === undefined || cursor === null;
	const position = isFirst ? { offset: 0, query } : state.cursors.find(String(cursor));
	if (!position || position.query !== query)
		throw new InvalidQuery('The cursor is invalid or has expired.');

	const found = state
		.indexed(now)
		.map((lead) => ({ lead, entity: leadEntity(lead) }))
		.filter(({ entity }) => matches(entity));
	// ASSUMED (the order of a search): newest first by default, and every page is a new search, so a
	// lead that moves between pages may be missed; the docs recommend a stable order for that.
	// Confirmed by an unsorted search.
	const newestFirst: Order = (a, b) => b.lead.createdAt - a.lead.createdAt;
	found.sort((a, b) => {
		for (const order of [...orders, newestFirst]) {
			const result = order(a, b);
			if (result !== 0) return result;
		}
		return a.lead.id < b.lead.id ? -1 : 1;
	});
	// ASSUMED (a search that reaches 10,000 objects): a search that reaches the maximum ends as if
	// there were no more results. Confirmed by a search with more than 10,000.
	const end = Math.min(found.length, resultsLimit, state.searchMaximum);
	const page = found.slice(position.offset, Math.min(position.offset + limit, end));
	const offset = position.offset + page.length;
	const shown: Shown = {
		data: page.map(({ lead }) => ({
			__object_type: 'lead',
			...pick({ ...showLead(state, lead) }, fields),
		})),
		cursor: offset < end ? state.cursors.issue({ offset, query }, state.cursorLifetimeMs) : null,
	};
	if (json.include_counts === true) {
		shown.count = { limited: Math.min(found.length, resultsLimit), total: found.length };
	}
	return shown;
}

/**
 * POST /data/search/ (Close docs, Advanced Filtering). ASSUMED (the texts of errors): the body of
 * the 400. Confirmed by an invalid query.
 */
export function searchLeads(state: CloseState, call: VendorCall): VendorReply {
	try {
		return { status: 200, body: search(state, call) };
	} catch (error) {
		if (error instanceof InvalidQuery) return invalid({}, [error.message]);
		// eslint-disable-next-line @n8n/community-nodes/require-node-api-error -- a server, not a node
		throw error;
	}
}
