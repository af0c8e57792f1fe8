/* eslint-disable @n8n/community-nodes/no-restricted-imports -- waits between looks at a running server */
import { setTimeout as wait } from 'node:timers/promises';
import type { N8nApi } from '../n8nApi';

const PAGE = 100;
const POLL_MS = 2_000;

export interface ExecutionEntry {
	id: string;
	/** `new` while it waits in the queue, `running`, then `success`, `error`, `crashed` or `canceled`. */
	status: string;
}

/** Every execution of a workflow, the newest first. */
export async function executionsOf(n8n: N8nApi, workflowId: string): Promise<ExecutionEntry[]> {
	const all: ExecutionEntry[] = [];
	for (;;) {
		const query = new URLSearchParams({
			filter: JSON.stringify({ workflowId }),
			limit: `${PAGE}`,
		});
		const last = all.at(-1);
		if (last !== undefined) query.set('lastId', last.id);
		const { results } = await n8n.call<{ results: ExecutionEntry[] }>(
			'GET',
			`/executions?${query.toString()}`,
		);
		all.push(...results);
		if (results.length < PAGE) return all;
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
export async function whenIdle(n8n: N8nApi, workflowIds: string[]): Promise<ExecutionEntry[]> {
	for (;;) {
		const lists = [];
		for (const id of workflowIds) lists.push(await executionsOf(n8n, id));
		const entries = lists.flat();
		if (!entries.some(isOpen)) return entries;
		await wait(POLL_MS);
	}
}
