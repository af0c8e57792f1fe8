import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';
import { getOwn, isObject } from '../../values/json';
import type { AccountConfig } from '../../transport/vendor';
import { matchedBy, settles } from '../dedupe';
import type { LeadJob, LeadLifecycle } from '../leadState';
import type { Operation } from '../operation';
import { duplicateOfEarlierUnknown } from '../outcome/failures';

const CONTEXT_KEY = 'leadDispatchRuns';

/** The part of n8n's execution context that distinguishes the runs of a loop. */
export type LoopContext = Pick<
	IExecuteFunctions,
	'getNode' | 'getChildNodes' | 'getParentNodes' | 'getWorkflowDataProxy'
> & { getContext(type: 'node'): IContextObject };

/**
 * What the node sent in earlier runs of a loop of this execution, by dedupe key: a lead is sent once, however the list
 * is cut into runs. Only a node in a loop stores it, about 34 bytes a lead. Relies on n8n (2.41) keeping the node
 * context for the whole execution, over a Wait node too.
 */
export class EarlierRuns {
	private constructor(
		/** By dedupe key: run and item from 0, and `unknown` where the outcome is. */
		private readonly sent: Record<string, unknown>,
		private readonly run: number,
	) {}

	/** @param scope operation and account: leads of another one are no repeats. Undefined outside of loops */
	static open(context: LoopContext, scope: string): EarlierRuns | undefined {
		if (!isInLoop(context)) return undefined;
		const store = context.getContext('node');
		const stored: unknown = store[CONTEXT_KEY];
		const byScope = isObject(stored) ? stored : {};
		const known = getOwn(byScope, scope);
		const sent = isObject(known) ? known : {};
		store[CONTEXT_KEY] = { ...byScope, [scope]: sent };
		return new EarlierRuns(sent, Number(context.getWorkflowDataProxy(0).$runIndex));
	}

	/** Concludes jobs whose lead an earlier run sent. */
	skipSent<Lead, A extends AccountConfig, Found>(
		jobs: ReadonlyArray<LeadJob<Lead>>,
		operation: Operation<Lead, A, Found>,
		lifecycle: LeadLifecycle,
	): void {
		for (const job of jobs) {
			// What an earlier attempt of this very run journaled is more specific.
			if (lifecycle.isRecorded(job) || lifecycle.isInDoubt(job)) continue;
			for (const [index, key] of job.dedupeKeys.entries()) {
				const entry = this.entry(key);
				if (entry === undefined) continue;
				const where = `item ${entry.item} of run ${entry.run + 1}`;
				if (entry.isUnknown) {
					lifecycle.markDuplicate(job, duplicateOfEarlierUnknown(where));
				} else {
					const note = `Sent in an earlier run of this node: ${where}`;
					const data = {
						...operation.toOutput?.(job.lead),
						note,
						...matchedBy(operation, job.lead, index),
					};
					lifecycle.skipSent(job, { kind: 'duplicate', data });
				}
				break;
			}
		}
	}

	/** Records what this run sent, for the next ones. */
	record(jobs: ReadonlyArray<LeadJob<unknown>>): void {
		for (const job of jobs) {
			const settled = settles(job);
			if (settled === undefined) continue;
			const entry = `${this.run}|${job.itemIndex}${settled === 'unknown' ? '|unknown' : ''}`;
			for (const key of job.dedupeKeys) if (this.entry(key) === undefined) this.sent[key] = entry;
		}
	}

	/** What an earlier run recorded under a key. */
	private entry(key: string): { run: number; item: number; isUnknown: boolean } | undefined {
		const stored = getOwn(this.sent, key);
		if (typeof stored !== 'string') return undefined;
		const [run = '', item = '', unknown] = stored.split('|');
		if (Number(run) === this.run) return undefined;
		return { run: Number(run), item: Number(item), isUnknown: unknown !== undefined };
	}
}

/** True if the node can run again in this execution: what follows it also leads to it. */
function isInLoop(context: LoopContext): boolean {
	const { name } = context.getNode();
	const before = new Set(context.getParentNodes(name).map((node) => node.name));
	return context.getChildNodes(name).some((node) => before.has(node.name));
}
