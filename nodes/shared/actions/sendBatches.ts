import { sleep } from '../values/sleep';
import type { BatchSender, LeadJob } from './BatchSender';
import { nextJob } from './dedupe';
import type { Group } from './dedupe';
import type { Operation } from './operation';
import type { Outcome } from './outcome/outcome';
import { invalidItem } from './prepareItems';
import type { RunSettings } from './settings';
import { DryRunRequest } from '../transport/ApiClient';
import type { ApiClient } from '../transport/ApiClient';
import type { AccountConfig } from '../transport/vendor';

const RESEND_DELAY_MS = 1_000;

/** Preview Only: each lead shows the request that it would travel in; none is sent. */
export async function dryRunAll<Lead, A extends AccountConfig>(
	operation: Operation<Lead, A>,
	client: ApiClient<A>,
	groups: Array<Group<Lead>>,
): Promise<void> {
	for (const group of groups) {
		for (let next = nextJob(group); next !== undefined; next = nextJob(group)) {
			next.outcome = await dryRunOne(operation, client, next.lead);
		}
	}
}

async function dryRunOne<Lead, A extends AccountConfig>(
	operation: Operation<Lead, A>,
	client: ApiClient<A>,
	lead: Lead,
): Promise<Outcome> {
	try {
		const [outcome] = await operation.sendBatch(client, [lead]);
		return outcome ?? invalidItem(new Error('There is nothing to send'));
	} catch (error) {
		return error instanceof DryRunRequest
			? { kind: 'preview', data: error.toJson() }
			: invalidItem(error);
	}
}

/**
 * Sends one parcel of every group, in rounds: the next round has those that the vendor may take on
 * another try, and the repeats of those that it did not take.
 */
export async function sendBatches<Lead, A extends AccountConfig>(
	operation: Operation<Lead, A>,
	dispatch: BatchSender<Lead, A>,
	groups: Array<Group<Lead>>,
	settings: RunSettings,
	stopOnFailure: boolean,
	signal: AbortSignal | undefined,
): Promise<void> {
	const shouldContinue = () => !(stopOnFailure && dispatch.hasFailures);
	for (const group of groups) if (group.length > 1) dispatch.skipSuperseded(group);
	let open = groups;
	for (;;) {
		const pending: Array<LeadJob<Lead>> = [];
		open = open.filter((group) => {
			const next = nextJob(group);
			if (next !== undefined) pending.push(next);
			return next !== undefined;
		});
		if (pending.length === 0 || !shouldContinue()) return;
		if (pending.some(({ resendCount }) => resendCount > 0)) await sleep(RESEND_DELAY_MS, signal);
		const toReconcile: Array<LeadJob<Lead>> = [];
		const toSend: Array<LeadJob<Lead>> = [];
		for (const parcel of pending) {
			const recalled = dispatch.resumeFromJournal(parcel);
			if (recalled === 'ask') toReconcile.push(parcel);
			if (recalled === 'send') toSend.push(parcel);
		}
		const jobs = [
			...toBatches(operation, toReconcile, settings.leadsPerRequest).map(
				(list) => () => dispatch.reconcile(list),
			),
			...toBatches(operation, toSend, settings.leadsPerRequest).map(
				(list) => () => dispatch.send(list),
			),
		];
		await runConcurrently(jobs, settings.requestsAtOnce, shouldContinue);
	}
}

/** Cuts parcels into lists that may travel in one request each, in order. */
function toBatches<Lead, A extends AccountConfig>(
	operation: Operation<Lead, A>,
	parcels: Array<LeadJob<Lead>>,
	size: number,
): Array<Array<LeadJob<Lead>>> {
	const lists: Array<Array<LeadJob<Lead>>> = [];
	const filling = new Map<string, Array<LeadJob<Lead>>>();
	for (const parcel of parcels) {
		// What an earlier try sent travels apart: its refusal may mean something else.
		const key = `${parcel.inDoubt === true}|${operation.batchKey?.(parcel.lead) ?? ''}`;
		let list = filling.get(key);
		if (list === undefined || list.length >= size) {
			list = [];
			filling.set(key, list);
			lists.push(list);
		}
		list.push(parcel);
	}
	return lists;
}

/**
 * Runs jobs, at most `width` at a time, until all are done, one throws or `goOn` says no; always waits
 * for those that are under way, so that nothing is sent after the node has ended.
 */
async function runConcurrently(
	jobs: Array<() => Promise<unknown>>,
	width: number,
	goOn: () => boolean,
): Promise<void> {
	let next = 0;
	let broken: { reason: unknown } | undefined;
	const worker = async () => {
		while (broken === undefined && goOn()) {
			const job = jobs[next++];
			if (job === undefined) return;
			await job().catch((reason: unknown) => (broken = { reason }));
		}
	};
	await Promise.all(Array.from({ length: width }, worker));
	if (broken !== undefined) throw broken.reason;
}
