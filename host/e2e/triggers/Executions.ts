/* eslint-disable @n8n/community-nodes/no-restricted-imports -- waits between looks at a running server */
import { setTimeout as wait } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import { assert } from '../checks';
import { outputOf } from '../../quickstart/demo';
import type { N8nApi } from '../../n8n/restApi';
import { triggerName, type TriggerWorkflow } from './TriggerWorkflow';

interface Summary {
	id: string;
	status: string;
	mode: string;
}

interface Run {
	mode: string;
	items: IDataObject[];
	/** Why it did not succeed. */
	failure: string | undefined;
}

const pageSize = 100;
const readAtOnce = 10;
const lookEveryMs = 500;
/** n8n shows nothing for those that are not over. */
const openStatuses = ['new', 'running', 'waiting'];
const statuses = [...openStatuses, 'success', 'error', 'crashed', 'canceled', 'unknown'];

/** The executions of one workflow, as its list in the editor has them. */
export class Executions {
	private readonly over = new Map<string, Run>();
	/** Those that are not over yet, at the last look. */
	private open = 0;

	constructor(
		private readonly n8n: N8nApi,
		readonly workflow: TriggerWorkflow,
	) {}

	/** What the trigger put out in all executions that were started by the vendor. */
	get items(): IDataObject[] {
		return this.started.flatMap(({ items }) => items);
	}

	/** How many executions were started by the vendor, and not by hand. */
	get count(): number {
		return this.started.length;
	}

	/** What the trigger put out in test runs. */
	get testItems(): IDataObject[] {
		return [...this.over.values()].flatMap(({ mode, items }) => (mode === 'manual' ? items : []));
	}

	/** Waits until n8n has `count` executions that were started by the vendor, and none is running. */
	async waitFor(count: number, withinMs: number): Promise<void> {
		await this.waitUntil(() => this.count >= count, withinMs);
	}

	/** Waits until a look at the executions is satisfying and none is running. @throws Error when one failed */
	async waitUntil(isEnough: () => boolean, withinMs: number): Promise<void> {
		const deadline = Date.now() + withinMs;
		for (;;) {
			await this.look();
			if ((isEnough() && this.open === 0) || Date.now() > deadline) break;
			await wait(lookEveryMs);
		}
		const failures = [...this.over.values()].flatMap(({ failure }) => failure ?? []);
		assert(failures.length === 0, `an execution failed: ${failures.join('; ')}`);
	}

	private get started(): Run[] {
		return [...this.over.values()].filter(({ mode }) => mode !== 'manual');
	}

	/** Reads the executions that are new since the last look. */
	async look(): Promise<void> {
		const fresh: Summary[] = [];
		this.open = 0;
		let lastId: string | undefined;
		for (;;) {
			const page = await this.page(lastId);
			const unknown = page.filter(({ id }) => !this.over.has(id));
			fresh.push(...unknown);
			lastId = page.at(-1)?.id;
			// The newest come first: a page without news is followed by none with news.
			if (page.length < pageSize || unknown.length === 0) break;
		}
		const ended = fresh.filter(({ status }) => !openStatuses.includes(status));
		this.open = fresh.length - ended.length;
		for (let at = 0; at < ended.length; at += readAtOnce) {
			const some = ended.slice(at, at + readAtOnce);
			const executions = await Promise.all(some.map(async (summary) => await this.read(summary)));
			executions.forEach((run, index) => this.over.set(some[index]?.id ?? '', run));
		}
	}

	private async page(lastId: string | undefined): Promise<Summary[]> {
		const filter = JSON.stringify({ workflowId: this.workflow.id, status: statuses });
		const query = new URLSearchParams({ filter, limit: String(pageSize) });
		if (lastId !== undefined) query.set('lastId', lastId);
		const { results } = await this.n8n.call<{ results: Summary[] }>(
			'GET',
			`/executions?${query.toString()}`,
		);
		return results;
	}

	private async read({ id, status, mode }: Summary): Promise<Run> {
		const { data } = await this.n8n.execution(id);
		const failure = status === 'success' ? undefined : `${id} is ${status}`;
		const message = data.resultData.error?.message;
		return {
			mode,
			items: outputOf(data, triggerName).map(({ json }) => json),
			failure: failure === undefined ? undefined : `${failure}: ${message ?? 'no message'}`,
		};
	}
}
