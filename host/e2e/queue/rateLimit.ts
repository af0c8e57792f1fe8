/* eslint-disable @n8n/community-nodes/no-restricted-imports -- polls a running server */
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

/** Shares of the limit that must be used, and of the requests that may be refused. */
export const GOALS = { minUsed: 0.9, maxRefused: 0.03 };

/** The result of four workers that share one rate limit. */
export interface RateLimitResult {
	leads: number;
	/** Requests per second that the vendor allows. */
	allowed: number;
	/** Seconds during which every worker had work. */
	busySeconds: number;
	/** The share of the allowed requests that was used in that time. */
	used: number;
	requests: number;
	/** The share of all requests that got a 429 response. */
	refused: number;
	lost: number;
	doubled: number;
}

/** Waits until no execution is queued and workers run out of work. Returns the time in epoch ms. */
async function waitForEmptyQueue({ n8n }: Cluster): Promise<number> {
	for (;;) {
		const queued = await queuedExecutions(n8n, 'ldQueueLimit0001');
		if (queued.length === 0) return Date.now();
		await wait(POLL_INTERVAL_MS);
	}
}

/** Adds workers up to four, sets a rate limit that no node is configured for, and sends leads. */
export async function pushUnderRateLimit(
	cluster: Cluster,
	world: SandboxState,
	workersUp: number,
): Promise<RateLimitResult> {
	world.reset();
	world.settings.latencyMs = [10, 40];
	// Close sends RateLimit headers on every response and Retry-After with a 429. Its limits are per
	// endpoint; the workflow creates leads without a search first, so it uses one endpoint.
	world.settings.limits.close = { ...LIMIT, headers: 'rateLimitAndRetryAfter', announce: true };
	await step(`Adding workers, up to ${WORKERS}`, async () => {
		for (let up = workersUp; up < WORKERS; up++) await cluster.startWorker();
	});

	const leads = makeQueueLeads(LEADS);
	const title = `Sending ${LEADS} leads to Close, which allows ${LIMIT.requests} requests per second`;
	const busyUntil = await step(title, async () => {
		for (let at = 0; at < LEADS; at += BATCH_SIZE) {
			await cluster.trigger('lead-dispatch-limit', { rows: leads.slice(at, at + BATCH_SIZE) });
		}
		const queueEmptyAt = await waitForEmptyQueue(cluster);
		await waitUntilIdle(cluster.n8n, ['ldQueueLimit0001']);
		return queueEmptyAt;
	});

	const requests = world.requests.filter(({ vendor }) => vendor === 'close');
	const startedAt = requests[0]?.receivedAt ?? busyUntil;
	const accepted = requests.filter(({ status }) => status !== 429);
	const acceptedWhileBusy = accepted.filter(({ receivedAt }) => receivedAt <= busyUntil).length;
	const busySeconds = (busyUntil - startedAt) / 1000;
	const allowed = (LIMIT.requests * 1000) / LIMIT.windowMs;
	const { held, doubled } = world.ledger('close');
	return {
		leads: LEADS,
		allowed,
		busySeconds,
		used: acceptedWhileBusy / (allowed * busySeconds),
		requests: requests.length,
		refused: (requests.length - accepted.length) / requests.length,
		lost: LEADS - held,
		doubled,
	};
}

/** Whether the limit was used and respected as the goals demand, and every lead arrived once. */
export const meetsGoals = ({ used, refused, lost, doubled }: RateLimitResult) =>
	used >= GOALS.minUsed && refused <= GOALS.maxRefused && lost === 0 && doubled === 0;
