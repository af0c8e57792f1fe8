import { organizationId } from './accounts';
import type { EventDetails, EventOrigin } from './events';
import { newId } from './ids';
import type { Changes, ObjectChange } from './leadChanges';
import { showLead, timestamp, type Shown } from './render';
import type { CloseLead, CloseStore } from './store';

/** Fields of a lead that are not in its events: of other objects (contacts, tasks, …), or computed. */
const FOREIGN_FIELDS = new Set([
	'html_url',
	'contacts',
	'contacts_summary',
	'primary_address_summary',
	'primary_email',
	'primary_phone',
	'localtime',
	'opportunities',
	'tasks',
	'recent_calls',
	'summaries',
	'integration_links',
	'source',
]);

/** Fields whose change alone causes no event. */
const SECONDARY_FIELDS = new Set(['date_updated', 'updated_by', 'updated_by_name', 'display_name']);

/**
 * The data of a lead in an event; undefined for a deleted lead: its own fields, contact_ids and
 * custom fields, without the fields of other objects (Close docs, event log).
 */
export function leadData(store: CloseStore, lead: CloseLead): Shown | undefined {
	if (!store.leads.has(lead.id)) return undefined;
	const shown = Object.entries(showLead(store, lead));
	return Object.fromEntries(shown.filter(([field]) => !FOREIGN_FIELDS.has(field)));
}

/**
 * The previous values of the changed fields. ASSUMED (`previous_data` of a field that had no
 * value): null for a field that was missing. Confirmed by the event of a first custom value.
 */
function differences(before: Shown, after: Shown): Shown {
	const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
	const changed = fields.filter(
		(field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
	);
	return Object.fromEntries(changed.map((field) => [field, before[field] ?? null]));
}

/**
 * The activity that Close creates when a lead's status changes (Close docs, lead status changes).
 */
function statusChange(
	leadId: string,
	before: Shown,
	after: Shown,
	userId: string | null,
): EventDetails {
	const id = newId('acti');
	const at = timestamp(Date.now());
	const data = {
		_type: 'LeadStatusChange',
		id,
		lead_id: leadId,
		contact_id: null,
		old_status_id: before.status_id,
		old_status_label: before.status_label,
		new_status_id: after.status_id,
		new_status_label: after.status_label,
		organization_id: organizationId,
		user_id: userId,
		user_name: after.updated_by_name,
		created_by: userId,
		created_by_name: after.updated_by_name,
		updated_by: userId,
		updated_by_name: after.updated_by_name,
		date_created: at,
		date_updated: at,
		activity_at: at,
	};
	return {
		objectType: 'activity.lead_status_change',
		action: 'created',
		objectId: id,
		leadId,
		data,
		previousData: {},
		changedFields: [],
	};
}

/**
 * The events of one object's change (Close docs, list of event types). A create has no
 * previous_data and no changed_fields, and a delete has data null (recorded webhooks). The sandbox
 * omits the events of a deleted lead's activities.
 */
function eventsOf(change: ObjectChange, userId: string | null): EventDetails[] {
	const { objectType, objectId, leadId, before, after } = change;
	const object = { objectType, objectId, leadId };
	if (!before) {
		if (!after) return [];
		return [{ ...object, action: 'created', data: after, previousData: {}, changedFields: [] }];
	}
	if (!after) {
		return [{ ...object, action: 'deleted', data: null, previousData: before, changedFields: [] }];
	}
	const previousData = differences(before, after);
	const changedFields = Object.keys(previousData);
	if (changedFields.every((field) => SECONDARY_FIELDS.has(field))) return [];
	const updated = { ...object, action: 'updated', data: after, previousData, changedFields };
	if (objectType !== 'lead' || before.status_id === after.status_id) return [updated];
	return [updated, statusChange(leadId, before, after, userId)];
}

/**
 * The events of one write: of the leads, then of their contacts. A merge is an update of the destination (if it changed), a delete of the
 * source and `merged` for the destination; all of them name both leads in `meta` (Close docs, list
 * of event types). ASSUMED (the events of a merge, and their order): this order, and that `merged`
 * has only the destination's data. Confirmed by the log of one merge.
 */
export function eventsOfWrite(
	{ objects, merge }: Changes,
	{ userId }: EventOrigin,
): EventDetails[] {
	const events = objects.flatMap((change) => eventsOf(change, userId));
	if (!merge) return events;
	const { source, destination } = merge;
	const merged: EventDetails = {
		objectType: 'lead',
		action: 'merged',
		objectId: destination,
		leadId: destination,
		data: objects.find(({ objectId }) => objectId === destination)?.after ?? null,
		previousData: {},
		changedFields: [],
	};
	const meta = { merge_source_lead_id: source, merge_destination_lead_id: destination };
	return [...events, merged].map((event) => ({ ...event, meta }));
}
