import * as failures from './outcome/failures';
import { isFailure, type Failure, type Outcome, type Success } from './outcome/outcome';
import { hasOutcome, IN_FLIGHT, type JournalEntry, type RunJournal } from './resume/RunJournal';

/** How often one run sends a lead again that the vendor did not accept and may accept later. */
export const MAX_RESENDS = 2;

/** What settled a job. `earlierExecution` and `duplicate` say nothing about the other items of this run. */
type SettledBy = 'thisRun' | 'earlierAttempt' | 'earlierExecution' | 'duplicate';

/** Where a lead stands; docs/architecture.md has the diagram. `resendCount` is at most MAX_RESENDS. */
export type LeadState = { readonly resendCount: number } & (
	| { readonly status: 'ready' }
	/** Its request is out. `doubt`: why an attempt before this one may have been accepted. */
	| { readonly status: 'inFlight'; readonly doubt: Failure | undefined }
	/** A request went out and its result is unknown: reconcile, or resend where that is idempotent. */
	| { readonly status: 'inDoubt'; readonly doubt: Failure }
	| { readonly status: 'done'; readonly outcome: Outcome; readonly by: SettledBy }
);

/** The legal transitions. Anything else is a defect of this package. */
const NEXT: Record<LeadState['status'], ReadonlyArray<LeadState['status']>> = {
	ready: ['inFlight', 'inDoubt', 'done', 'ready'],
	inFlight: ['done', 'inDoubt', 'ready'],
	inDoubt: ['done', 'ready', 'inFlight'],
	done: [],
};

/** A valid input item on its way to the vendor. */
export interface LeadJob<Lead> {
	readonly itemIndex: number;
	readonly lead: Lead;
	/** Hashes of what makes it the same lead as another item; none for an item that is never a duplicate. */
	readonly dedupeKeys: readonly string[];
	/** Hashes of the vendor's records that it changes. */
	readonly recordKeys: readonly string[];
	/** What the journal stores it under: its own, shared with no other item of the run. */
	readonly journalKey: string;
	readonly state: LeadState;
}

/** One object for all new jobs: one each would cost memory in a list of 100,000. */
const READY: LeadState = Object.freeze({ status: 'ready', resendCount: 0 });

export function createJob<Lead>(job: Omit<LeadJob<Lead>, 'state'>): LeadJob<Lead> {
	return { ...job, state: READY };
}

/** The outcome of a job; undefined until it is done. */
export function outcomeOf({ state }: LeadJob<unknown>): Outcome | undefined {
	return state.status === 'done' ? state.outcome : undefined;
}

/** Why an attempt before the current one may have been accepted; undefined if none may. */
export function doubtOf({ state }: LeadJob<unknown>): Failure | undefined {
	return state.status === 'inFlight' || state.status === 'inDoubt' ? state.doubt : undefined;
}

/** The transitions of all leads of one run. Each updates the journal, too, and before a request goes out. */
export class LeadLifecycle {
	private isFailed = false;

	/** @param journal undefined for operations that only read: they are simply repeated */
	constructor(private readonly journal: RunJournal | undefined) {}

	/** True once a lead of this run has failed for good. */
	get hasFailures(): boolean {
		return this.isFailed;
	}

	/** ready → done or inDoubt, if an earlier attempt of this node journaled this very item. */
	resume(job: LeadJob<unknown>): void {
		if (job.state.status === 'done') return;
		const entry = this.journalEntry(job);
		if (hasOutcome(entry)) this.settle(job, entry, 'earlierAttempt');
		else if (entry !== undefined) this.doubt(job);
	}

	/** ready → inDoubt: an earlier execution or attempt sent the lead and recorded no outcome. */
	doubt(job: LeadJob<unknown>): void {
		if (job.state.status === 'inDoubt') return;
		this.journalInFlight(job);
		this.loseResponse(job, failures.inDoubt);
	}

	/** ready or inDoubt → inFlight. The journal holds the lead before its request goes out. */
	send(job: LeadJob<unknown>): void {
		const { resendCount } = job.state;
		this.journalInFlight(job);
		setState(job, { status: 'inFlight', resendCount, doubt: doubtOf(job) });
	}

	/** inFlight → ready or inDoubt, as before: its batch was rejected, which says nothing of one lead. */
	returnFromBatch(job: LeadJob<unknown>): void {
		const { resendCount } = job.state;
		const doubt = doubtOf(job);
		if (doubt === undefined) setState(job, { status: 'ready', resendCount });
		else this.loseResponse(job, doubt);
	}

