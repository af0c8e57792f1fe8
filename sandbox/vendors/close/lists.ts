import type { VendorCall, VendorReply } from '../../server/handler';
import { organizationId } from './accounts';
import { invalid, rejection, type FieldProblems } from './problems';
import { pick, showContact, showCustomField, showLead, showUser, type Shown } from './render';
import type { CloseStore } from './store';

const DEFAULT_LIMIT = 100;

function readInteger(value: unknown, defaultValue: number): number | undefined {
	if (value === undefined) return defaultValue;
	return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}

/**
 * A page by `_skip` and `_limit`. The docs have a 400 for values that are too large; for `_skip` it
 * names the maximum (a recorded reply). ASSUMED (a `_limit` or `_skip` that is not allowed): the
 * same for `_limit`, for a value that is not an integer, and for a `_limit` of 0. Confirmed by one
 * list of each.
 */
export function page<T>(
	store: CloseStore,
	{ query }: VendorCall,
	items: T[],
	show: (item: T) => Shown,
): VendorReply {
	const problems: FieldProblems = {};
	const limit = readInteger(query._limit, DEFAULT_LIMIT) ?? 0;
	const skip = readInteger(query._skip, 0);
	if (skip === undefined) problems._skip = 'Value must be a whole number.';
	if (limit < 1) problems._limit = 'Value must be a whole number from 1 up.';
	if (limit > store.limitMaximum) problems._limit = `Value is at most ${store.limitMaximum}.`;
	if (skip === undefined || Object.keys(problems).length > 0) return invalid(problems);
	if (skip > store.skipMaximum) {
		return rejection(
			400,
			`The skip you set is larger than the maximum skip for this resource (max_skip = ${store.skipMaximum}). Please refine your search query.`,
		);
	}
	const data = items.slice(skip, skip + limit).map((item) => pick(show(item), query._fields));
	return { status: 200, body: { data, has_more: skip + limit < items.length } };
}

/**
 * GET /lead/. ASSUMED (the order of `GET /lead/`): newest first, and a 400 for `query`, which the
 * docs no longer have: ignoring it would return every lead. Confirmed by a list with `query`.
 */
export function listLeads(store: CloseStore, call: VendorCall): VendorReply {
	if (call.query.query !== undefined) {
		return invalid({}, ['The query parameter is not supported; use /data/search/.']);
	}
	const leads = [...store.leads.values()].sort((a, b) => b.createdAt - a.createdAt);
	return page(store, call, leads, (lead) => showLead(store, lead));
}

/**
 * GET /contact/ (Close docs, contacts): all contacts, or those of one lead. ASSUMED (the order of
 * `GET /contact/`, and its reply for a lead that is gone): newest first, and an empty list.
 * Confirmed by a list of each.
 */
export function listContacts(store: CloseStore, call: VendorCall): VendorReply {
	const { lead_id: leadId } = call.query;
	const wanted = [...store.contacts.values()].filter(
		(contact) => leadId === undefined || contact.leadId === leadId,
	);
	return page(store, call, wanted.reverse(), showContact);
}

/** GET /user/ */
export function listUsers(store: CloseStore, call: VendorCall): VendorReply {
	return page(store, call, store.users, showUser);
}

/** GET /custom_field/lead/: without shared fields (Close docs, custom fields). */
export function listCustomFields(store: CloseStore, call: VendorCall): VendorReply {
	const own = store.customFields.filter(({ shared }) => !shared);
	return page(store, call, own, showCustomField);
}

/** GET /custom_field_schema/lead/: own and shared fields in one reply, in their order. */
export function customFieldSchema(store: CloseStore): VendorReply {
	const fields = store.customFields.map(showCustomField);
	const body = { name: 'Lead', object_type: 'lead', organization_id: organizationId, fields };
	return { status: 200, body };
}

/** GET /status/lead/: all statuses in one reply, the default first. */
export function listStatuses(store: CloseStore): VendorReply {
	const data = store.statuses.map((status) => ({ ...status, organization_id: organizationId }));
	return { status: 200, body: { data, has_more: false } };
}
