import type { AccountConfig } from '../../transport/vendor';
import { matchedBy, settles, type Group } from '../dedupe';
import type { LeadJob, LeadLifecycle } from '../leadState';
import type { Operation } from '../operation';
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
			const accepted = new Set(
				jobs.filter((job) => settles(job) === 'accepted').flatMap(({ dedupeKeys }) => dedupeKeys),
			);
			for (const key of keys) if (statuses.get(key) === 'sent') accepted.add(key);
			// A cancelled or stopped run leaves some leads in flight: they stay in doubt.
			const inDoubt = new Set(
				jobs.filter((job) => lifecycle.isInDoubt(job)).flatMap(({ dedupeKeys }) => dedupeKeys),
			);
			// A key that was in doubt before is dropped only by an item that was sent, or asked about, here.
			const concluded = new Set(
				jobs.filter(isConcludedHere).flatMap(({ dedupeKeys }) => dedupeKeys),
			);
			const notAccepted = [...keys].filter(
				(key) =>
					!accepted.has(key) &&
					!inDoubt.has(key) &&
					(statuses.get(key) !== 'inDoubt' || concluded.has(key)),
			);
			await store.commit([...accepted], notAccepted);
		}
	}
}

const isConcludedHere = ({ state }: LeadJob<unknown>) =>
	state.status === 'done' && state.by !== 'earlierExecution' && state.by !== 'duplicate';

/** Concludes a lead that an earlier execution sent; one that it left in doubt will be reconciled. */
function applySentStatus<Lead, A extends AccountConfig, Found>(
	operation: Operation<Lead, A, Found>,
	lifecycle: LeadLifecycle,
	job: LeadJob<Lead>,
	statuses: ReadonlyMap<string, SentStatus>,
): void {
	// An outcome of this very execution is more specific, also of an earlier run in a loop.
	if (job.state.status === 'done' || lifecycle.isRecorded(job)) return;
	const known = job.dedupeKeys.map((key) => statuses.get(key));
	const sent = known.indexOf('sent');
	if (sent >= 0) {
		const note = 'Sent by an earlier execution';
		const data = {
			...operation.toOutput?.(job.lead),
			note,
			...matchedBy(operation, job.lead, sent),
		};
		lifecycle.skipSent(job, { kind: 'duplicate', data });
	} else if (known.includes('inDoubt')) {
		lifecycle.doubt(job);
	}
}
