import type { IDataObject } from 'n8n-workflow';
import { parseInstant } from '../../shared/values/dates';
import { isObject, getOwn, asText, asTexts } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { toRawOutput } from '../../shared/actions/outcome/outcome';
import { readSimplify } from '../../shared/parameters/triggerParameters';
import type { ParameterContext } from '../../shared/parameters/triggerParameters';
import { simplifyLead } from '../lead/lead';
import { fieldKeys } from './description';

/** Which events start the workflow, and how they come out. */
export interface Wanted {
	/** Such as `lead.created`. */
	events: ReadonlySet<string>;
	/** Keys one of which has to have changed in an update; empty for any. */
	changedKeys: readonly string[];
	simplify: boolean;
}

export function readWanted(context: ParameterContext): Wanted {
	const fields = asTexts(context.getNodeParameter('changedFields', []));
	return {
		events: new Set(asTexts(context.getNodeParameter('triggerOn', []))),
		changedKeys: fields.flatMap((field) => fieldKeys.get(field) ?? [`custom.${field}`]),
		simplify: readSimplify(context),
	};
}

/** `lead.updated` and the like; the envelope is in Close's docs, webhooks. */
export function nameOf(event: JsonObject): string {
	return `${asText(event.object_type) ?? ''}.${asText(event.action) ?? ''}`;
}

/**
 * When an event happened last, in ISO 8601 and UTC: updates that follow one another are one event.
 * Close writes the times of events in UTC without saying so.
 */
export function momentOf(event: JsonObject): string | undefined {
	const instant = parseInstant(asText(event.date_updated) ?? asText(event.date_created), 'UTC');
	return instant.ok ? new Date(instant.epochMs).toISOString() : undefined;
}

/** By what a telling of an event is known. */
export interface EventIds {
	id: string;
	/** By what earlier versions of this package knew it. */
	legacyId: string;
}

/**
 * What makes two tellings the same. Close joins further updates to one that it has told, or shown in
 * its log, already: the event keeps its ID, and is news again.
 */
export function idsOf(event: JsonObject): EventIds | undefined {
	const legacyId = asText(event.id);
	if (legacyId === undefined) return undefined;
	const id = event.action === 'updated' ? `${legacyId} ${momentOf(event) ?? ''}` : legacyId;
	return { id, legacyId };
}

/** Whether an event is one that starts the workflow. */
export function isWanted(event: JsonObject, { events, changedKeys }: Wanted): boolean {
	if (!events.has(nameOf(event))) return false;
	if (event.action !== 'updated' || changedKeys.length === 0) return true;
	const changed = new Set(asTexts(event.changed_fields));
	return changedKeys.some((key) => changed.has(key));
}

/** The lead that an event is about, as it tells it: after a deletion, as it was before. */
export function leadIn(event: JsonObject): JsonObject {
	const holds = (value: unknown): value is JsonObject =>
		isObject(value) && Object.keys(value).length > 0;
	if (holds(event.data)) return event.data;
	return holds(event.previous_data) ? event.previous_data : {};
}

/** The lead's ID in an event. */
export function leadIdOf(event: JsonObject): string | undefined {
	return asText(event.lead_id) ?? asText(event.object_id);
}

/** An event under the names that all nodes of this package use, or as Close sent it. */
export function toOutput(event: JsonObject, lead: JsonObject, simplify: boolean): IDataObject {
	const about = {
		event: nameOf(event),
		eventId: asText(event.id) ?? null,
		occurredAt: momentOf(event) ?? null,
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
