import { aktifyAccounts } from '../../../sandbox';
import { type CheckRunner, assert } from '../checks';
import type { QuickStart } from '../../quickstart/environment';
import { log, secondsSince } from '../../process/log';
import { Executions } from './Executions';
import { TriggerWorkflow } from './TriggerWorkflow';

const { campaign, clientSecret } = aktifyAccounts.one;
const event = 'lead.message_received';
const TIMEOUT_MS = 900_000;

/**
 * Sends a number of events at once: each gets a response and starts the workflow exactly once. n8n
 * (2.41) needs about 0.15 s of one core per event, as it creates an expression isolate three times:
 * to receive it, to read the credential and to run the workflow. So a response may come after the
 * vendor's timeout, when the vendor has sent the event again.
 */
export async function checkBurst(
	checks: CheckRunner,
	{ n8n, world, editorUrl }: QuickStart,
	events: number,
): Promise<void> {
	const { aktify, deliveries } = world;
	await checks.check(`triggers: ${events} events of Aktify in a burst`, async () => {
		const workflow = await TriggerWorkflow.create(n8n, 'burst', {
			type: 'aktifyTrigger',
			parameters: { verifyWith: 'signature', triggerOn: [event] },
			credentials: {
				leadDispatchAktifyApi: { id: 'ldAktify00000001', name: 'Aktify (sandbox)' },
			},
		});
		const executions = new Executions(n8n, workflow);
		await workflow.publish();
		const webhook = aktify.webhooks.configureWebhook(campaign, {
			url: `${editorUrl}/webhook/${workflow.webhookId}/aktify`,
			clientSecret,
			version: 'v2',
			signature: 'v2',
			events: [event],
		});

		const started = Date.now();
		const sentBefore = deliveries.log.length;
		for (let number = 1; number <= events; number++) {
			const phone = `+1209${3_000_000 + number}`;
			const lead = { externalLeadId: `burst-${number}` };
			aktify.webhooks.emit({ type: event, campaign, phone, lead, more: {} });
		}
		deliveries.speed = 4;
		await deliveries.settled();
		deliveries.speed = 1;
		const sent = deliveries.log.slice(sentBefore);
		log(`        | all responses after ${secondsSince(started)}`);
		const late = sent.filter(({ attempts }) => attempts.length > 1).length;
		const missed = sent.filter(({ state }) => state !== 'received').length;
		const refusals = sent
			.flatMap(({ attempts }) => attempts.map(({ status }) => status ?? 200))
			// 503: the vendor has sent an event again while n8n was still busy with it.
			.filter((status) => status >= 300 && status !== 503);
		log(`        | ${late} responses after the vendor's timeout of 10 s, so sent again`);
		assert(sent.length === events, `${sent.length} were sent`);
		assert(missed === 0, `${missed} got no 2xx response`);
		assert(
			refusals.length === 0,
			`${refusals.length} responses were ${[...new Set(refusals)].join(', ')}`,
		);

		await executions.waitFor(events, TIMEOUT_MS);
		log(`        | all executions ended and read after ${secondsSince(started)}`);
		const leads = new Set(executions.items.map(({ leadId }) => leadId));
		assert(executions.count === events, `${executions.count} executions`);
		assert(
			leads.size === events,
			`${leads.size} different leads in ${executions.items.length} items`,
		);
		aktify.webhooks.removeWebhook(webhook);
		await workflow.unpublish();
	});
}
