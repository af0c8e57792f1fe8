import type { IDataObject } from 'n8n-workflow';
import { asObjects, asText, getOwn, toRawOutput, type JsonObject } from '../../shared/values/json';
import { simplifyLead } from '../lead/lead';
import {
	changedFieldsOf,
	dataOf,
	eventTimeOf,
	isOfLead,
	kindOf,
	leadIdOf,
	mergeOf,
} from './events';

const HIDDEN =
	'Close shows what an event is about for one hour only to users who are not administrators';

/** The lead of an event, with what the event itself says. @param lead as it is now, if it was read */
function leadOf(event: JsonObject, lead: JsonObject = {}): JsonObject {
	const data = dataOf(event);
	if (isOfLead(event)) return { ...lead, ...data };
	switch (event.object_type) {
		case 'contact':
			return { ...lead, ...onlyContact(contactOf(event, lead)) };
		case 'activity.lead_status_change':
			if (data === undefined) return lead;
			return { ...lead, status_label: data.new_status_label, status_id: data.new_status_id };
		case 'unsubscribed_email':
			return { ...lead, primary_email: data };
		default:
			return lead;
	}
}

/** The contact of an event about one: what the event says, or the contact as it is now. */
function contactOf(event: JsonObject, lead: JsonObject): JsonObject | undefined {
	return dataOf(event) ?? asObjects(lead.contacts).find(({ id }) => id === event.object_id);
}

/** Fields of a lead that make a contact its only one. */
const onlyContact = (contact: JsonObject | undefined): JsonObject => ({
	contacts: contact === undefined ? [] : [contact],
	primary_phone: undefined,
	primary_email: undefined,
});

/** The status before: in `previous_data` of an update of the lead, in `data` of a change of the status. */
function previousStatusOf(event: JsonObject, what: 'id' | 'label'): string | undefined {
	return isOfLead(event)
		? asText(getOwn(event.previous_data, `status_${what}`))
		: asText(getOwn(event.data, `old_status_${what}`));
}

/** What is not as the user would expect. */
function noteOn(event: JsonObject, lead: JsonObject | undefined): string | null {
	if (dataOf(event) !== undefined) return null;
	if (lead !== undefined) return `${HIDDEN}: the fields are those of the lead as it is now`;
	return leadIdOf(event) === undefined
		? `${HIDDEN}: nothing more is known`
		: `${HIDDEN}: only the ID of the lead is known`;
}

/** An event in the field names that all nodes of this package use, or as Close sent it. @param lead as it is now, if it was read */
export function toOutput(
	event: JsonObject,
	lead: JsonObject | undefined,
	simplify: boolean,
): IDataObject {
	const about = {
		event: kindOf(event),
		eventId: asText(event.id) ?? null,
		occurredAt: eventTimeOf(event) ?? null,
	};
	if (!simplify) return { ...about, ...toRawOutput(event) };
	const { mergedLeadId, mergedInto } = mergeOf(event);
	const contactId = event.object_type === 'contact' ? asText(event.object_id) : undefined;
	return {
		...about,
		...simplifyLead(leadOf(event, lead)),
		leadId: leadIdOf(event) ?? null,
		contactId: contactId ?? null,
		previousStatus: previousStatusOf(event, 'label') ?? null,
		previousStatusId: previousStatusOf(event, 'id') ?? null,
		changedFields: changedFieldsOf(event) ?? [],
		mergedLeadId: mergedLeadId ?? null,
		mergedInto: mergedInto ?? null,
		bulkActionId: asText(getOwn(event.meta, 'bulk_action_id')) ?? null,
		userId: asText(event.user_id) ?? null,
		note: noteOn(event, lead),
	};
}
