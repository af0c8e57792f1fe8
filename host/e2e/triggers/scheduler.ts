/* eslint-disable @n8n/community-nodes/no-restricted-imports -- waits for a running server */
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '../../../sandbox/lib/random';
import { log } from '../../process/log';
import { type QuickStart, startEnvironment } from '../../quickstart/environment';
import { type CheckRunner, assert } from '../checks';
import type { CrashOptions } from './crashes';
import { Executions } from './Executions';
import { TriggerWorkflow } from './TriggerWorkflow';

const CAMPAIGN = 5;
const PAGES = 20;
const LEADS_PER_PAGE = 100;
/** One page takes more than half of the five seconds that n8n gives a poll here: each poll reads one page. */
const POLL_TIMEOUT_S = 10;
const LATENCY_MS = 2_600;
const MINUTE_MS = 60_000;
/** The rest of the first scan, the second scan, in which all events come out, and one minute for each kill at its end. */
const TIMEOUT_MS = (2 * PAGES + 10) * MINUTE_MS;
/** The next scan begins, and finds nothing again. */
const QUIET_MS = 2 * MINUTE_MS;

const SCHEDULER_SETTINGS = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TIMEOUT: `${POLL_TIMEOUT_S}`,
};

/** Changes leads all over the campaign while n8n is killed again and again. @returns the leads that changed */
async function changeAndKill(
	{ server, world: { autocalls } }: QuickStart,
	{ kills, seed }: CrashOptions,
): Promise<number[]> {
	const random = seededRandom(seed);
	const waiting = [...autocalls.leads.values()].filter(({ campaignId }) => campaignId === CAMPAIGN);
	const changed: number[] = [];
	for (let kill = 1; kill <= kills; kill++) {
		for (let count = 0; count < 3; count++) {
			const [lead] = waiting.splice(Math.floor(random() * waiting.length), 1);
			if (lead === undefined) continue;
			autocalls.call(lead.id);
			changed.push(lead.id);
		}
		const afterMs = Math.round(MINUTE_MS * (0.5 + random()));
		await wait(afterMs);
		await server.stop('killed');
		await server.restart();
		log(`        | kill ${kill} of ${kills}, after ${afterMs} ms`);
	}
	return changed;
}

/** The pages of the campaign that were asked for, in their order. */
const pagesRead = ({ world }: QuickStart): number[] =>
	world.requests.flatMap(({ vendor, method, query }) =>
		vendor === 'autocalls' && method === 'GET' && query.campaign_id !== undefined
			? [Number(query.page)]
			: [],
	);

/**
 * A campaign that takes twenty polls to scan, with n8n's durable scheduler, while n8n is killed: each event starts the
 * workflow once. @param cursors whether n8n stores how far polls without items came
 */
export async function checkScheduler(
	checks: CheckRunner,
	options: CrashOptions,
	cursors: boolean,
): Promise<void> {
	const what = cursors ? 'with durable cursors' : 'without durable cursors';
	const quickStart = await startEnvironment({
		settings: { ...SCHEDULER_SETTINGS, N8N_POLLER_DURABLE_CURSORS_ENABLED: String(cursors) },
	});
	const { n8n, world } = quickStart;
	await checks.check(
		`scheduler, ${what}: a scan of ${PAGES} polls, killed on the way`,
		async () => {
			world.reset();
			world.autocalls.seedLeads(CAMPAIGN, PAGES * LEADS_PER_PAGE - LEADS_PER_PAGE / 2);
			world.settings.latencyMs = LATENCY_MS;
			const workflow = await TriggerWorkflow.create(n8n, `scheduler ${what}`, {
				type: 'autocallsTrigger',
				parameters: {
					triggerOn: 'leadStatusChanged',
					campaign: { __rl: true, mode: 'id', value: String(CAMPAIGN) },
					statuses: ['completed', 'reached-max-retries'],
					pollTimes: { item: [{ mode: 'everyMinute' }] },
				},
				credentials: {
					leadDispatchAutocallsApi: { id: 'ldAutocalls00001', name: 'Autocalls (sandbox)' },
				},
			});
			await workflow.publish();
			log(`        | ${pagesRead(quickStart).length} pages read until it was published`);
			const changed = await changeAndKill(quickStart, options);
			const executions = new Executions(n8n, workflow, true);
			const deadline = Date.now() + TIMEOUT_MS;
			while (Date.now() < deadline) {
				await executions.refresh();
				if (executions.items.length >= changed.length) break;
				await wait(MINUTE_MS / 6);
			}
			await wait(QUIET_MS);
			await executions.refresh();
			log(`        | pages read: ${pagesRead(quickStart).join(' ')}`);
			const found = executions.items.map(({ leadId }) => Number(leadId)).sort((a, b) => a - b);
			const lost = changed.filter((id) => !found.includes(id));
			const twice = found.filter((id, index) => found.indexOf(id) !== index);
			const strange = found.filter((id) => !changed.includes(id));
			log(`        | ${changed.length} leads changed, ${found.length} items`);
			assert(
				lost.length + twice.length + strange.length === 0,
				`lost: ${lost.join()}; twice: ${twice.join()}; unchanged: ${strange.join()}`,
			);
			await workflow.unpublish();
		},
	);
}
