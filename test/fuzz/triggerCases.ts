import type { INodeParameters } from 'n8n-workflow';
import {
	aktifyAccounts,
	autocallsAccounts,
	closeAccounts,
	closeFields,
	signAktify,
	signClose,
	squadVoiceAccounts,
} from '../../sandbox';
import type { SandboxState } from '../../sandbox';
import type { StoredCredentials } from '../support/engine';

const webhookToken = aktifyAccounts.one.webhookToken;
/** What must not be in any message. */
export const triggerSecrets = [
	...[aktifyAccounts.one.key, aktifyAccounts.one.clientSecret, webhookToken],
	...[autocallsAccounts.one.key, closeAccounts.one.key, squadVoiceAccounts.v4.token],
];

/** A trigger, its parameters, and what its vendor sends. */
export interface TriggerCase {
	title: string;
	node: string;
	parameters: INodeParameters;
	credentials: (url: string) => StoredCredentials;
	/** `METHOD /path` of the requests that it may make while published, polling and receiving. */
	sends: RegExp;
	/** Two identical bodies may be two events. */
	mayRepeat?: boolean;
	/** An event as the vendor sends it. */
	event?: Record<string, unknown>;
	/** Signs a request to its webhook as the vendor does. */
	sign?: (
		webhookUrl: string,
		body: string,
		world: SandboxState,
	) => { url: string; headers: Record<string, string> };
}

const squadVoice = (url: string): StoredCredentials => ({
	leadDispatchSquadVoiceApi: {
		apiVersion: 'v4',
		baseUrl: `${url}/squadvoice`,
		accessToken: squadVoiceAccounts.v4.token,
		webhookToken,
	},
});
const aktify = (url: string): StoredCredentials => ({
	leadDispatchAktifyApi: {
		baseUrl: `${url}/aktify`,
		apiKey: aktifyAccounts.one.key,
		clientSecret: aktifyAccounts.one.clientSecret,
		webhookToken,
	},
});
const autocalls = (url: string): StoredCredentials => ({
	leadDispatchAutocallsApi: { baseUrl: `${url}/autocalls`, apiKey: autocallsAccounts.one.key },
});
const close = (url: string): StoredCredentials => ({
	leadDispatchCloseApi: { baseUrl: `${url}/close`, apiKey: closeAccounts.one.key },
});
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Every trigger in every mode. */
export const triggerCases: TriggerCase[] = [
	{
		title: 'SquadVoice by polling',
		node: 'squadVoiceTrigger',
		parameters: { source: 'polling', campaign: byId('V4CAMP'), options: { lookBack: 10 } },
		credentials: squadVoice,
		sends: /^GET \/squadvoice\/api\/v4\/leads\/responses\/[\w-]{1,100}\/$/,
	},
	{
		title: 'SquadVoice by webhook',
		node: 'squadVoiceTrigger',
		parameters: { source: 'webhook', campaign: byId('V4CAMP'), options: {} },
		credentials: squadVoice,
		sends: /^GET \/squadvoice\/api\/v4\/leads\/responses\/[\w-]{1,100}\/$/,
		event: {
			lead_id: 'a',
			campaign_id: 'V4CAMP',
			phone_number: '+919810001000',
			processed_at: '2026-01-02T03:04:05Z',
			call_attempt_keys: ['x'],
			last_call_attempt_keys: ['y'],
			lead_responses: { q: 'a' },
		},
		sign: (webhookUrl) => ({ url: `${webhookUrl}?token=${webhookToken}`, headers: {} }),
	},
	{
		title: 'Aktify by signature',
		node: 'aktifyTrigger',
		parameters: { verifyWith: 'signature', triggerOn: ['dnc.created'], options: {} },
		credentials: aktify,
		sends: /^nothing$/,
		event: {
			metadata: { eventType: 'dnc.created', eventTime: '2026-01-02T03:04:05Z', campaignId: 'one' },
			data: { phone: '+12062000000', externalLeadId: 'a', firstName: 'A', lastName: 'B' },
		},
		sign: (webhookUrl, body) => ({
			url: webhookUrl,
			headers: signAktify(aktifyAccounts.one.clientSecret, body, Date.now(), 'v2'),
		}),
	},
	{
		title: 'Aktify by token',
		mayRepeat: true,
		node: 'aktifyTrigger',
		parameters: { verifyWith: 'token', triggerOn: ['dnc.created'], options: { simplify: false } },
		credentials: aktify,
		sends: /^nothing$/,
		event: { eventType: 'dnc.created', eventTime: '2026-01-02T03:04:05Z', phone: '+12062000000' },
		sign: (webhookUrl) => ({
			url: webhookUrl,
			headers: { 'x-webhook-token': webhookToken },
		}),
	},
	{
		title: 'Autocalls by webhook',
		node: 'autocallsTrigger',
		parameters: { triggerOn: 'callEnded', assistants: ['501'], options: {} },
		credentials: autocalls,
		sends:
			/^(GET \/autocalls\/user\/(assistants\/get|leads)|POST \/autocalls\/user\/assistants\/(enable|disable)-webhook)$/,
		event: {
			id: 1,
			status: 'completed',
			lead: { id: 2, phone_number: '+12062000000', campaign: { id: 1 }, variables: {} },
			extracted_variables: { status: 'x', summary: 'y' },
			duration: 3,
		},
		sign: (_webhookUrl, _body, world) => ({
			url: world.autocalls.assistants.get(501)?.webhookUrl ?? '',
			headers: {},
		}),
	},
	{
		title: 'Autocalls by polling',
		node: 'autocallsTrigger',
		parameters: {
			triggerOn: 'leadStatusChanged',
			campaign: byId('1'),
			statuses: ['completed'],
			options: {},
		},
		credentials: autocalls,
		sends:
			/^(GET \/autocalls\/user\/(assistants\/get|leads)|POST \/autocalls\/user\/assistants\/(enable|disable)-webhook)$/,
	},
	{
		title: 'Close',
		node: 'closeTrigger',
		parameters: {
			authentication: 'apiKey',
			triggerOn: ['lead.created', 'lead.updated'],
			changedFields: ['name', closeFields.text.id],
			options: {},
		},
		credentials: close,
		sends: /^(GET|POST|PUT|DELETE) \/close\/(webhook\/(whsub_\w+\/)?|event\/|lead\/[^/]+\/)$/,
		event: {
			event: {
				id: 'ev_1',
				object_type: 'lead',
				action: 'updated',
				lead_id: 'lead_1',
				date_updated: '2026-01-02T03:04:05.000000',
				changed_fields: ['name'],
				data: { id: 'lead_1', name: 'A' },
				previous_data: { status_label: 'x' },
			},
		},
		sign: (webhookUrl, body, world) => {
			const own = [...world.close.webhooks.subscriptions.values()];
			const { signatureKey = '' } = own.find(({ url }) => url === webhookUrl) ?? {};
			return { url: webhookUrl, headers: { ...signClose(signatureKey, body, Date.now()) } };
		},
	},
];
