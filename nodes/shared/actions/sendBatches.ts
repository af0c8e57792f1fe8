import type { AccountConfig } from '../transport/vendor';
import { runConcurrently } from '../values/concurrency';
import { sleep } from '../values/sleep';
import type { BatchSender } from './BatchSender';
import { nextJob, type Group } from './dedupe';
import type { LeadJob, LeadLifecycle } from './leadState';
import type { Operation } from './operation';

/** Pause before leads are sent again that the vendor did not accept but may accept later. */
export const RESEND_DELAY_MS = 1_000;

/** What a run needs to send its leads. */
export interface SendRun<Lead, A extends AccountConfig, Found> {
	readonly operation: Operation<Lead, A, Found>;
	readonly sender: BatchSender<Lead, A, Found>;
	readonly lifecycle: LeadLifecycle;
	/** Leads per request. */
	readonly batchSize: number;
	readonly maxConcurrentRequests: number;
	/** On Error = Stop: nothing more is sent once a lead has failed. */
	readonly stopOnFailure: boolean;
	readonly signal: AbortSignal | undefined;
}

/** Sends the next job of each group; repeats until no job is left to send or resend. */
export async function sendBatches<Lead, A extends AccountConfig, Found>(
	run: SendRun<Lead, A, Found>,
	groups: ReadonlyArray<Group<Lead>>,
): Promise<void> {
	const { sender, lifecycle, stopOnFailure, signal } = run;
	const shouldContinue = () => !(stopOnFailure && lifecycle.hasFailures);
	for (const group of groups) {
		skipSuperseded(group, lifecycle);
		for (const job of group) lifecycle.resume(job);
	}
	let open = groups;
	for (;;) {
		const pending: Array<LeadJob<Lead>> = [];
		open = open.filter((group) => {
			const next = nextJob(group);
			if (next !== undefined) pending.push(next);
			return next !== undefined;
		});
		if (pending.length === 0 || !shouldContinue()) return;
		if (pending.some(({ state }) => state.resendCount > 0)) await sleep(RESEND_DELAY_MS, signal);
		const toReconcile: Array<LeadJob<Lead>> = [];
		const toSend: Array<LeadJob<Lead>> = [];
		for (const job of pending) {
			const isResendSafe = run.operation.safety !== 'unsafe';
			(job.state.status === 'ready' || isResendSafe ? toSend : toReconcile).push(job);
		}
		const requests = [
			...toBatches(run, toReconcile).map((batch) => async () => await sender.reconcile(batch)),
			...toBatches(run, toSend).map((batch) => async () => await sender.send(batch)),
		];
		await runConcurrently(requests, run.maxConcurrentRequests, shouldContinue);
	}
}

/** On retry: a failed update would restore old values if a later item has already updated the same record. */
function skipSuperseded<Lead>(group: Group<Lead>, lifecycle: LeadLifecycle): void {
	if (group.length === 1) return;
	for (const job of group) {
		const { itemIndex, recordKeys } = job;
		if (recordKeys.length === 0 || lifecycle.isRecorded(job)) continue;
		const later = group.find(
			(other) =>
				other.itemIndex > itemIndex &&
				other.recordKeys.some((key) => recordKeys.includes(key)) &&
				lifecycle.isRecorded(other),
		);
		if (later !== undefined) lifecycle.supersede(job, later.itemIndex);
	}
}

/** Divides jobs into batches that may share a request each, in order. */
function toBatches<Lead, A extends AccountConfig, Found>(
	{ operation, batchSize }: SendRun<Lead, A, Found>,
	jobs: ReadonlyArray<LeadJob<Lead>>,
): Array<Array<LeadJob<Lead>>> {
	const batches: Array<Array<LeadJob<Lead>>> = [];
	const lastByKey = new Map<string, Array<LeadJob<Lead>>>();
	for (const job of jobs) {
		const batchKey = operation.sendBatch === undefined ? '' : operation.batchKey?.(job.lead);
		// Leads in doubt are sent apart: a rejection of these may mean that the vendor has them.
		const key = `${job.state.status}|${batchKey ?? ''}`;
		let batch = lastByKey.get(key);
		if (batch === undefined || batch.length >= batchSize) {
			batch = [];
			lastByKey.set(key, batch);
			batches.push(batch);
		}
		batch.push(job);
	}
	return batches;
}