	/** inFlight → inDoubt: no usable response. @param doubt the outcome if nothing more is learned */
	loseResponse(job: LeadJob<unknown>, doubt: Failure): void {
		setState(job, { status: 'inDoubt', resendCount: job.state.resendCount, doubt });
	}

	/** → done; → ready for a failure that may pass, at most MAX_RESENDS times. */
	conclude(job: LeadJob<unknown>, outcome: Outcome): void {
		if (isFailure(outcome)) {
			this.fail(job, outcome);
			return;
		}
		this.journal?.set(job.journalKey, outcome);
		this.settle(job, outcome, 'thisRun');
	}

	/** inDoubt → ready: the vendor does not have the lead. → done after MAX_RESENDS. */
	notFound(job: LeadJob<unknown>): void {
		const { resendCount } = job.state;
		if (resendCount < MAX_RESENDS) {
			setState(job, { status: 'ready', resendCount: resendCount + 1 });
		} else {
			this.forget(job);
			this.failForGood(job, { ...doubtOf(job), ...failures.neverAccepted });
		}
	}

	/** ready → done: a later item has changed the same record already. */
	supersede(job: LeadJob<unknown>, laterItem: number): void {
		const wasSent = this.isInDoubt(job);
		this.failForGood(job, failures.superseded(laterItem, wasSent));
	}

	/** ready → done: an earlier execution sent the lead, or an earlier run in a loop. */
	skipSent(job: LeadJob<unknown>, outcome: Success): void {
		this.settle(job, outcome, 'earlierExecution');
	}

	/** → done: another item of this run is the same lead. */
	markDuplicate(job: LeadJob<unknown>, outcome: Outcome): void {
		this.settle(job, outcome, 'duplicate');
	}

	preview(job: LeadJob<unknown>, outcome: Outcome): void {
		this.settle(job, outcome, 'thisRun');
	}

	/** Any state → done, at the end of the run. @param notReached why the run did not come to it */
	end(job: LeadJob<unknown>, notReached: Failure): void {
		const { state } = job;
		if (state.status === 'done') return;
		if (state.status === 'inDoubt') this.failForGood(job, failures.possiblyAccepted);
		else if (!this.isInDoubt(job)) this.failForGood(job, notReached);
		else this.failForGood(job, failures.interrupted(notReached));
	}

	/** True if the journal has an outcome for the lead. */
	isRecorded(job: LeadJob<unknown>): boolean {
		return hasOutcome(this.journalEntry(job));
	}

	/** True if the lead was sent, by this attempt or an earlier one, and its outcome is not known. */
	isInDoubt(job: LeadJob<unknown>): boolean {
		return this.journalEntry(job) === IN_FLIGHT;
	}

	private fail(job: LeadJob<unknown>, failure: Failure): void {
		const { state } = job;
		if (failure.retryable === true && state.resendCount < MAX_RESENDS) {
			this.forget(job);
			setState(job, { status: 'ready', resendCount: state.resendCount + 1 });
			return;
		}
		const mayBeAccepted = failure.kind === 'notSent' && doubtOf(job) !== undefined;
		const outcome = mayBeAccepted ? { ...failure, ...failures.possiblyAccepted } : failure;
		if (outcome.kind !== 'unknown') this.forget(job);
		this.failForGood(job, outcome);
	}

	private failForGood(job: LeadJob<unknown>, failure: Failure): void {
		this.isFailed = true;
		this.settle(job, failure, 'thisRun');
	}

	private settle(job: LeadJob<unknown>, outcome: Outcome, by: SettledBy): void {
		setState(job, { status: 'done', resendCount: job.state.resendCount, outcome, by });
	}

	private journalEntry(job: LeadJob<unknown>): JournalEntry | undefined {
		return this.journal?.get(job.journalKey);
	}

	private journalInFlight(job: LeadJob<unknown>): void {
		this.journal?.set(job.journalKey, IN_FLIGHT);
	}

	private forget(job: LeadJob<unknown>): void {
		this.journal?.forget(job.journalKey);
	}
}

function setState(job: { state: LeadState }, state: LeadState): void {
	if (!NEXT[job.state.status].includes(state.status)) {
		throw new Error(`A lead cannot change from ${job.state.status} to ${state.status}`);
	}
	job.state = state;
}
