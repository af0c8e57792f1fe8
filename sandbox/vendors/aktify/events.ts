/** Event types of version 1 webhooks (Aktify docs, webhooks v1). */
export const EVENT_TYPES_V1 = ['dnc.created', 'webchat.lead.created'] as const;

/** Event types of version 2 webhooks (Aktify docs, webhooks v2). */
export const EVENT_TYPES_V2 = [
	'dnc.created',
	'campaign.lead_created',
	'lead.landline_detected',
	'lead.message_sent',
	'lead.message_received',
	'lead.message_delivered',
	'lead.conversation_started',
	'lead.carrier_optout_received',
	'lead.carrier_optin_received',
	'lead.carrier_help_received',
	'lead.call_initiated',
	'lead.call_received',
	'lead.call_scheduled',
	'lead.call_ended',
	'lead.call_transferred',
	'lead.call_key_pressed',
	'lead.link_sent',
	'lead.link_delivered',
	'lead.link_clicked',
] as const;

export type AktifyEventType = (typeof EVENT_TYPES_V1)[number] | (typeof EVENT_TYPES_V2)[number];

export type PayloadVersion = 'v1' | 'v2';

/** True when webhooks of this version have the event. */
export function hasEvent(version: PayloadVersion, type: string): boolean {
	const types: readonly string[] = version === 'v1' ? EVENT_TYPES_V1 : EVENT_TYPES_V2;
	return types.includes(type);
}

/** Something that happened to a phone number. */
export interface AktifyEvent {
	/** The sandbox's own ID; Aktify's payloads have none. */
	id: string;
	type: AktifyEventType;
	campaign: string;
	/** E.164. */
	phone: string;
	/** Epoch in milliseconds. */
	at: number;
	/** The fields sent with the lead; empty for a number without a lead. */
	lead: Record<string, unknown>;
	/** Merged into the data of the payload. */
	more: Record<string, unknown>;
}

/**
 * ASSUMED: the fields of messages, calls and links, whose pages were not available. Confirmed by
 * one delivery of each.
 */
const ASSUMED_DATA: Partial<Record<AktifyEventType, Record<string, unknown>>> = {
	'lead.message_sent': { message: 'Hello, is now a good time?' },
	'lead.message_received': { message: 'Yes' },
	'lead.message_delivered': { message: 'Hello, is now a good time?' },
	'lead.call_ended': { durationSeconds: 42 },
	'lead.call_key_pressed': { key: '1' },
	'lead.link_sent': { link: 'https://shortlink.aktify.com/a1b2c3d4' },
	'lead.link_delivered': { link: 'https://shortlink.aktify.com/a1b2c3d4' },
	'lead.link_clicked': { link: 'https://shortlink.aktify.com/a1b2c3d4' },
};

const pickDefined = (from: Record<string, unknown>, keys: string[]) =>
	Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]));

function dataOf({ type, phone, at, lead, more }: AktifyEvent, version: PayloadVersion) {
	// ASSUMED: times are ISO 8601 in UTC. Confirmed by one dnc.created webhook.
	const dnc = type === 'dnc.created' ? { dncTimestamp: new Date(at).toISOString() } : {};
	const hasNames = type === 'campaign.lead_created' || type === 'webchat.lead.created';
	const names = hasNames ? ['firstName', 'lastName'] : [];
	return {
		...(version === 'v1' ? { phoneNumber: phone } : { phone }),
		...pickDefined(lead, ['externalLeadId', ...names]),
		...dnc,
		...ASSUMED_DATA[type],
		...more,
	};
}

/**
 * The payload of an event (Aktify docs, webhooks v1 and v2). ASSUMED: campaignId is the campaign's
 * name in the sandbox, webchat.lead.created has the phone and names, and any other event without
 * documented data has `phone` and `externalLeadId`, as dnc.created does. Confirmed by one webhook
 * of each event.
 */
export function payloadOf(event: AktifyEvent, version: PayloadVersion): Record<string, unknown> {
	const data = dataOf(event, version);
	if (version === 'v1') return { apiVersion: '2021-08-23', type: event.type, data };
	const metadata = {
		apiVersion: '2026-02-09',
		eventType: event.type,
		campaignId: event.campaign,
		eventTime: new Date(event.at).toISOString(),
	};
	return { metadata, data };
}
