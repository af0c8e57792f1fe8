/* eslint-disable @n8n/community-nodes/no-restricted-imports -- waits between looks at a running server */
import { setTimeout as wait } from 'node:timers/promises';
import type { N8nApi } from '../../n8n/restApi';

const PAGE = 100;
const POLL_INTERVAL_MS = 2_000;

export interface ExecutionEntry {
	id: string;
	/** `new` while it waits in the queue, `running`, then `success`, `error`, `crashed` or `canceled`. */
	status: string;
	/** When it began, in ISO 8601; null while it waits. */
	startedAt: string | null;
}

const begunStatuses = ['running', 'waiting', 'success', 'error', 'crashed', 'canceled'];

/** One page, the last started first. n8n gives no more than a hundred. */
async function page(n8n: N8nApi, filter: object): Promise<ExecutionEntry[]> {
	const query = new URLSearchParams({ filter: JSON.stringify(filter), limit: `${PAGE}` });
	const { results } = await n8n.call<{ results: ExecutionEntry[] }>(
		'GET',
		`/executions?${query.toString()}`,
	);
	return results;
}

/** The executions of a workflow that wait in the queue; at most a hundred of them. */
export async function queuedExecutions(n8n: N8nApi, workflowId: string): Promise<ExecutionEntry[]> {
	return await page(n8n, { workflowId, status: ['new'] });
}

/**
 * The executions of a workflow: all that have begun, and those that wait. By the time they began: n8n
 * sorts by it, so that paging by ID would leave some out and give others twice.
 */
export async function executionsOf(n8n: N8nApi, workflowId: string): Promise<ExecutionEntry[]> {
	const all = new Map<string, ExecutionEntry>();
	const add = (entries: ExecutionEntry[]) => entries.forEach((entry) => all.set(entry.id, entry));
	add(await queuedExecutions(n8n, workflowId));
	for (let startedBefore: string | null | undefined; ; ) {
		const filter = { workflowId, status: begunStatuses };
		const before = all.size;
		const entries = await page(n8n, startedBefore ? { ...filter, startedBefore } : filter);
		add(entries);
		startedBefore = entries.at(-1)?.startedAt;
		if (entries.length < PAGE || all.size === before) return [...all.values()];
	}
}

export const isOpen = ({ status }: ExecutionEntry) => ['new', 'running'].includes(status);

/** How many executions have each status. */
export function countByStatus(entries: ExecutionEntry[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { status } of entries) counts[status] = (counts[status] ?? 0) + 1;
	return counts;
}

/** Waits until no execution of these workflows waits or runs, and gives the executions of all. */
export async function waitUntilIdle(n8n: N8nApi, workflowIds: string[]): Promise<ExecutionEntry[]> {
	for (;;) {
		const lists = [];
		for (const id of workflowIds) lists.push(await executionsOf(n8n, id));
		const entries = lists.flat();
		if (!entries.some(isOpen)) return entries;
		await wait(POLL_INTERVAL_MS);
	}
}
