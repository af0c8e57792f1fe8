/* eslint-disable @n8n/community-nodes/no-restricted-imports -- waits between looks at a running n8n */
import { setTimeout as wait } from 'node:timers/promises';
import { aktifyAccounts, closeStatuses } from '../sandbox';
import { type Checks, must } from './checks';
import { outputOf } from './demo';
import type { QuickStart } from './quickStart';

const within = { ms: 90_000, pollMs: 200 };

/** Waits until `count` has come to `wanted`, and a moment longer, so that one too many is seen. */
async function comesTo(wanted: number, count: () => number, what: string): Promise<void> {
	const deadline = Date.now() + within.ms;
	while (count() < wanted && Date.now() < deadline) await wait(within.pollMs);
	await wait(5 * within.pollMs);
	must(count() === wanted, `${count()} of ${wanted} ${what}`);
}

/** An opt-out at Aktify disables the lead at all four vendors. */
async function checkOptOut(checks: Checks, { n8n, world, editorUrl }: QuickStart): Promise<void> {
	await checks.check('example: an opt-out at Aktify disables everywhere', async () => {
		const phone = '+16175550100';
		const { one } = aktifyAccounts;
		must(world.aktify.find(one.campaign, phone)?.endedAt === undefined, 'it is ended already');
		await n8n.publish('ldAktifyOptOut01');
		world.aktify.webhooks.configureWebhook('account', {
			url: `${editorUrl}/webhook/6f0d7c1e-5a43-4d52-9a52-1d6f2a7c0005/aktify`,
			clientSecret: one.clientSecret,
			version: 'v2',
			signature: 'v2',
			events: ['dnc.created', 'lead.carrier_optout_received'],
		});
		world.aktify.play(one.campaign, phone, 'lead.carrier_optout_received');
		await world.deliveries.settled();
		const disabled = () => {
			const [atClose] = world.close.findByPhone(phone);
			return [
				world.squadVoice.find('0PT711', 'LD-00002')?.disabledAt !== undefined,
				world.aktify.find(one.campaign, phone)?.endedAt !== undefined,
				world.autocalls.find(1, phone)?.status === 'completed',
				atClose?.statusId === closeStatuses.badFit.id,
			].filter(Boolean).length;
		};
		await comesTo(4, disabled, 'vendors have disabled it');
		await n8n.call('POST', '/workflows/ldAktifyOptOut01/deactivate', {});
		world.aktify.webhooks.all.forEach((webhook) => world.aktify.webhooks.removeWebhook(webhook));
	});
}

/** CSV to Autocalls, the outcomes of its calls by trigger, and back to Close as note and status. */
async function checkLoop(checks: Checks, { n8n, world }: QuickStart): Promise<void> {
	await checks.check('example: a list to Autocalls, and its calls back to Close', async () => {
		const campaign = 4;
		const assistant = world.autocalls.assistants.get(504);
		await n8n.publish('ldCallsToClose01');
		must(assistant?.isWebhookActive === true, 'the webhook of the assistant is not set');
		const { status, data } = await n8n.execute('ldCallsToClose01', 'Run');
		must(status === 'success', `the execution ended as ${status}`);
		const sent = outputOf(data, 'Autocalls').filter(({ json }) => json.outcome === 'created');
		must(sent.length > 900, `only ${sent.length} leads went to Autocalls`);

		const notesBefore = world.close.notes.size;
		const isGood = ({ id }: { id: number }) => id % 3 !== 0;
		const called = world.autocalls.callAll(campaign, (lead) => ({
			extracted: { status: isGood(lead) },
		}));
		must(called.length === sent.length, `${called.length} calls for ${sent.length} leads`);
		await world.deliveries.settled();
		const notes = () => world.close.notes.size - notesBefore;
		await comesTo(sent.length, notes, 'calls are noted in Close');

		const good = called.filter(({ leadId }) => isGood({ id: leadId ?? 0 })).length;
		const leadIds = sent.map(({ json }) => json.variables).map(closeIdIn);
		const count = (statusId: string) =>
			leadIds.filter((id) => world.close.leads.get(id)?.statusId === statusId).length;
		await comesTo(good, () => count(closeStatuses.qualified.id), 'leads are qualified');
		await comesTo(sent.length - good, () => count(closeStatuses.badFit.id), 'leads are no fit');
		await n8n.call('POST', '/workflows/ldCallsToClose01/deactivate', {});
		must(assistant?.webhookUrl === null, 'the webhook of the assistant is still there');
	});
}

function closeIdIn(variables: unknown): string {
	return typeof variables === 'object' && variables !== null && 'close_lead_id' in variables
		? String(variables.close_lead_id)
		: '';
}

/** The example workflows that a trigger starts. They stand on the leads of the demo. */
export async function checkTriggerExamples(checks: Checks, quickStart: QuickStart): Promise<void> {
	await checkOptOut(checks, quickStart);
	await checkLoop(checks, quickStart);
}
