import { isRecord } from '../../lib/guards';
import type { VendorReply, VendorCall } from '../../server/vendorServer';
import { BadQuery } from './conditions';
import { leadEntity, type Entity } from './entities';
import { invalid } from './problems';
import { objectTypeOf, readField, readQuery, type Reader } from './query';
import { pick, showLead, type Shown } from './render';
import type { CloseLead } from './model';
import type { CloseState } from './state';

interface Found {
	lead: CloseLead;
	entity: Entity;
}

type Order = (a: Found, b: Found) => number;

const hourMs = 3_600_000;

function readCount(value: unknown, what: string, least: number): number | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value;
	throw new BadQuery(`${what} must be a whole number from ${least} up.`);
}

function compare(a: unknown, b: unknown): number {
	// ASSUMED: what has no value comes last, whatever the direction.
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	const [left, right] = [String(a).toLowerCase(), String(b).toLowerCase()];
	return left < right ? -1 : left > right ? 1 : 0;
}

const isNone = (value: unknown) => value === undefined || value === null;

/** Numbers, dates and texts of the lead itself can be sorted by (Close docs); the rest is refused. */
function readOrder(reader: Reader, raw: unknown): Order {
	if (!isRecord(raw)) throw new BadQuery('sort must be a list of objects.');
	const { direction } = raw;
	if (direction !== 'asc' && direction !== 'desc') throw new BadQuery('direction: asc or desc.');
	const { kind, valueOf } = readField(reader, raw.field, 'lead');
	if (typeof kind === 'object' || kind === 'choice') throw new BadQuery('No sort by this field.');
	return (a, b) => {
		const [left, right] = [valueOf(a.entity), valueOf(b.entity)];
		if (isNone(left) || isNone(right)) return Number(isNone(left)) - Number(isNone(right));
		return direction === 'asc' ? compare(left, right) : compare(right, left);
	};
}

function readSort(reader: Reader, raw: unknown): Order[] {
	if (raw === undefined || raw === null) return [];
	if (!Array.isArray(raw)) throw new BadQuery('sort must be a list.');
	return raw.map((entry) => readOrder(reader, entry));
}

/** ASSUMED: the ID and the type when `_fields` has no list for leads, as in the docs' walk-through. */
function readFields(raw: unknown): string {
	if (raw === undefined || raw === null) return 'id';
	if (!isRecord(raw)) throw new BadQuery('_fields must be an object.');
	const { lead = ['id'] } = raw;
	const isList = Array.isArray(lead) && lead.every((name) => typeof name === 'string');
	if (!isList) throw new BadQuery('_fields.lead must be a list of names.');
	return lead.join(',');
}

/** The header x-tz-offset: hours from UTC, such as -2.5. ASSUMED: 0 when it is not there. */
function offsetOf({ headers }: VendorCall): number {
	const hours = Number(headers['x-tz-offset'] ?? 0);
	return Number.isFinite(hours) ? hours * hourMs : 0;
}

function search(state: CloseState, call: VendorCall): Shown {
	const { json } = call;
	if (!isRecord(json)) throw new BadQuery('The body must be an object.');
	const now = Date.now();
	const reader = { customFields: state.customFields, offsetMs: offsetOf(call), now };
	// The sandbox finds leads alone; Close finds contacts and others too.
	if (objectTypeOf(json.query) !== 'lead') throw new BadQuery('An object_type of lead is needed.');
	const matches = readQuery(reader, json.query, 'lead');
	const orders = readSort(reader, json.sort);
	const fields = readFields(json._fields);
	const limit = readCount(json._limit, '_limit', 1) ?? Math.min(100, state.limitMaximum);
	if (limit > state.limitMaximum) throw new BadQuery(`_limit is at most ${state.limitMaximum}.`);
	const most = readCount(json.results_limit, 'results_limit', 0) ?? Infinity;

	// ASSUMED: a cursor is for the query and order it came from; with others it is a 400.
	const query = JSON.stringify([json.query, json.sort ?? []]);
	const { cursor } = json;
	const isFirst = cursor === undefined || cursor === null;
	const walk = isFirst ? { given: 0, query } : state.cursors.find(String(cursor));
	if (!walk || walk.query !== query) throw new BadQuery('The cursor is invalid or has expired.');

	const found = state
		.indexed(now)
		.map((lead) => ({ lead, entity: leadEntity(lead) }))
		.filter(({ entity }) => matches(entity));
	// ASSUMED: newest first when nothing is asked for. Every page is a fresh look, so that a walk may
	// miss what moved meanwhile; the docs advise a stable order for that.
	const newestFirst: Order = (a, b) => b.lead.createdAt - a.lead.createdAt;
	found.sort((a, b) => {
		for (const order of [...orders, newestFirst]) {
			const turn = order(a, b);
			if (turn !== 0) return turn;
		}
		return a.lead.id < b.lead.id ? -1 : 1;
	});
	// ASSUMED: a walk that reaches the maximum ends as if there were no more.
	const end = Math.min(found.length, most, state.searchMaximum);
	const page = found.slice(walk.given, Math.min(walk.given + limit, end));
	const given = walk.given + page.length;
	const shown: Shown = {
		data: page.map(({ lead }) => ({
			__object_type: 'lead',
			...pick({ ...showLead(state, lead) }, fields),
		})),
		cursor: given < end ? state.cursors.issue({ given, query }, state.cursorLifetimeMs) : null,
	};
	if (json.include_counts === true) {
		shown.count = { limited: Math.min(found.length, most), total: found.length };
	}
	return shown;
}

/** POST /data/search/ (Close docs, Advanced Filtering). ASSUMED: the shape of the 400. */
export function searchLeads(state: CloseState, call: VendorCall): VendorReply {
	try {
		return { status: 200, body: search(state, call) };
	} catch (error) {
		if (error instanceof BadQuery) return invalid({}, [error.message]);
		// eslint-disable-next-line @n8n/community-nodes/require-node-api-error -- the sandbox is a server, not a node
		throw error;
	}
}
