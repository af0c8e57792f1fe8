import type { SandboxState } from '../../../sandbox';
import { assert } from '../checks';
import { bodiesTo, MAX_REPLAYED, part, type TriggerFixture } from './TriggerFixture';

const credentials = {
	leadDispatchAutocallsApi: { id: 'ldAutocalls00001', name: 'Autocalls (sandbox)' },
};

/** Campaigns of the sandbox, by the assistant that makes their calls. */
const CAMPAIGNS = new Map([
	[501, 1],
	[502, 14],
]);
const WATCHED_CAMPAIGN = 5;

/** An assistant's webhook from before the trigger was published. */
const OTHER_WEBHOOK = 'http://127.0.0.1:9/another-system';
const LEADS_PER_CALL = 2;

/**
 * The Autocalls trigger on calls of two assistants. @param otherWebhook what the second one has before, and must have
 * again in the end
 */
export function callsFixture(
	world: SandboxState,
	otherWebhook: string | null = OTHER_WEBHOOK,
): TriggerFixture {
	const { autocalls, deliveries } = world;
	let address = '';
	const assistant = (id: number) => {
		const found = autocalls.assistants.get(id);
		assert(found !== undefined, `there is no assistant ${id}`);
		return found;
	};
	const bodies = () => bodiesTo(world, address);

	return {
		name: 'Autocalls, call ended',
		path: 'post-call',
		node: {
			type: 'autocallsTrigger',
			parameters: {
				triggerOn: 'callEnded',
				assistants: [...CAMPAIGNS.keys()].map(String),
				options: { replaceAnother: true },
				// Half an hour away: n8n 2.41 fails to publish when a poll begins while it registers the webhook.
				pollTimes: { item: [{ mode: 'everyHour', minute: (new Date().getMinutes() + 30) % 60 }] },
			},
			credentials,
		},
		fields: ['event', 'callId', 'leadId', 'phoneNumber', 'callOutcome', 'summary'],
		prepare() {
			Object.assign(assistant(502), {
				webhookUrl: otherWebhook,
				isWebhookActive: otherWebhook !== null,
			});
		},
		registeredAt(url) {
			const [first, second] = [...CAMPAIGNS.keys()].map((id) => assistant(id));
			address = first?.webhookUrl ?? '';
			assert(address.startsWith(`${url}?token=`), `the assistant's webhook goes to ${address}`);
			assert(address.length >= url.length + 39, 'the token in the address is short');
			assert(second?.webhookUrl === address, 'the other assistant has another address');
			assert(first?.isWebhookActive === true && second.isWebhookActive, 'a webhook is off');
			return address;
		},
		causeEvents() {
			for (const campaign of CAMPAIGNS.values()) {
				for (const { id } of autocalls.seedLeads(campaign, LEADS_PER_CALL)) {
					autocalls.call(id, { extracted: { summary: `Wants offer ${id}` } });
				}
			}
			// Calls of an assistant without a trigger.
			for (const { id } of autocalls.seedLeads(15, 1)) autocalls.call(id);
		},
		expected: () =>
			bodies().map((body) => ({
				event: 'call.ended',
				callId: String(body.id),
				leadId: Number(part(body.lead).id),
				phoneNumber: String(body.customer_phone),
				callOutcome: String(body.status),
				summary: String(part(body.extracted_variables).summary),
			})),
		async replay() {
			const calls = bodies()
				.slice(-MAX_REPLAYED)
				.map(({ id }) => Number(id));
			const sent = calls.map(async (call) => await autocalls.webhooks.replay(call, 3));
			for (const call of calls) autocalls.webhooks.redeliver(call);
			return (await Promise.all(sent)).flat();
		},
		async forge() {
			const body = JSON.stringify({ ...bodies().at(-1), id: 1_000_001 });
			const [base = ''] = address.split('?');
			const send = async (url: string) => [await deliveries.attempt(url, {}, body)];
			const wrong = `${base}?token=${'0'.repeat(48)}`;
			return [
				{ what: 'wrongToken', attempts: await send(wrong), allowed: [401] },
				{ what: 'twoTokens', attempts: await send(`${address}&token=x`), allowed: [401] },
				{ what: 'noToken', attempts: await send(base), allowed: [401] },
			];
		},
		headersFor: () => ({}),
		checkGone() {
			const [first, second] = [...CAMPAIGNS.keys()].map((id) => assistant(id));
			assert(first?.webhookUrl === null, `an assistant still has ${String(first?.webhookUrl)}`);
			assert(second?.webhookUrl === otherWebhook, `the other has ${String(second?.webhookUrl)}`);
		},
	};
}

/** The Autocalls trigger that polls for leads that have reached a status. */
export function statusesFixture(world: SandboxState): TriggerFixture {
	const { autocalls } = world;
	let done: number[] = [];

	const callSome = () => {
		const leads = autocalls.seedLeads(WATCHED_CAMPAIGN, LEADS_PER_CALL).map(({ id }) => id);
		for (const id of leads) autocalls.call(id);
		autocalls.seedLeads(WATCHED_CAMPAIGN, 1);
		return leads;
	};

	return {
		name: 'Autocalls, lead status changed',
		node: {
			type: 'autocallsTrigger',
			parameters: {
				triggerOn: 'leadStatusChanged',
				campaign: { __rl: true, mode: 'id', value: String(WATCHED_CAMPAIGN) },
				statuses: ['completed', 'reached-max-retries'],
				pollTimes: { item: [{ mode: 'everyMinute' }] },
			},
			credentials,
		},
		fields: ['event', 'leadId', 'phoneNumber', 'leadStatus'],
		// Leads from before the workflow was published are no events.
		prepare: () => void callSome(),
		causeEvents() {
			done = [...done, ...callSome()];
		},
		expected: () =>
			done.map((leadId) => ({
				event: 'lead.status_changed',
				leadId,
				phoneNumber: autocalls.leads.get(leadId)?.phoneNumber ?? '',
				leadStatus: 'completed',
			})),
	};
}
