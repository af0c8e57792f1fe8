/* eslint-disable @n8n/community-nodes/no-restricted-imports -- polls a running server */
import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { SandboxState } from '../../../sandbox';
import { log, secondsSince, step } from '../../process/log';
import type { Cluster, Worker } from './Cluster';
import type { Redis } from './databases';
import { countByStatus, waitUntilIdle } from './executions';
import { makeQueueLeads, toCsv } from './leads';
import { readResults, type VendorResult } from './outcomes';
import { LIST_FILE } from './paths';

const BATCH_SIZE = 100;
const MAX_STARTS = 4;
const POLL_INTERVAL_MS = 100;
const VENDOR_NAMES = ['squadVoice', 'aktify', 'autocalls', 'close'] as const;

/** The share of the leads that have arrived, over all vendors. */
function progress(world: SandboxState, leads: number): number {
	const held = VENDOR_NAMES.reduce((sum, vendor) => sum + world.ledger(vendor).held, 0);
	return held / (leads * VENDOR_NAMES.length);
}

async function waitForProgress(world: SandboxState, leads: number, share: number): Promise<void> {
	while (progress(world, leads) < share) await wait(POLL_INTERVAL_MS);
}

/** Kills a worker, restarts Redis and adds a worker while the list is being sent. */
async function injectFailures(
	cluster: Cluster,
	redis: Redis,
	[victim]: Worker[],
	world: SandboxState,
	leads: number,
): Promise<void> {
	await waitForProgress(world, leads, 0.5);
	if (victim !== undefined) await victim.process.kill();
	log(`  ${victim?.name} was killed (SIGKILL) at ${percent(progress(world, leads))}`);
	await waitForProgress(world, leads, 0.6);
	const started = Date.now();
	await redis.restart();
	log(
		`  Redis was restarted at ${percent(progress(world, leads))}, unavailable for ${secondsSince(started)}`,
	);
	await waitForProgress(world, leads, 0.7);
	const { name } = await cluster.startWorker();
	log(`  ${name} was added at ${percent(progress(world, leads))}`);
}

const percent = (share: number) => `${(share * 100).toFixed(0)} %`;

/** The number of batches with the state `done` in the data table. */
async function batchesDone({ n8n }: Cluster): Promise<number> {
	const { id } = await n8n.call<{ id: string }>('GET', '/projects/personal');
	const path = `/projects/${id}/data-tables`;
	const tables = await n8n.call<{ data: Array<{ id: string }> }>('GET', path);
	const done = { columnName: 'state', condition: 'eq', value: 'done' };
	const query = new URLSearchParams({
		filter: JSON.stringify({ type: 'and', filters: [done] }),
		take: '1',
	});
	const { count } = await n8n.call<{ count: number }>(
		'GET',
		`${path}/${tables.data[0]?.id ?? ''}/rows?${query.toString()}`,
	);
	return count;
}

/**
 * Sends a list to all vendors with two workers, one of which is killed half-way; then Redis is
 * restarted and a worker added. Starts the list again until every batch is done (docs/scaling.md).
 */
export async function pushThroughFailures(
	cluster: Cluster,
	redis: Redis,
	workers: Worker[],
	world: SandboxState,
	leads: number,
): Promise<VendorResult[]> {
	writeFileSync(LIST_FILE, toCsv(makeQueueLeads(leads)));
	const batches = Math.ceil(leads / BATCH_SIZE);
	const workflows = ['ldQueueList00001', 'ldQueueBatch0001'];
	for (let start = 1; start <= MAX_STARTS; start++) {
		await step(`Sending ${leads} leads in batches of ${BATCH_SIZE}, run ${start}`, async () => {
			await cluster.trigger('lead-dispatch-list', {});
			if (start === 1) await injectFailures(cluster, redis, workers, world, leads);
			const entries = await waitUntilIdle(cluster.n8n, workflows);
			const done = await batchesDone(cluster);
			log(
				`  ${done} of ${batches} batches are done; executions: ${JSON.stringify(countByStatus(entries))}`,
			);
		});
		if ((await batchesDone(cluster)) === batches) break;
	}
	return await readResults(cluster.n8n, world, leads);
}
