import type { IDataObject } from 'n8n-workflow';
import {
	aktifyAccounts,
	signAktify,
	type AktifyEventType,
	type Attempt,
	type WebhookConfig,
	type SandboxState,
} from '../../../sandbox';
import {
	bodiesTo,
	MAX_REPLAYED,
	newPhone,
	part,
	type InvalidRequest,
	type TriggerFixture,
} from './TriggerFixture';

const { clientSecret, webhookToken, campaign } = aktifyAccounts.one;

const signed = (version: 'v1' | 'v2', events: AktifyEventType[]): Omit<WebhookConfig, 'url'> => ({
	clientSecret,
	version,
	signature: version,
	events,
});

/** The user's own ID of a lead, which may be absent. */
const textOf = (value: unknown) => (typeof value === 'string' ? value : null);

/** A format in which Aktify sends webhooks. */
interface WebhookFormat {
	name: string;
	/** A campaign of its own, so that the formats do not report each other's events. */
	scope: string;
	config: Omit<WebhookConfig, 'url'>;
	verifyWith: 'signature' | 'token';
	headersFor(body: string): Record<string, string>;
	/** The item that the trigger outputs for a body. */
	read(body: Record<string, unknown>): IDataObject;
	/** Causes events of the lead with this number. */
	play(world: SandboxState, phone: string): void;
}

const v2: WebhookFormat = {
	name: 'Aktify, signature v2',
	scope: campaign,
	config: signed('v2', ['campaign.lead_created', 'lead.call_ended', 'dnc.created']),
	verifyWith: 'signature',
	headersFor: (body) => signAktify(clientSecret, body, Date.now(), 'v2'),
	read: ({ metadata, data }) => ({
		event: String(part(metadata).eventType),
		phoneNumber: String(part(data).phone),
		leadId: textOf(part(data).externalLeadId),
	}),
	play({ aktify }, phone) {
		aktify.accept(campaign, phone, { phone, externalLeadId: `lead ${phone}`, firstName: 'Zoë' });
		aktify.play(campaign, phone, 'lead.call_ended');
		aktify.play(campaign, phone, 'dnc.created');
	},
};

const v1: WebhookFormat = {
	name: 'Aktify, signature v1',
	scope: aktifyAccounts.two.campaign,
	config: signed('v1', ['webchat.lead.created']),
	verifyWith: 'signature',
	headersFor: (body) => signAktify(clientSecret, body, Date.now(), 'v1'),
	read: ({ type, data }) => ({
		event: String(type),
		phoneNumber: String(part(data).phoneNumber),
		leadId: textOf(part(data).externalLeadId),
	}),
	play({ aktify }, phone) {
		aktify.play(v1.scope, phone, 'webchat.lead.created', { externalLeadId: `lead ${phone}` });
	},
};

const token: WebhookFormat = {
	name: 'Aktify, custom payload with a token',
	scope: aktifyAccounts.two.campaign,
	config: {
		...signed('v2', ['lead.link_clicked']),
		custom: {
			headers: { 'X-Webhook-Token': webhookToken },
			template:
				'{"eventType":"{{ eventType }}","eventTime":"{{ eventTime }}","phone":"{{ phone }}","externalLeadId":"{{ externalLeadId }}"}',
		},
	},
	verifyWith: 'token',
	headersFor: () => ({ 'x-webhook-token': webhookToken }),
	read: ({ eventType, phone, externalLeadId }) => ({
		event: String(eventType),
		phoneNumber: String(phone),
		leadId: textOf(externalLeadId),
	}),
	play({ aktify }, phone) {
		aktify.play(token.scope, phone, 'lead.link_clicked', { externalLeadId: `lead ${phone}` });
	},
};

function fixtureOf(world: SandboxState, format: WebhookFormat): TriggerFixture {
	const { aktify, deliveries } = world;
	let address = '';
	const bodies = () => bodiesTo(world, address);

	/** The vendor's events that went to this webhook. */
	const sentEvents = () =>
		aktify.webhooks.events.filter(
			(event) => event.campaign === format.scope && format.config.events.includes(event.type),
		);
	const send = async (headers: Record<string, string>, body: string): Promise<Attempt[]> => [
		await deliveries.attempt(address, headers, body),
	];

	return {
		name: format.name,
		path: 'aktify',
		node: {
			type: 'aktifyTrigger',
			parameters: { verifyWith: format.verifyWith, triggerOn: format.config.events },
			credentials: {
				leadDispatchAktifyApi: { id: 'ldAktify00000001', name: 'Aktify (sandbox)' },
			},
		},
		fields: ['event', 'phoneNumber', 'leadId'],
		connect(url) {
			aktify.webhooks.configureWebhook(format.scope, { ...format.config, url });
			address = url;
		},
		causeEvents() {
			for (const phone of [newPhone(), newPhone()]) format.play(world, phone);
		},
		expected: () => bodies().map(format.read),
		async replay() {
			const kinds = ['replay', 'redelivery', 'replay'] as const;
			const newest = sentEvents().slice(-MAX_REPLAYED);
			const sent = newest.flatMap(({ id }) =>
				kinds.map(async (kind) => await aktify.webhooks.forge(kind, id)),
			);
			return (await Promise.all(sent)).flat();
		},
		async forge() {
			const body = JSON.stringify({ ...bodies().at(-1), forged: true });
			if (format.verifyWith === 'token') {
				return [
					{ what: 'noToken', attempts: await send({}, body), allowed: [401] },
					{
						what: 'wrongToken',
						attempts: await send({ 'x-webhook-token': `${webhookToken}x` }, body),
						allowed: [401],
					},
				];
			}
			const newest = sentEvents().at(-1)?.id ?? '';
			// Version 1 does not sign the time, so a replay with a new timestamp is valid there.
			const kinds = ['badSignature', 'noSignature', 'oldTimestamp', 'alteredBody'] as const;
			const forgeries = kinds.map(async (what): Promise<InvalidRequest> => {
				const attempts = await aktify.webhooks.forge(what, newest);
				return { what, attempts, allowed: [401] };
			});
			return await Promise.all(forgeries);
		},
		headersFor: format.headersFor,
		// A custom payload may be any object.
		acceptsAnyObject: format.verifyWith === 'token',
	};
}

/** The Aktify trigger with each of its three ways to verify a webhook. */
export const aktifyFixtures = (world: SandboxState): TriggerFixture[] =>
	[v2, v1, token].map((format) => fixtureOf(world, format));
