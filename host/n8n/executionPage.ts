import type { N8nApi } from './restApi';

/** An execution as n8n lists it. */
export interface ExecutionEntry {
	id: string;
	/** `new` while it is queued, `running`, then `success`, `error`, `crashed` or `canceled`. */
	status: string;
	/** `manual` for a test run. */
	mode: string;
	/** When it started, in ISO 8601; null while it is queued. */
	startedAt: string | null;
}

export interface ExecutionFilter {
	workflowId: string;
	status: string[];
	/** The start of the last execution of the page before: n8n pages by ID or by cursor, depending on its version. */
	startedBefore?: string;
}

/** The most that n8n returns. */
export const EXECUTIONS_PER_PAGE = 100;

/** One page of executions, the newest first; those that started at `startedBefore` are on it again. */
export async function executionPage(
	n8n: N8nApi,
	filter: ExecutionFilter,
): Promise<ExecutionEntry[]> {
	const query = new URLSearchParams({
		filter: JSON.stringify(filter),
		limit: `${EXECUTIONS_PER_PAGE}`,
	});
	const { results } = await n8n.call<{ results: ExecutionEntry[] }>(
		'GET',
		`/executions?${query.toString()}`,
	);
	return results;
}
