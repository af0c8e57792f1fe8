import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { run } from '../support/engine';
import type { RunResult, StoredCredentials } from '../support/engine';
import { ActiveTrigger } from '../support/triggers/ActiveTrigger';

/** The sandbox and its accounts. */
export interface Accounts {
	/** The root URL of the sandbox. */
	url: string;
	squadVoice: { token: string; campaign: string };
	aktify: { key: string; clientSecret: string };
	autocalls: { key: string };
	close: { key: string };
}

const LEADS_PER_CYCLE = 100;
const campaign = (id: string) => ({ __rl: true, mode: 'id', value: id });
const options = { defaultCountry: 'US', phoneCheck: 'possible', requestsPerMinute: 0 };

/** The writes, in the order of a lead's life. */
const writes: Array<{ node: keyof Omit<Accounts, 'url'>; parameters: INodeParameters }> = [
	{
		node: 'squadVoice',
		parameters: {
			resource: 'lead',
			operation: 'create',
			campaign: campaign('0PT711'),
			leadId: '={{ $json.id }}',
			phoneNumber: '={{ $json.phone }}',
			contactName: '={{ $json.name }}',
			state: 'CA',
			options,
		},
	},
	{
		node: 'aktify',
		parameters: {
			resource: 'lead',
			operation: 'create',
			phoneNumber: '={{ $json.phone }}',
			state: 'CA',
			additionalFields: { externalLeadId: '={{ $json.id }}' },
			options,
		},
	},
	{
		node: 'autocalls',
		parameters: {
			resource: 'lead',
			operation: 'create',
			campaign: campaign('1'),
			phoneNumber: '={{ $json.phone }}',
			options,
		},
	},
	{
		node: 'close',
		parameters: {
			authentication: 'apiKey',
			resource: 'lead',
			operation: 'create',
			name: '={{ $json.name }}',
			contacts: {
				contact: [{ phones: { phone: [{ phone: '={{ $json.phone }}', type: 'mobile' }] } }],
			},
			options,
		},
	},
	{
		node: 'squadVoice',
		parameters: {
			resource: 'lead',
			operation: 'disable',
			campaign: campaign('0PT711'),
			leadId: '={{ $json.id }}',
			options: { requestsPerMinute: 0 },
		},
	},
	{
		node: 'aktify',
		parameters: {
			resource: 'lead',
			operation: 'disable',
			phoneNumber: '={{ $json.phone }}',
			options,
		},
	},
];

function credentialsOf({ url, squadVoice, aktify, autocalls, close }: Accounts) {
	return {
		squadVoice: {
			leadDispatchSquadVoiceApi: {
				apiVersion: 'v1',
				baseUrl: `${url}/squadvoice`,
				accessToken: squadVoice.token,
			},
		},
		aktify: {
			leadDispatchAktifyApi: {
				baseUrl: `${url}/aktify`,
				apiKey: aktify.key,
				clientSecret: aktify.clientSecret,
			},
		},
		autocalls: {
			leadDispatchAutocallsApi: { baseUrl: `${url}/autocalls`, apiKey: autocalls.key },
		},
		close: { leadDispatchCloseApi: { baseUrl: `${url}/close`, apiKey: close.key } },
	} satisfies Record<string, StoredCredentials>;
}

