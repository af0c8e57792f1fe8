import type { AccountConfig } from '../../transport/vendor';
import type { Group } from '../dedupe';
import type { LeadJob, LeadLifecycle } from '../leadState';
import type { Operation } from '../operation';
import { isFailure } from '../outcome/outcome';
import { sendBatches, type SendRun } from '../sendBatches';
import { LEADS_PER_WRITE, type SentLeadStore, type SentStatus } from './SentLeadStore';

/** Sends leads that no earlier execution sent. In chunks: if the process dies, only one chunk is in doubt. */
export async function sendUnsentLeads<Lead, A extends AccountConfig, Found>(
	run: SendRun<Lead, A, Found>,
	groups: ReadonlyArray<Group<Lead>>,
	store: SentLeadStore,
): Promise<void> {
	const { operation, lifecycle, stopOnFailure } = run;
	for (let start = 0; start < groups.length; start += LEADS_PER_WRITE) {
		if (stopOnFailure && lifecycle.hasFailures) return;
		const chunk = groups.slice(start, start + LEADS_PER_WRITE);
		const jobs = chunk.flat();
		const keys = new Set(jobs.flatMap(({ dedupeKeys }) => dedupeKeys));
		const statuses = await store.claim([...keys]);
		for (const job of jobs) applySentStatus(operation, lifecycle, job, statuses);
		try {
			await sendBatches(run, chunk);
		} finally {
			const accepted = new Set(jobs.filter(isAccepted).flatMap(({ dedupeKeys }) => dedupeKeys));
			for (const key of keys) if (statuses.get(key) === 'sent') accepted.add(key);
			// A cancelled or stopped run leaves some leads in flight: they stay in doubt.
			const notAccepted = [...keys].filter(
				(key) => !accepted.has(key) && !lifecycle.isInDoubt(key),
			);
			await store.commit([...accepted], notAccepted);
		}
	}
}

/** Concludes a lead that an earlier execution sent; one that it left in doubt will be reconciled. */
function applySentStatus<Lead, A extends AccountConfig, Found>(
	operation: Operation<Lead, A, Found>,
	lifecycle: LeadLifecycle,
	job: LeadJob<Lead>,
	statuses: ReadonlyMap<string, SentStatus>,
): void {
	// An outcome of this very execution is more specific.
	if (lifecycle.isRecorded(job)) return;
	const known = new Set(job.dedupeKeys.map((key) => statuses.get(key)));
	if (known.has('sent')) {
		const note = 'Sent by an earlier execution';
		const data = { ...operation.toOutput?.(job.lead), note };
		lifecycle.skipSent(job, { kind: 'duplicate', data });
	} else if (known.has('inDoubt')) {
		lifecycle.doubt(job);
	}
}

/** True if the vendor has the lead under all its keys: a duplicate may share only one of several. */
function isAccepted({ state, dedupeKeys }: LeadJob<unknown>): boolean {
	if (state.status !== 'done' || state.by === 'earlierExecution') return false;
	if (isFailure(state.outcome)) return false;
	return state.outcome.kind !== 'duplicate' || dedupeKeys.length === 1;
}
