import { sleep } from '../values/sleep';
import { outcomeOf, type LeadJob, type LeadLifecycle } from './leadState';
import { possiblyStored } from './outcome/failures';
import { isFailure, type Outcome } from './outcome/outcome';

/** What the vendor says about a lead: `unknown` if it cannot say, `unanswered` if it did not reply. */
export type LookUpAnswer = Outcome | 'notFound' | 'unknown' | 'unanswered';

/** What is needed to find out what a vendor stored of a batch that it rejected. */
interface Asker<Lead> {
	readonly lifecycle: LeadLifecycle;
	/** Waits before each look-up of a lead: vendors list new leads with a delay. */
	readonly delaysMs: readonly number[];
	readonly signal: AbortSignal | undefined;
	lookUp(job: LeadJob<Lead>): Promise<LookUpAnswer>;
	sendAlone(job: LeadJob<Lead>): Promise<unknown>;
}

/** What is left of a rejected batch. */
interface Rest<Lead> {
	/** Leads that the vendor does not have, and that have no outcome yet. */
	jobs: ReadonlyArray<LeadJob<Lead>>;
	/** The vendor has shown that it stores no lead of a batch that it rejects. */
	storesNothing: boolean;
}

/**
 * Before halves of a rejected batch are sent: the vendor may have stored its valid leads all the same. Leads are looked up
 * and, if the vendor does not have them, sent alone, until one is accepted: it was valid and not stored, so no other was.
 */
export async function settleStored<Lead>(
	jobs: ReadonlyArray<LeadJob<Lead>>,
	{ lifecycle, delaysMs, signal, lookUp, sendAlone }: Asker<Lead>,
): Promise<Rest<Lead>> {
	let hasStored = false;
	for (const [index, job] of jobs.entries()) {
		let answer: LookUpAnswer = 'notFound';
		for (const delayMs of delaysMs) {
			// Once one was found, the vendor has listed the others, too.
			if (!hasStored) await sleep(delayMs, signal);
			answer = await lookUp(job);
			if (answer !== 'notFound') break;
		}
		if (answer === 'unknown') return { jobs: jobs.slice(index), storesNothing: false };
		if (answer === 'unanswered') {
			for (const open of jobs.slice(index)) lifecycle.conclude(open, possiblyStored);
			break;
		}
		if (answer !== 'notFound') {
			hasStored = true;
			lifecycle.conclude(job, answer);
			continue;
		}
		await sendAlone(job);
		const outcome = outcomeOf(job);
		const wasValid = outcome !== undefined && !isFailure(outcome);
		// After an invalid lead, that one may be the reason why the vendor stored none.
		if (wasValid && !hasStored) return { jobs: jobs.slice(index + 1), storesNothing: index === 0 };
	}
	return { jobs: [], storesNothing: false };
}
