import { squadVoiceAccounts, type SandboxState } from '../../../sandbox';
import { bodiesTo, MAX_REPLAYED, newPhone, type TriggerFixture } from './TriggerFixture';
import type { TriggerNode } from './TriggerWorkflow';

const { standard, v4 } = squadVoiceAccounts;
const outcome = 'Connected : Not Interested';

let leadCount = 0;

/** Creates two leads and has them called. */
function processSome(world: SandboxState, campaign: string): string[] {
	return [1, 2].map(() => {
		leadCount += 1;
		const leadId = `trigger-${leadCount}`;
		const phoneNumber = campaign === v4.campaign ? `+91989${1_000_000 + leadCount}` : newPhone();
		const lead = { leadId, phoneNumber, contactName: 'Zoë', customFields: {} };
		world.squadVoice.accept(campaign, lead, world.squadVoice.now());
		world.squadVoice.process(campaign, leadId, { outcome });
		return leadId;
	});
}

function itemOf(world: SandboxState, campaign: string, leadId: string) {
	const phoneNumber = world.squadVoice.find(campaign, leadId)?.phoneNumber ?? '';
	return {
		event: 'lead.processed',
		leadId,
		campaignId: campaign,
		phoneNumber,
		callOutcome: outcome,
	};
}

const FIELDS = ['event', 'leadId', 'campaignId', 'phoneNumber', 'callOutcome'];

function nodeOf(
	source: 'polling' | 'webhook',
	campaign: string,
	credential: { id: string; name: string },
): TriggerNode {
	return {
		type: 'squadVoiceTrigger',
		parameters: {
			source,
			campaign: { __rl: true, mode: 'id', value: campaign },
			pollTimes: { item: [{ mode: 'everyMinute' }] },
		},
		credentials: { leadDispatchSquadVoiceApi: credential },
	};
}

/** The API v4 leads that were processed since the triggers were published. */
class V4Events {
	readonly leads: string[] = [];

	constructor(private readonly world: SandboxState) {}

	cause(): void {
		this.leads.push(...processSome(this.world, v4.campaign));
	}
}

function v1Fixture(world: SandboxState): TriggerFixture {
	const leads: string[] = [];
	return {
		name: 'SquadVoice, polling v1',
		node: nodeOf('polling', standard.campaign, {
			id: 'ldSquadVoice0001',
			name: 'SquadVoice (sandbox)',
		}),
		fields: FIELDS,
		// Leads from before the workflow was published are no events.
		prepare: () => void processSome(world, standard.campaign),
		causeEvents: () => void leads.push(...processSome(world, standard.campaign)),
		expected: () => leads.map((leadId) => itemOf(world, standard.campaign, leadId)),
	};
}

function v4WebhookFixture(
	world: SandboxState,
	events: V4Events,
	credential: { id: string; name: string },
): TriggerFixture {
	const { squadVoice, deliveries } = world;
	let address = '';
	let base = '';
	const key = (leadId: unknown) => `${v4.campaign}|${String(leadId)}`;

	return {
		name: 'SquadVoice, webhook v4',
		path: 'lead-processed',
		node: nodeOf('webhook', v4.campaign, credential),
		fields: FIELDS,
		connect(url) {
			base = url;
			address = `${url}?token=${v4.webhookToken}`;
			squadVoice.configureWebhook(v4.campaign, address);
		},
		registeredAt: () => address,
		causeEvents: () => events.cause(),
		expected: () =>
			bodiesTo(world, address).map(({ lead_id }) => itemOf(world, v4.campaign, String(lead_id))),
		async replay() {
			const leads = bodiesTo(world, address)
				.slice(-MAX_REPLAYED)
				.map(({ lead_id }) => key(lead_id));
			const sent = leads.map(async (lead) => await squadVoice.webhooks.replay(lead, 3));
			for (const lead of leads) squadVoice.webhooks.redeliver(lead);
			return (await Promise.all(sent)).flat();
		},
		async forge() {
			const body = JSON.stringify({ ...bodiesTo(world, address).at(-1), lead_id: 'forged' });
			const send = async (url: string) => [await deliveries.attempt(url, {}, body)];
			return [
				{ what: 'noToken', attempts: await send(base), allowed: [401] },
				{ what: 'wrongToken', attempts: await send(`${address}x`), allowed: [401] },
			];
		},
		headersFor: () => ({}),
	};
}

/** The SquadVoice trigger: polling of both API versions, and the webhook. */
export function squadVoiceFixtures(
	world: SandboxState,
	v4Credential: { id: string; name: string },
): TriggerFixture[] {
	const events = new V4Events(world);
	const v4Polling: TriggerFixture = {
		name: 'SquadVoice, polling v4',
		node: nodeOf('polling', v4.campaign, v4Credential),
		fields: FIELDS,
		prepare: () => void processSome(world, v4.campaign),
		// The fixture of the webhook causes the events of both.
		causeEvents: () => undefined,
		expected: () => events.leads.map((leadId) => itemOf(world, v4.campaign, leadId)),
	};
	return [v1Fixture(world), v4Polling, v4WebhookFixture(world, events, v4Credential)];
}
