/* eslint-disable @n8n/community-nodes/no-restricted-imports -- polls a running server */
import { setTimeout as wait } from 'node:timers/promises';
import type { IDataObject, IRunExecutionData } from 'n8n-workflow';
import { assert } from '../checks';
import { outputOf } from '../../quickstart/demo';
import { executionPage, EXECUTIONS_PER_PAGE, type ExecutionEntry } from '../../n8n/executionPage';
import type { N8nApi } from '../../n8n/restApi';
import { TRIGGER_NAME, type TriggerWorkflow } from './TriggerWorkflow';

interface Run {
	mode: string;
	items: IDataObject[];
	/** The status and message, if it did not succeed. */
	failure: string | undefined;
}

const CONCURRENT_READS = 10;
const POLL_INTERVAL_MS = 500;
/** n8n has no data yet for executions with these statuses. */
const OPEN_STATUSES = ['new', 'running', 'waiting'];
const STATUSES = [...OPEN_STATUSES, 'success', 'error', 'crashed', 'canceled', 'unknown'];

/** The trigger's items in an execution, whether its first node has run or not. */
function itemsToStartWith(data: IRunExecutionData): IDataObject[] {
	const output = outputOf(data, TRIGGER_NAME);
	const [first] = data.executionData?.nodeExecutionStack ?? [];
	const items = output.length > 0 ? output : (first?.data.main ?? []).flatMap((some) => some ?? []);
	return items.map(({ json }) => json);
}

/** The executions of one workflow, as the editor lists them. */
export class Executions {
	private readonly finished = new Map<string, Run>();
	/** The number of unfinished executions at the last refresh. */
	private open = 0;

	constructor(
		private readonly n8n: N8nApi,
		readonly workflow: TriggerWorkflow,
		/** Whether an execution that was under way when n8n was killed counts like any other. */
		private readonly allowsCrashes = false,
	) {}

	/** The trigger's output in all executions that the vendor started. */
	get items(): IDataObject[] {
		return this.started.flatMap(({ items }) => items);
	}

	/** The number of executions that the vendor started, without test runs. */
	get count(): number {
		return this.started.length;
	}

	/** The trigger's output in test runs. */
	get testItems(): IDataObject[] {
		return [...this.finished.values()].flatMap(({ mode, items }) =>
			mode === 'manual' ? items : [],
		);
	}

	/** Waits until the vendor has started `count` executions and all have ended. */
	async waitFor(count: number, timeoutMs: number): Promise<void> {
		await this.waitUntil(() => this.count >= count, timeoutMs);
	}

	/** Waits until the condition holds and all executions have ended. @throws Error when one failed */
	async waitUntil(isSatisfied: () => boolean, timeoutMs: number): Promise<void> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			await this.refresh();
			if ((isSatisfied() && this.open === 0) || Date.now() > deadline) break;
			await wait(POLL_INTERVAL_MS);
		}
		const failures = [...this.finished.values()].flatMap(({ failure }) => failure ?? []);
		assert(failures.length === 0, `an execution failed: ${failures.join('; ')}`);
	}

	private get started(): Run[] {
		return [...this.finished.values()].filter(({ mode }) => mode !== 'manual');
	}

	/** Reads the executions that are new since the last refresh. */
	async refresh(): Promise<void> {
		const fresh = new Map<string, ExecutionEntry>();
		this.open = 0;
		const filter = { workflowId: this.workflow.id, status: STATUSES };
		for (let startedBefore: string | null | undefined; ; ) {
			const page = await executionPage(
				this.n8n,
				startedBefore ? { ...filter, startedBefore } : filter,
			);
			const unknown = page.filter(({ id }) => !this.finished.has(id) && !fresh.has(id));
			for (const entry of unknown) fresh.set(entry.id, entry);
			startedBefore = page.at(-1)?.startedAt;
			// The newest come first: after a page of known executions there are no unknown ones.
			if (page.length < EXECUTIONS_PER_PAGE || unknown.length === 0) break;
		}
		const ended = [...fresh.values()].filter(({ status }) => !OPEN_STATUSES.includes(status));
		this.open = fresh.size - ended.length;
		for (let at = 0; at < ended.length; at += CONCURRENT_READS) {
			const some = ended.slice(at, at + CONCURRENT_READS);
			const executions = await Promise.all(some.map(async (summary) => await this.read(summary)));
			executions.forEach((run, index) => this.finished.set(some[index]?.id ?? '', run));
		}
	}

	private async read({ id, status, mode }: ExecutionEntry): Promise<Run> {
		const { data } = await this.n8n.execution(id);
		// n8n was killed: the workflow was started, but its first node may not have run.
		if (status === 'crashed' && this.allowsCrashes) {
			return { mode, items: itemsToStartWith(data), failure: undefined };
		}
		const failure = status === 'success' ? undefined : `${id} is ${status}`;
		const message = data.resultData.error?.message;
		return {
			mode,
			items: outputOf(data, TRIGGER_NAME).map(({ json }) => json),
			failure: failure === undefined ? undefined : `${failure}: ${message ?? 'no message'}`,
		};
	}
}