/** Calls the sandbox's admin interface. */
async function admin(url: string, path: string, body: object = {}, method = 'POST'): Promise<void> {
	const response = await fetch(`${url}/_sandbox/${path}`, {
		method,
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

async function openTriggers(accounts: Accounts): Promise<ActiveTrigger[]> {
	const credentials = credentialsOf(accounts);
	const triggers = [
		await ActiveTrigger.open({
			node: 'closeTrigger',
			parameters: { authentication: 'apiKey', triggerOn: ['lead.created'], options: {} },
			credentials: credentials.close,
		}),
		await ActiveTrigger.open({
			node: 'aktifyTrigger',
			parameters: {
				verifyWith: 'signature',
				triggerOn: ['campaign.lead_created'],
				options: {},
			},
			credentials: credentials.aktify,
		}),
		await ActiveTrigger.open({
			node: 'autocallsTrigger',
			parameters: { triggerOn: 'callEnded', assistants: ['501'], options: {} },
			credentials: credentials.autocalls,
		}),
		await ActiveTrigger.open({
			node: 'squadVoiceTrigger',
			parameters: {
				triggerOn: 'leadProcessed',
				source: 'polling',
				campaign: campaign(accounts.squadVoice.campaign),
				options: {},
			},
			credentials: credentials.squadVoice,
		}),
	];
	for (const trigger of triggers) await trigger.activate();
	return triggers;
}

function assertAll({ items, error }: RunResult, what: string): void {
	const succeeded = items.filter(
		({ json }) => json.outcome === 'created' || json.outcome === 'disabled',
	);
	if (error !== undefined) throw new Error(`${what}: ${error.message}`);
	if (succeeded.length !== LEADS_PER_CYCLE)
		throw new Error(`${what}: ${succeeded.length} of ${LEADS_PER_CYCLE}`);
}

async function waitUntil(done: () => boolean, what: string): Promise<void> {
	for (let attempt = 0; !done(); attempt++) {
		if (attempt > 600) throw new Error(`Some are missing: ${what}`);
		await sleep(25);
	}
}

/**
 * Publishes all triggers, writes a hundred leads to every vendor, has the vendors report an event for each
 * lead, counts them, and removes everything. @throws Error if a lead or an event is missing
 */
export async function runCycle(accounts: Accounts): Promise<{ leads: number; events: number }> {
	const { url } = accounts;
	const credentials = credentialsOf(accounts);
	await admin(url, 'reset');
	const triggers = await openTriggers(accounts);
	try {
		const [close, aktify, autocalls, squadVoice] = triggers;
		await admin(url, 'aktify/webhook', {
			scope: 'account',
			url: aktify?.webhookUrl,
			clientSecret: accounts.aktify.clientSecret,
			version: 'v2',
			signature: 'v2',
		});
		const items: IDataObject[] = Array.from({ length: LEADS_PER_CYCLE }, (_, index) => ({
			id: `S${index}`,
			phone: `+1206${2_000_000 + index}`,
			name: `Person ${index}`,
		}));
		for (const { node, parameters } of writes) {
			const result = await run({ node, parameters, items, credentials: credentials[node] });
			assertAll(result, `${node}.${String(parameters.operation)}`);
			if (node !== 'squadVoice' || parameters.operation !== 'create') continue;
			// In the past, because a poll reads up to the vendor's last full second.
			const at = Date.now() - 2_000;
			await admin(url, 'squadVoice/process', { campaignId: accounts.squadVoice.campaign, at });
		}
		await admin(url, 'autocalls/call', { campaignId: 1 });
		const count = (trigger: ActiveTrigger | undefined) => trigger?.items().length ?? 0;
		await waitUntil(() => count(close) === LEADS_PER_CYCLE, `Close: ${count(close)} events`);
		await waitUntil(() => count(aktify) === LEADS_PER_CYCLE, `Aktify: ${count(aktify)} events`);
		await waitUntil(
			() => count(autocalls) === LEADS_PER_CYCLE,
			`Autocalls: ${count(autocalls)} events`,
		);
		await squadVoice?.poll();
		await waitUntil(
			() => count(squadVoice) === LEADS_PER_CYCLE,
			`SquadVoice: ${count(squadVoice)} leads`,
		);
		const events = triggers.reduce((sum, trigger) => sum + count(trigger), 0);
		for (const trigger of triggers) await trigger.deactivate();
		return { leads: writes.length * LEADS_PER_CYCLE, events };
	} finally {
		for (const trigger of triggers) await trigger.close();
	}
}
