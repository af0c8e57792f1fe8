/* eslint-disable @n8n/community-nodes/no-restricted-imports -- polls a running server */
import { setTimeout as wait } from 'node:timers/promises';
import type { N8nApi } from '../../n8n/restApi';

const PAGE_SIZE = 100;
const POLL_INTERVAL_MS = 2_000;

export interface ExecutionEntry {
	id: string;
	/** `new` while it is queued, `running`, then `success`, `error`, `crashed` or `canceled`. */
	status: string;
	/** When it started, in ISO 8601; null while it is queued. */
	startedAt: string | null;
}

const STARTED_STATUSES = ['running', 'waiting', 'success', 'error', 'crashed', 'canceled'];

/** One page of executions, newest first. n8n returns at most 100. */
async function page(n8n: N8nApi, filter: object): Promise<ExecutionEntry[]> {
	const query = new URLSearchParams({ filter: JSON.stringify(filter), limit: `${PAGE_SIZE}` });
	const { results } = await n8n.call<{ results: ExecutionEntry[] }>(
		'GET',
		`/executions?${query.toString()}`,
	);
	return results;
}

/** The queued executions of a workflow, at most 100 of them. */
export async function queuedExecutions(n8n: N8nApi, workflowId: string): Promise<ExecutionEntry[]> {
	return await page(n8n, { workflowId, status: ['new'] });
}

/**
 * All started and queued executions of a workflow. Paged by start time, because n8n (2.39) sorts by
 * it: paging by ID would skip some and repeat others.
 */
export async function executionsOf(n8n: N8nApi, workflowId: string): Promise<ExecutionEntry[]> {
	const all = new Map<string, ExecutionEntry>();
	const add = (entries: ExecutionEntry[]) => entries.forEach((entry) => all.set(entry.id, entry));
	add(await queuedExecutions(n8n, workflowId));
	for (let startedBefore: string | null | undefined; ; ) {
		const filter = { workflowId, status: STARTED_STATUSES };
		const before = all.size;
		const entries = await page(n8n, startedBefore ? { ...filter, startedBefore } : filter);
		add(entries);
		startedBefore = entries.at(-1)?.startedAt;
		if (entries.length < PAGE_SIZE || all.size === before) return [...all.values()];
	}
}

const isOpen = ({ status }: ExecutionEntry) => ['new', 'running'].includes(status);

/** The number of executions by status. */
export function countByStatus(entries: ExecutionEntry[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { status } of entries) counts[status] = (counts[status] ?? 0) + 1;
	return counts;
}

/** Waits until all executions of these workflows have ended, and returns them. */
export async function waitUntilIdle(n8n: N8nApi, workflowIds: string[]): Promise<ExecutionEntry[]> {
	for (;;) {
		const lists = [];
		for (const id of workflowIds) lists.push(await executionsOf(n8n, id));
		const entries = lists.flat();
		if (!entries.some(isOpen)) return entries;
		await wait(POLL_INTERVAL_MS);
	}
}
