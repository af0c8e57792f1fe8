/* eslint-disable @n8n/community-nodes/no-restricted-imports -- polls a running server */
import { setTimeout as wait } from 'node:timers/promises';
import { executionPage, EXECUTIONS_PER_PAGE, type ExecutionEntry } from '../../n8n/executionPage';
import type { N8nApi } from '../../n8n/restApi';

const POLL_INTERVAL_MS = 2_000;

const STARTED_STATUSES = ['running', 'waiting', 'success', 'error', 'crashed', 'canceled'];

/** The queued executions of a workflow, at most 100 of them. */
export async function queuedExecutions(n8n: N8nApi, workflowId: string): Promise<ExecutionEntry[]> {
	return await executionPage(n8n, { workflowId, status: ['new'] });
}

/** All started and queued executions of a workflow. */
export async function executionsOf(n8n: N8nApi, workflowId: string): Promise<ExecutionEntry[]> {
	const all = new Map<string, ExecutionEntry>();
	const add = (entries: ExecutionEntry[]) => entries.forEach((entry) => all.set(entry.id, entry));
	add(await queuedExecutions(n8n, workflowId));
	for (let startedBefore: string | null | undefined; ; ) {
		const filter = { workflowId, status: STARTED_STATUSES };
		const before = all.size;
		const entries = await executionPage(n8n, startedBefore ? { ...filter, startedBefore } : filter);
		add(entries);
		startedBefore = entries.at(-1)?.startedAt;
		if (entries.length < EXECUTIONS_PER_PAGE || all.size === before) return [...all.values()];
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
