/* eslint-disable @n8n/community-nodes/no-restricted-imports -- waits between looks at a running server */
import { setTimeout as wait } from 'node:timers/promises';
import type { SandboxState } from '../../../sandbox';
import { step } from '../../process/log';
import type { Cluster } from './Cluster';
import { queuedExecutions, waitUntilIdle } from './executions';
import { makeQueueLeads } from './leads';

const WORKERS = 4;
const LEADS = 2_400;
const BATCH_SIZE = 40;
const LIMIT = { requests: 20, windowMs: 1_000 };
const POLL_INTERVAL_MS = 500;

export const goals = { leastUsed: 0.9, mostRefused: 0.03 };

/** How four workers got along under one limit. */
export interface RateLimitResult {
	leads: number;
	/** Requests a second that the vendor allows. */
	allowed: number;
	/** Seconds in which there was work for every worker. */
	busySeconds: number;
	/** Of what the vendor allowed in that time, the share that was used. */
	used: number;
	requests: number;
	/** Of all requests of the run, from the very first, the share that was turned away. */
	refused: number;
	lost: number;
	doubled: number;
}

/** The moment from which no execution waits in the queue, so that workers begin to run out of work. */
async function waitForEmptyQueue({ n8n }: Cluster): Promise<number> {
	for (;;) {
		const waiting = await queuedExecutions(n8n, 'ldQueueLimit0001');
		if (waiting.length === 0) return Date.now();
		await wait(POLL_INTERVAL_MS);
	}
}

/** Adds workers up to four, gives the vendor a limit that nobody is told of, and pushes leads. */
export async function pushUnderRateLimit(
	cluster: Cluster,
	world: SandboxState,
	workersUp: number,
): Promise<RateLimitResult> {
	world.reset();
	world.settings.latencyMs = [10, 40];
	// Close's own way of telling: what remains on every reply, and Retry-After when it refuses.
	// Its limits are per endpoint; the workflow creates leads without a search before, so this is one.
	world.settings.limits.close = { ...LIMIT, headers: 'rateLimitAndRetryAfter', announce: true };
	await step(`Adding workers, up to ${WORKERS}`, async () => {
		for (let up = workersUp; up < WORKERS; up++) await cluster.startWorker();
	});

	const leads = makeQueueLeads(LEADS);
	const title = `Pushing ${LEADS} leads to Close, which takes ${LIMIT.requests} requests a second`;
	const busyUntil = await step(title, async () => {
		for (let at = 0; at < LEADS; at += BATCH_SIZE) {
			await cluster.trigger('lead-dispatch-limit', { rows: leads.slice(at, at + BATCH_SIZE) });
		}
		const nothingWaits = await waitForEmptyQueue(cluster);
		await waitUntilIdle(cluster.n8n, ['ldQueueLimit0001']);
		return nothingWaits;
	});

	const requests = world.requests.filter(({ vendor }) => vendor === 'close');
	const begun = requests[0]?.receivedAt ?? busyUntil;
	const taken = requests.filter(({ status }) => status !== 429);
	const takenWhileBusy = taken.filter(({ receivedAt }) => receivedAt <= busyUntil).length;
	const busySeconds = (busyUntil - begun) / 1000;
	const allowed = (LIMIT.requests * 1000) / LIMIT.windowMs;
	const { held, doubled } = world.ledger('close');
	return {
		leads: LEADS,
		allowed,
		busySeconds,
		used: takenWhileBusy / (allowed * busySeconds),
		requests: requests.length,
		refused: (requests.length - taken.length) / requests.length,
		lost: LEADS - held,
		doubled,
	};
}

/** Whether the limit was used and kept as far as the goals say, and every lead arrived once. */
export const meetsGoals = ({ used, refused, lost, doubled }: RateLimitResult) =>
	used >= goals.leastUsed && refused <= goals.mostRefused && lost === 0 && doubled === 0;
