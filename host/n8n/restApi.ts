/* eslint-disable @n8n/community-nodes/no-restricted-imports -- waits between looks at a running server */
import { setTimeout as wait } from 'node:timers/promises';
import type { IBinaryData, IRunExecutionData } from 'n8n-workflow';
import { parseFlatted } from './flatted';

/** The login of the local n8n that the quick start makes; it guards nothing but the sandbox. */
export const localLogin = {
	email: 'owner@lead-dispatch.local',
	password: 'Sandbox-Only-1',
	firstName: 'Lead',
	lastName: 'Dispatch',
};

const POLL_INTERVAL_MS = 300;
const BUSY_TIMEOUT_MS = 60_000;
const GET_ATTEMPTS = 3;

interface ExecutionSummary {
	id: string;
	status: string;
}

export interface Execution {
	id: string;
	/** `success`, `error`, `crashed` or `canceled`. */
	status: string;
	data: IRunExecutionData;
}

/** The part of n8n's REST API, as its editor uses it, that the quick start and the tests need. */
export class N8nApi {
	private cookie = '';

	constructor(private readonly url: string) {}

	/** One call under `/rest`; gives its `data`. @throws Error with what n8n answered */
	async call<Reply>(
		method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
		path: string,
		body?: object,
	): Promise<Reply> {
		const response = await this.whenReady(
			async () =>
				await fetch(`${this.url}/rest${path}`, {
					method,
					headers: { 'content-type': 'application/json', cookie: this.cookie },
					body: body === undefined ? undefined : JSON.stringify(body),
				}),
			method === 'GET' ? GET_ATTEMPTS : 1,
		);
		const text = await response.text();
		if (!response.ok) {
			throw new Error(
				`n8n answered ${response.status} to ${method} ${path}: ${text.slice(0, 300)}`,
			);
		}
		const [cookie] = response.headers.getSetCookie();
		if (cookie !== undefined) this.cookie = cookie.split(';')[0] ?? '';
		return (JSON.parse(text) as { data: Reply }).data;
	}

	/**
	 * On a machine that is very busy n8n says for a moment that its database is not ready (503), before
	 * it does anything, or it closes a connection that is just used again. Asks again then.
	 */
	private async whenReady(ask: () => Promise<Response>, tries: number): Promise<Response> {
		const deadline = Date.now() + BUSY_TIMEOUT_MS;
		for (let attempt = 1; ; attempt++) {
			// On the last try what went wrong is thrown as it is.
			const response = await (attempt < tries ? ask().catch(() => undefined) : ask());
			const isBusy = response === undefined || response.status === 503;
			if (response && (!isBusy || Date.now() > deadline)) return response;
			await wait(POLL_INTERVAL_MS);
		}
	}

	/** Makes the owner of a fresh n8n and signs in as that owner. */
	async setUpOwner(): Promise<void> {
		await this.call('POST', '/owner/setup', localLogin);
	}

	/** A workflow's latest execution, whoever has started it, once it has ended. */
	async latestExecution(workflowId: string): Promise<Execution> {
		const filter = new URLSearchParams({ filter: JSON.stringify({ workflowId }) }).toString();
		const { results } = await this.call<{ results: ExecutionSummary[] }>(
			'GET',
			`/executions?${filter}`,
		);
		const [latest] = results;
		if (latest === undefined) throw new Error(`The workflow ${workflowId} has not been executed`);
		await this.waitForEnd(latest.id);
		return await this.execution(latest.id);
	}

	/** Starts a workflow as its button in the editor does and waits for its end. */
	async execute(workflowId: string, triggerName: string): Promise<Execution> {
		const { executionId } = await this.call<{ executionId: string }>(
			'POST',
			`/workflows/${workflowId}/run`,
			{ triggerToStartFrom: { name: triggerName } },
		);
		await this.waitForEnd(executionId);
		return await this.execution(executionId);
	}

	/** Waits by the list of executions: asking for one sends all its data every time. */
	private async waitForEnd(executionId: string): Promise<void> {
		for (;;) {
			const { results } = await this.call<{ results: ExecutionSummary[] }>('GET', '/executions');
			const status = results.find(({ id }) => id === executionId)?.status;
			if (status !== undefined && !['new', 'running', 'waiting'].includes(status)) return;
			await wait(POLL_INTERVAL_MS);
		}
	}

	/** One execution with all its data. */
	async execution(executionId: string): Promise<Execution> {
		const { id, status, data } = await this.call<ExecutionSummary & { data: string }>(
			'GET',
			`/executions/${executionId}`,
		);
		return { id, status, data: parseFlatted(data) as IRunExecutionData };
	}

	/** The text of a file that a node has put out, wherever n8n keeps it. */
	async textOf({ id, data, mimeType }: IBinaryData): Promise<string> {
		if (id === undefined) return Buffer.from(data, 'base64').toString('utf8');
		const query = new URLSearchParams({ id, action: 'view', mimeType }).toString();
		const response = await fetch(`${this.url}/rest/binary-data?${query}`, {
			headers: { cookie: this.cookie },
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`n8n answered ${response.status} to a file: ${text}`);
		return text;
	}

	/** Publishes a workflow, so that its form or webhook answers; hands back nothing to wait for. */
	async publish(workflowId: string): Promise<void> {
		const { versionId } = await this.call<{ versionId: string }>('GET', `/workflows/${workflowId}`);
		await this.call('POST', `/workflows/${workflowId}/activate`, { versionId });
	}

	/** Takes a workflow back, so that nothing but its button starts it. */
	async unpublish(workflowId: string): Promise<void> {
		await this.call('POST', `/workflows/${workflowId}/deactivate`, {});
	}
}
