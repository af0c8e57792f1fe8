/* eslint-disable @n8n/community-nodes/no-restricted-imports -- polls a running server */
import { setTimeout as wait } from 'node:timers/promises';
import type { IBinaryData, IRunExecutionData } from 'n8n-workflow';
import { parseFlatted } from './flatted';

/** The login of the quick start's n8n, which has access to the sandbox only. */
export const LOCAL_LOGIN = {
	email: 'owner@lead-dispatch.local',
	password: 'Sandbox-Only-1',
	firstName: 'Lead',
	lastName: 'Dispatch',
};

const POLL_INTERVAL_MS = 300;
const BUSY_TIMEOUT_MS = 60_000;
const GET_ATTEMPTS = 3;
/** n8n tries to register a trigger five times, within 15 s and what the vendor takes. */
const PUBLICATION_TIMEOUT_MS = 150_000;

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

/** Whether the triggers of a workflow are registered. */
export interface Publication {
	/** `not_published`, `in_progress`, then `published`, or `partial` or `failed` when triggers failed. */
	status: string;
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

/** The calls of n8n's internal REST API (`/rest`) that the quick start and the tests use. */
export class N8nApi {
	private cookie = '';

	constructor(private readonly url: string) {}

	/** Makes one call under `/rest` and returns its `data`. @throws Error with n8n's response */
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
	 * Retries while n8n is busy: on a loaded machine it responds 503 before it does anything,
	 * because its database is not ready, or it closes a keep-alive connection that is in use.
	 */
	private async whenReady(send: () => Promise<Response>, attempts: number): Promise<Response> {
		const deadline = Date.now() + BUSY_TIMEOUT_MS;
		for (let attempt = 1; ; attempt++) {
			// A network error of the last attempt is thrown.
			const response = await (attempt < attempts ? send().catch(() => undefined) : send());
			const isBusy = response === undefined || response.status === 503;
			if (response && (!isBusy || Date.now() > deadline)) return response;
			await wait(POLL_INTERVAL_MS);
		}
	}

	/** Creates the owner of a new n8n and signs in as that owner. */
	async setUpOwner(): Promise<void> {
		await this.call('POST', '/owner/setup', LOCAL_LOGIN);
	}

	/** A workflow's latest execution, however it was started, once it has ended. */
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

	/** Starts a workflow as the button in the editor does and waits for its end. */
	async execute(workflowId: string, TRIGGER_NAME: string): Promise<Execution> {
		const { executionId } = await this.call<{ executionId: string }>(
			'POST',
			`/workflows/${workflowId}/run`,
			{ triggerToStartFrom: { name: TRIGGER_NAME } },
		);
		await this.waitForEnd(executionId);
		return await this.execution(executionId);
	}

	/** Polls the list of executions: a single execution always includes all its data. */
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

	/** The text of a file that a node has output, wherever n8n stores it. */
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

	/**
	 * Publishes a workflow, and waits until its triggers are registered: from then on they start it.
	 * @throws Error with the message of a trigger that could not be registered
	 */
	async publish(workflowId: string): Promise<void> {
		await this.startPublishing(workflowId);
		const { status, triggers } = await this.publicationOf(workflowId, 'published');
		if (status === 'published') return;
		const messages = triggers.flatMap(({ errorMessage }) => errorMessage ?? []);
		throw new Error(`the workflow is ${status}: ${messages.join('; ')}`);
	}

	/** Unpublishes a workflow, and waits until its triggers are gone: from then on only its button starts it. */
	async unpublish(workflowId: string): Promise<void> {
		await this.startUnpublishing(workflowId);
		await this.publicationOf(workflowId, 'not_published');
	}

	/** Only makes the call: n8n 2.41 registers the triggers after it has answered. */
	async startPublishing(workflowId: string): Promise<void> {
		const { versionId } = await this.call<{ versionId: string }>('GET', `/workflows/${workflowId}`);
		await this.call('POST', `/workflows/${workflowId}/activate`, { versionId });
	}

	/** Only makes the call: n8n 2.41 removes the triggers after it has answered. */
	async startUnpublishing(workflowId: string): Promise<void> {
		await this.call('POST', `/workflows/${workflowId}/deactivate`, {});
	}

	/** Whether a workflow is published, be its triggers registered or not. */
	async isPublished(workflowId: string): Promise<boolean> {
		const { activeVersionId } = await this.call<{ activeVersionId: string | null }>(
			'GET',
			`/workflows/${workflowId}`,
		);
		return activeVersionId !== null;
	}

	/**
	 * The outcome of publishing or unpublishing, once n8n is done. n8n before 2.41 is done when it answers the call,
	 * and does not have this status.
	 */
	async publicationOf(
		workflowId: string,
		wanted: 'published' | 'not_published',
	): Promise<Publication> {
		const deadline = Date.now() + PUBLICATION_TIMEOUT_MS;
		const others = ['in_progress', wanted === 'published' ? 'not_published' : 'published'];
		for (;;) {
			const publication = await this.publication(workflowId);
			if (publication === undefined) return { status: wanted, triggers: [] };
			if (!others.includes(publication.status)) return publication;
			if (Date.now() > deadline) {
				throw new Error(`the workflow ${workflowId} is still ${publication.status}, not ${wanted}`);
			}
			await wait(POLL_INTERVAL_MS);
		}
	}

	/** The present status of a workflow; undefined if n8n has none. */
	async publication(workflowId: string): Promise<Publication | undefined> {
		const path = `/workflows/${workflowId}/publication-status`;
		return await this.call<Publication>('GET', path).catch((error: Error) => {
			if (error.message.startsWith('n8n answered 404')) return undefined;
			throw error;
		});
	}
}
