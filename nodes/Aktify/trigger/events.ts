import type { IDataObject } from 'n8n-workflow';
import { isoUtc, parseInstant } from '../../shared/values/dates';
import {
	isObject,
	getOwn,
	asText,
	toRawOutput,
	toDataObject,
	type JsonObject,
} from '../../shared/values/json';

/** An event in one of Aktify's envelopes, or in a custom payload. */
export interface AktifyEvent {
	/** Such as `lead.call_ended`; undefined if a custom payload has none. */
	name: string | undefined;
	campaignId: string | undefined;
	/** When it happened, in Aktify's format. */
	time: string | undefined;
	data: JsonObject;
	body: JsonObject;
}

/** Reads v1 (`{ apiVersion, type, data }`), v2 (`{ metadata, data }`; Aktify API page, Webhooks) and custom payloads. */
export function readEvent(body: unknown): AktifyEvent | undefined {
	if (!isObject(body)) return undefined;
	const { metadata } = body;
	const data = isObject(body.data) ? body.data : body;
	return {
		name: asText(getOwn(metadata, 'eventType')) ?? asText(body.type) ?? asText(body.eventType),
		// webchat.lead.created of v1 has campaign and time in its data (Aktify docs, WebChat Events).
		campaignId: asText(getOwn(metadata, 'campaignId')) ?? asText(data.campaignId),
		time:
			asText(getOwn(metadata, 'eventTime')) ??
			asText(data.dncTimestamp) ??
			asText(body.eventTime) ??
			asText(data.timestamp),
		data,
		body,
	};
}

/** Keys of `data` that have their own field in the simplified event. */
const MAPPED_KEYS = new Set(['phone', 'phoneNumber', 'externalLeadId', 'firstName', 'lastName']);

/** Keys of the body around `data` in Aktify's envelopes. */
const ENVELOPE_KEYS = new Set(['apiVersion', 'type', 'metadata', 'data']);

/** Everything else that an event says, also beside `data`, where webchat leads have `customData`. */
function detailsOf({ data, body }: AktifyEvent): IDataObject {
	const around = data === body ? [] : Object.entries(body);
	return toDataObject(
		Object.fromEntries([
			...around.filter(([key]) => !ENVELOPE_KEYS.has(key)),
			...Object.entries(data).filter(([key]) => !MAPPED_KEYS.has(key)),
		]),
	);
}

/** A time in ISO 8601 and UTC; unchanged if it is not a date. */
function toIsoTime(time: string | undefined): string | null {
	if (time === undefined) return null;
	const instant = parseInstant(time, 'UTC');
	return instant.ok ? isoUtc(instant.epochMs) : time;
}

/** An event in the field names that all nodes of this package use, or as Aktify sent it. */
export function toOutput(event: AktifyEvent, simplify: boolean): IDataObject {
	const { name, campaignId, time, data, body } = event;
	const about = { event: name ?? null, occurredAt: toIsoTime(time) };
	if (!simplify) return { ...about, ...toRawOutput(body) };
	const names = [asText(data.firstName), asText(data.lastName)].filter(Boolean);
	return {
		...about,
		// Webhooks v2 have `phone`, v1 `phoneNumber`; both E.164.
		phoneNumber: asText(data.phone) ?? asText(data.phoneNumber) ?? null,
		leadId: asText(data.externalLeadId) ?? null,
		contactName: names.join(' ') || null,
		campaignId: campaignId ?? null,
		details: detailsOf(event),
	};
}
