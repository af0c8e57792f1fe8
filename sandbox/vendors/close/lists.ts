import type { VendorReply, VendorCall } from '../../server/vendorServer';
import { organizationId } from './accounts';
import { invalid, type FieldProblems } from './problems';
import { pick, showCustomField, showLead, showUser, type Shown } from './render';
import type { CloseState } from './state';

function readWhole(value: unknown, otherwise: number): number | undefined {
	if (value === undefined) return otherwise;
	return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}

/**
 * A page by `_skip` and `_limit`. A 400 for too large a one is documented. ASSUMED: how large, and a
 * 400 for what is no whole number and for a `_limit` of 0.
 */
export function page<T>(
	state: CloseState,
	{ query }: VendorCall,
	items: T[],
	show: (item: T) => Shown,
): VendorReply {
	const problems: FieldProblems = {};
	const limit = readWhole(query._limit, 100) ?? 0;
	const skip = readWhole(query._skip, 0) ?? Infinity;
	if (limit < 1) problems._limit = 'Value must be a whole number from 1 up.';
	if (limit > state.limitMaximum) problems._limit = `Value is at most ${state.limitMaximum}.`;
	if (skip > state.skipMaximum) problems._skip = `Value is at most ${state.skipMaximum}.`;
	if (Object.keys(problems).length > 0) return invalid(problems);
	const data = items.slice(skip, skip + limit).map((item) => pick(show(item), query._fields));
	return { status: 200, body: { data, has_more: skip + limit < items.length } };
}

/**
 * GET /lead/, newest first (ASSUMED). ASSUMED: `query`, which the docs have dropped, is refused; to
 * pass it over would answer with every lead there is.
 */
export function listLeads(state: CloseState, call: VendorCall): VendorReply {
	if (call.query.query !== undefined) {
		return invalid({}, ['The query parameter is not supported; use /data/search/.']);
	}
	const leads = [...state.leads.values()].sort((a, b) => b.createdAt - a.createdAt);
	return page(state, call, leads, (lead) => showLead(state, lead));
}

/** GET /user/ */
export function listUsers(state: CloseState, call: VendorCall): VendorReply {
	return page(state, call, state.users, showUser);
}

/** GET /custom_field/lead/ */
export function listCustomFields(state: CloseState, call: VendorCall): VendorReply {
	return page(state, call, state.customFields, showCustomField);
}

/** GET /custom_field_schema/lead/: all fields at once, in their order. */
export function customFieldSchema(state: CloseState): VendorReply {
	const fields = state.customFields.map(showCustomField);
	const body = { name: 'Lead', object_type: 'lead', organization_id: organizationId, fields };
	return { status: 200, body };
}

/** GET /status/lead/: all at once, the default first. */
export function listStatuses(state: CloseState): VendorReply {
	const data = state.statuses.map((status) => ({ ...status, organization_id: organizationId }));
	return { status: 200, body: { data, has_more: false } };
}
