import { organizationId } from './accounts';
import type { News, Origin } from './events';
import { newId } from './ids';
import type { LeadChange, Merge } from './leadChanges';
import type { CloseLead } from './model';
import { showLead, timestamp, type Shown } from './render';
import type { CloseState } from './state';

/** Fields of a lead that come from elsewhere: contacts, tasks, opportunities, what the app shows. */
const foreign = new Set([
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

/** Fields that never make an update by themselves, though they are told with one. */
const companions = new Set(['date_updated', 'updated_by', 'updated_by_name', 'display_name']);

/**
 * What an event says of a lead; undefined for one that is gone. ASSUMED: its own fields, contact_ids
 * and custom fields, and not what its other objects hold; one event of a real lead would tell.
 */
export function leadData(state: CloseState, lead: CloseLead): Shown | undefined {
	if (!state.leads.has(lead.id)) return undefined;
	const shown = Object.entries(showLead(state, lead));
	return Object.fromEntries(shown.filter(([field]) => !foreign.has(field)));
}

/** What changed, by field, as it was before; null for what was not there (ASSUMED). */
function differences(before: Shown, after: Shown): Shown {
	const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
	const changed = fields.filter(
		(field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
	);
	return Object.fromEntries(changed.map((field) => [field, before[field] ?? null]));
}

/**
 * The activity that Close writes down when a lead's status changes (Close docs, lead status changes).
 */
function statusChange(leadId: string, before: Shown, after: Shown, userId: string | null): News {
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
 * What one lead's change is news of (Close docs, list of event types). ASSUMED: a create has no
 * previous_data and no changed_fields, a delete has data null. The sandbox leaves out the events of a
 * deleted lead's contacts and activities.
 */
function newsOf({ leadId, before, after }: LeadChange, userId: string | null): News[] {
	const lead = { objectType: 'lead', objectId: leadId, leadId };
	if (!before) {
		if (!after) return [];
		return [{ ...lead, action: 'created', data: after, previousData: {}, changedFields: [] }];
	}
	if (!after) {
		return [{ ...lead, action: 'deleted', data: null, previousData: before, changedFields: [] }];
	}
	const previousData = differences(before, after);
	const changedFields = Object.keys(previousData);
	if (changedFields.every((field) => companions.has(field))) return [];
	const updated = { ...lead, action: 'updated', data: after, previousData, changedFields };
	if (before.status_id === after.status_id) return [updated];
	return [updated, statusChange(leadId, before, after, userId)];
}

/**
 * The news of one write. A merge is an update of the destination (if it changed), a delete of the
 * source and `merged` for the destination; all of them name both leads in `meta` (Close docs, list of
 * event types). ASSUMED: that order, and that a merge comes with the destination's data alone.
 */
export function newsOfWrite(
	changes: LeadChange[],
	merge: Merge | undefined,
	{ userId }: Origin,
): News[] {
	const news = changes.flatMap((change) => newsOf(change, userId));
	if (!merge) return news;
	const { source, destination } = merge;
	const merged: News = {
		objectType: 'lead',
		action: 'merged',
		objectId: destination,
		leadId: destination,
		data: changes.find(({ leadId }) => leadId === destination)?.after ?? null,
		previousData: {},
		changedFields: [],
	};
	const meta = { merge_source_lead_id: source, merge_destination_lead_id: destination };
	return [...news, merged].map((one) => ({ ...one, meta }));
}
