import { parseInstant } from '../../shared/values/dates';
import { isObject, getOwn, asText, asTexts, type JsonObject } from '../../shared/values/json';
import {
	TriggerParameters,
	type ParameterContext,
} from '../../shared/parameters/triggerParameters';
import { readId } from '../transport/vendor';
import { contactsField, fieldKeys, triggerFields } from './description';

/** Which events start the workflow, and how they are output. */
export interface EventSelection {
	/** Kinds, such as `lead.created`. */
	events: ReadonlySet<string>;
	/** An update of a lead counts if one of these keys changed; empty for any. */
	changedKeys: readonly string[];
	simplify: boolean;
}

const CONTACT_UPDATED = 'contact.updated';

/** Kinds that come with one of Trigger On: Close reports a second change of status that soon follows as an update of the first. */
const companions: ReadonlyMap<string, readonly string[]> = new Map([
	['activity.lead_status_change.created', ['activity.lead_status_change.updated']],
]);

/** What changes of a contact that moves to another lead, which the update of that lead reports. */
const MOVED_KEYS = new Set(['lead_id', 'date_updated', 'updated_by', 'updated_by_name']);

/** @throws NodeOperationError for an option that is not understood */
export const parametersOf = (context: ParameterContext) =>
	new TriggerParameters(context, triggerFields);

/** @throws InvalidInputError for a field that Close does not have */
export function readSelection(context: ParameterContext): EventSelection {
	const parameters = parametersOf(context);
	const label = 'Changed Field Names or IDs';
	const fields = parameters.entries('changedFields', label, 'Changed Field');
	const triggerOn = asTexts(parameters.value('triggerOn'));
	const events = triggerOn.flatMap((kind) => [kind, ...(companions.get(kind) ?? [])]);
	// An update of a contact is none of its lead (Close API page, List of Event Types).
	const withContacts = fields.length === 0 || fields.includes(contactsField);
	if (events.includes('lead.updated') && withContacts) events.push(CONTACT_UPDATED);
	return {
		events: new Set(events),
		changedKeys: fields.flatMap(
			(field) => fieldKeys.get(field) ?? [`custom.${readId(field, 'cf', 'Changed Field')}`],
		),
		simplify: parameters.simplify,
	};
}

/** The kind of an event, such as `lead.updated` (envelope: Close API page, Webhooks). */
export function kindOf(event: JsonObject): string {
	return `${asText(event.object_type) ?? ''}.${asText(event.action) ?? ''}`;
}

/** A kind of events as requests name it; the object type may contain dots. */
export function partsOf(kind: string): { object_type: string; action: string } {
	const dot = kind.lastIndexOf('.');
	return { object_type: kind.slice(0, dot), action: kind.slice(dot + 1) };
}

/** When an event last happened, in ISO 8601 and UTC; Close writes it in UTC, without a time zone. */
export function eventTimeOf(event: JsonObject): string | undefined {
	const instant = parseInstant(asText(event.date_updated) ?? asText(event.date_created), 'UTC');
	return instant.ok ? new Date(instant.epochMs).toISOString() : undefined;
}

/** Close joins later updates to an event under the same ID, so the ID of an update includes its time. */
export function eventIdsOf(event: JsonObject): { id: string; legacyId: string } | undefined {
	const legacyId = asText(event.id);
	if (legacyId === undefined) return undefined;
	const id = event.action === 'updated' ? `${legacyId} ${eventTimeOf(event) ?? ''}` : legacyId;
	return { id, legacyId };
}

/** The fields that changed; undefined where an event does not say it, as Close hides its data from some users. */
export function changedFieldsOf(event: JsonObject): string[] | undefined {
	const changed = asTexts(event.changed_fields);
	if (changed.length > 0) return changed;
	const previous = isObject(event.previous_data) ? Object.keys(event.previous_data) : [];
	return previous.length > 0 ? previous : undefined;
}

/** An update that does not say what changed counts as one of every field. */
export function isSelected(event: JsonObject, { events, changedKeys }: EventSelection): boolean {
	const kind = kindOf(event);
	if (!events.has(kind)) return false;
	const changed = changedFieldsOf(event);
	if (changed === undefined) return true;
	if (kind === CONTACT_UPDATED) return changed.some((key) => !MOVED_KEYS.has(key));
	if (kind !== 'lead.updated' || changedKeys.length === 0) return true;
	return changedKeys.some((key) => changed.includes(key));
}

/** The object that an event is about; of a deleted one, its last data. Undefined where Close hides it. */
export function dataOf(event: JsonObject): JsonObject | undefined {
	const isFilled = (value: unknown): value is JsonObject =>
		isObject(value) && Object.keys(value).length > 0;
	if (isFilled(event.data)) return event.data;
	return isFilled(event.previous_data) ? event.previous_data : undefined;
}

/** Whether an event is about a lead itself, and not about its contact, status or email. */
export const isOfLead = (event: JsonObject): boolean => event.object_type === 'lead';

/** The lead of an event; undefined for one of no lead. */
export function leadIdOf(event: JsonObject): string | undefined {
	return asText(event.lead_id) ?? (isOfLead(event) ? asText(event.object_id) : undefined);
}

/** The leads of a merge that an event comes from (Close API page, Event Log: meta). */
export function mergeOf(event: JsonObject): { mergedLeadId?: string; mergedInto?: string } {
	const destination = asText(getOwn(event.meta, 'merge_destination_lead_id'));
	const isDestination = leadIdOf(event) === destination;
	return isDestination
		? { mergedLeadId: asText(getOwn(event.meta, 'merge_source_lead_id')) }
		: { mergedInto: destination };
}
