import type { IDataObject } from 'n8n-workflow';
import { isoUtc, parseInstant } from '../../shared/values/dates';
import { isObject, getOwn, asText } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { toRawOutput } from '../../shared/actions/outcome/outcome';

/** An event in either envelope, or in a payload of the user's own. */
export interface AktifyEvent {
	/** Such as `lead.call_ended`; undefined where a custom payload names none. */
	name: string | undefined;
	campaignId: string | undefined;
	/** When it happened, as Aktify wrote it. */
	time: string | undefined;
	data: JsonObject;
	body: JsonObject;
}

/**
 * Reads the envelopes of webhooks v1 (`{ apiVersion, type, data }`) and v2 (`{ metadata, data }`),
 * Aktify docs, webhooks. A custom payload has whatever its template says.
 */
export function readEvent(body: unknown): AktifyEvent | undefined {
	if (!isObject(body)) return undefined;
	const { metadata } = body;
	const data = isObject(body.data) ? body.data : body;
	return {
		name: asText(getOwn(metadata, 'eventType')) ?? asText(body.type) ?? asText(body.eventType),
		campaignId: asText(getOwn(metadata, 'campaignId')),
		time:
			asText(getOwn(metadata, 'eventTime')) ?? asText(data.dncTimestamp) ?? asText(body.eventTime),
		data,
		body,
	};
}

/** Keys of `data` that have a place of their own in the simplified event. */
const placed = new Set(['phone', 'phoneNumber', 'externalLeadId', 'firstName', 'lastName']);

/** A time in ISO 8601 and UTC; as it was written where it is no date. */
function moment(time: string | undefined): string | null {
	if (time === undefined) return null;
	const instant = parseInstant(time, 'UTC');
	return instant.ok ? isoUtc(instant.epochMs) : time;
}

/** An event under the names that all nodes of this package use, or as Aktify sent it. */
export function toOutput(event: AktifyEvent, simplify: boolean): IDataObject {
	const { name, campaignId, time, data, body } = event;
	const about = { event: name ?? null, occurredAt: moment(time) };
	if (!simplify) return { ...about, ...toRawOutput(body) };
	const names = [asText(data.firstName), asText(data.lastName)].filter(Boolean);
	const details = Object.entries(data).filter(([key]) => !placed.has(key));
	return {
		...about,
		// v2 says phone, v1 says phoneNumber; both are E.164.
		phoneNumber: asText(data.phone) ?? asText(data.phoneNumber) ?? null,
		leadId: asText(data.externalLeadId) ?? null,
		contactName: names.join(' ') || null,
		campaignId: campaignId ?? null,
		details: JSON.parse(JSON.stringify(Object.fromEntries(details))),
	};
}
