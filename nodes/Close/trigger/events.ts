import type { IDataObject } from 'n8n-workflow';
import { parseInstant } from '../../shared/values/dates';
import {
	isObject,
	getOwn,
	asText,
	asTexts,
	toRawOutput,
	type JsonObject,
} from '../../shared/values/json';
import {
	TriggerParameters,
	type ParameterContext,
} from '../../shared/parameters/triggerParameters';
import { simplifyLead } from '../lead/lead';
import { readId } from '../transport/vendor';
import { fieldKeys, triggerFields } from './description';

/** Which events start the workflow, and how they are output. */
export interface EventSelection {
	/** Kinds, such as `lead.created`. */
	events: ReadonlySet<string>;
	/** An update counts if one of these keys changed; empty for any. */
	changedKeys: readonly string[];
	simplify: boolean;
}

/** @throws NodeOperationError for an option that is not understood */
export const parametersOf = (context: ParameterContext) =>
	new TriggerParameters(context, triggerFields);

/** @throws InvalidInputError for a field that Close does not have */
export function readSelection(context: ParameterContext): EventSelection {
	const parameters = parametersOf(context);
	const label = 'Changed Field Names or IDs';
	const fields = parameters.entries('changedFields', label, 'Changed Field');
	return {
		events: new Set(asTexts(parameters.value('triggerOn'))),
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

export function isSelected(event: JsonObject, { events, changedKeys }: EventSelection): boolean {
	if (!events.has(kindOf(event))) return false;
	if (event.action !== 'updated' || changedKeys.length === 0) return true;
	const changed = new Set(asTexts(event.changed_fields));
	return changedKeys.some((key) => changed.has(key));
}

/** The lead in an event; of a deleted one, its last data. */
export function leadIn(event: JsonObject): JsonObject {
	const isFilled = (value: unknown): value is JsonObject =>
		isObject(value) && Object.keys(value).length > 0;
	if (isFilled(event.data)) return event.data;
	return isFilled(event.previous_data) ? event.previous_data : {};
}

export function leadIdOf(event: JsonObject): string | undefined {
	return asText(event.lead_id) ?? asText(event.object_id);
}

/** An event in the field names that all nodes of this package use, or as Close sent it. */
export function toOutput(event: JsonObject, lead: JsonObject, simplify: boolean): IDataObject {
	const about = {
		event: kindOf(event),
		eventId: asText(event.id) ?? null,
		occurredAt: eventTimeOf(event) ?? null,
	};
	if (!simplify) return { ...about, ...toRawOutput(event) };
	const previous = getOwn(event.previous_data, 'status_label');
	return {
		...about,
		...simplifyLead(lead),
		leadId: leadIdOf(event) ?? null,
		previousStatus: asText(previous) ?? null,
		changedFields: asTexts(event.changed_fields),
		userId: asText(event.user_id) ?? null,
	};
}
