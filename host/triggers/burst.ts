import { aktifyAccounts } from '../../sandbox';
import { type Checks, must } from '../checks';
import type { QuickStart } from '../quickStart';
import { say, secondsSince } from '../say';
import { Runs } from './runs';
import { TriggerWorkflow } from './workflow';

const { campaign, clientSecret } = aktifyAccounts.one;
const event = 'lead.message_received';
const longestMs = 900_000;

/** So many events at once: each is answered, and starts the workflow exactly once. */
export async function checkBurst(
	checks: Checks,
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
		const runs = new Runs(n8n, workflow);
		await workflow.activate();
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
		await deliveries.settled();
		const sent = deliveries.log.slice(sentBefore);
		say(`        | all answered after ${secondsSince(started)}`);
		const late = sent.filter(({ attempts }) => attempts.length !== 1).length;
		const missed = sent.filter(({ state }) => state !== 'received').length;
		must(sent.length === events && missed === 0, `${missed} were not answered with a 2xx`);
		must(late === 0, `${late} were not answered at the first attempt`);

		await runs.waitFor(events, longestMs);
		say(`        | all executions over and read after ${secondsSince(started)}`);
		const leads = new Set(runs.items.map(({ leadId }) => leadId));
		must(runs.count === events, `${runs.count} executions`);
		must(leads.size === events, `${leads.size} different leads in ${runs.items.length} items`);
		aktify.webhooks.removeWebhook(webhook);
		await workflow.deactivate();
	});
}
