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

const LINK = 'https://link.akti.fyi/a1b2c3d4';

/**
 * The fields of link and call events, besides the lead's (Aktify docs, Link Events and Call Events).
 * ASSUMED (the fields of message events, of call_ended, call_transferred and call_key_pressed): the
 * text of a message, the result and the type of a call, the key. Confirmed by one delivery of each.
 */
function detailsOf(type: AktifyEventType, at: number): Record<string, unknown> {
	switch (type) {
		case 'lead.message_sent':
		case 'lead.message_delivered':
			return { message: 'Hello, is now a good time?' };
		case 'lead.message_received':
			return { message: 'Yes' };
		case 'lead.call_initiated':
			return { isScheduled: false };
		case 'lead.call_scheduled':
			return { scheduledTime: new Date(at + 7_200_000).toISOString() };
		case 'lead.call_ended':
			return { result: 'answered', type: 'outbound' };
		case 'lead.call_key_pressed':
			return { key: '1' };
		case 'lead.link_sent':
			return { url: LINK };
		case 'lead.link_delivered':
			return { message: `Hello, see ${LINK}` };
		case 'lead.link_clicked':
			return { url: 'https://example.com/offer', shortUrl: LINK };
		default:
			return {};
	}
}

const pickDefined = (from: Record<string, unknown>, keys: string[]) =>
	Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]));

/**
 * The data of webchat.lead.created (Aktify docs, WebChat Events): its time has no zone. ASSUMED (the
 * time zone of webchat leads): UTC. Confirmed by one such lead.
 */
const webchatDataOf = ({ phone, campaign, at, lead, more }: AktifyEvent) => ({
	...pickDefined(lead, ['firstName', 'lastName']),
	phoneNumber: phone,
	campaignId: campaign,
	timestamp: new Date(at).toISOString().replace('Z', '000'),
	...more,
});

function dataOf(event: AktifyEvent, version: PayloadVersion) {
	const { type, phone, at, lead, more } = event;
	if (type === 'webchat.lead.created') return webchatDataOf(event);
	const dnc = type === 'dnc.created' ? { dncTimestamp: new Date(at).toISOString() } : {};
	const names = type === 'campaign.lead_created' ? ['firstName', 'lastName'] : [];
	return {
		...(version === 'v1' ? { phoneNumber: phone } : { phone }),
		...pickDefined(lead, ['externalLeadId', ...names]),
		...dnc,
		...detailsOf(type, at),
		...more,
	};
}

/** What a page may add to its webchat leads (Aktify docs, Custom Data). */
const WEBCHAT_CUSTOM_DATA = { pageId: 'pricing' };

/**
 * The payload of an event (Aktify docs, webhooks v1 and v2); its times are ISO 8601 in UTC, with
 * milliseconds. ASSUMED (the fields of landline_detected): `phone` and `externalLeadId`. Confirmed
 * by one landline.
 */
export function payloadOf(event: AktifyEvent, version: PayloadVersion): Record<string, unknown> {
	const data = dataOf(event, version);
	if (version === 'v1') {
		const isWebchat = event.type === 'webchat.lead.created';
		const customData = isWebchat ? { customData: WEBCHAT_CUSTOM_DATA } : {};
		return { apiVersion: '2021-08-23', type: event.type, data, ...customData };
	}
	const metadata = {
		apiVersion: '2026-02-09',
		eventType: event.type,
		campaignId: event.campaign,
		eventTime: new Date(event.at).toISOString(),
	};
	return { metadata, data };
}
