import { sleep } from '../values/sleep';
import { ApiError } from '../transport/ApiError';
import { toError } from '../values/json';
import { hasOutcome } from './resume/RunJournal';
import type { RunJournal, JournalEntry } from './resume/RunJournal';
import type { Operation } from './operation';
import { InvalidInputError } from '../errors/InvalidInputError';
import { isFailure } from './outcome/outcome';
import type { Failure, Outcome } from './outcome/outcome';
import { ITEM_ERROR_STATUSES } from '../transport/retryPolicy';
import type { ApiClient } from '../transport/ApiClient';
import type { AccountConfig } from '../transport/vendor';

/** A lead on its way: where it came from, and what has become of it. */
export interface LeadJob<Lead> {
	itemIndex: number;
	lead: Lead;
	/** What makes it the same lead as another, hashed; its keys in the ledger. Of its own where it stands for itself. */
	dedupeKeys: readonly string[];
	/** The vendor's records that it changes, hashed. */
	recordKeys?: readonly string[];
	outcome?: Outcome;
	/** Whether an earlier execution sent it: its outcome says nothing of the other items. */
	fromEarlierExecution?: boolean;
	/** Whether an earlier try of the node sent it and got no reply: the vendor may have it. */
	inDoubt?: boolean;
	/** How often it was sent again: the vendor said that it may go through, or does not have it. */
	resendCount: number;
}

/** The vendor may take a moment to show a lead whose reply was lost: it is asked after these waits. */
const RECONCILE_DELAYS_MS = [500, 1_500];
const MAX_RESENDS = 2;

/** Sends the parcels of one operation through one client, and sees to it that each gets its outcome. */
export class BatchSender<Lead, A extends AccountConfig> {
	/** The failure that makes everything that follows pointless, such as a bad credential. */
	fatalFailure: Failure | undefined;
	/** Whether a lead has failed for good. */
	hasFailures = false;

	constructor(
		private readonly operation: Operation<Lead, A>,
		private readonly client: ApiClient<A>,
		private readonly ledger: RunJournal | undefined,
		private readonly signal: AbortSignal | undefined,
	) {}

	/**
	 * Gives a lead the outcome that an earlier try of the node left.
	 * @returns whether there is none, so that it is to be sent
	 */
	resumeFromJournal(parcel: LeadJob<Lead>): 'send' | 'ask' | 'known' {
		const remembered = this.journalEntry(parcel);
		if (remembered === undefined) return 'send';
		if (hasOutcome(remembered)) {
			parcel.outcome = remembered;
			return 'known';
		}
		parcel.inDoubt = true;
		// Sending it again is fine only where that is harmless.
		return this.operation.safety === 'unsafe' ? 'ask' : 'send';
	}

	/** What an earlier try of the node, or this one, has taken down of a lead. */
	journalEntry({ dedupeKeys }: LeadJob<Lead>): JournalEntry | undefined {
		const entries = dedupeKeys.map((mark) => this.ledger?.get(mark));
		return entries.find(hasOutcome) ?? entries.find((entry) => entry !== undefined);
	}

	/** Takes down that a lead is on its way, by this execution or by an earlier one that never said what became of it. */
	markInFlight({ dedupeKeys }: LeadJob<Lead>): void {
		for (const mark of dedupeKeys) {
			if (!hasOutcome(this.ledger?.get(mark))) this.ledger?.set(mark, 'sent');
		}
	}

	/** Whether the vendor may have a lead by this mark: it was sent, and nothing has said what became of it. */
	isInDoubt(mark: string): boolean {
		return this.ledger?.get(mark) === 'sent';
	}

	/**
	 * On another try of the node: a change that did not go through is not made up for once a later item
	 * has changed the same record, or the record would end as the earlier item has it.
	 */
	skipSuperseded(group: ReadonlyArray<LeadJob<Lead>>): void {
		for (const parcel of group) {
			const { itemIndex, recordKeys = [] } = parcel;
			const remembered = this.journalEntry(parcel);
			if (recordKeys.length === 0 || hasOutcome(remembered)) continue;
			const later = group.find(
				(other) =>
					other.itemIndex > itemIndex &&
					other.recordKeys?.some((target) => recordKeys.includes(target)) &&
					hasOutcome(this.journalEntry(other)),
			);
			if (later === undefined) continue;
			parcel.outcome = superseded(later.itemIndex, remembered === 'sent');
			this.hasFailures = true;
		}
	}

	/**
	 * Sends a list. A list refused for what is in it is halved until the bad lead stands alone; when
	 * its first half passes, the second is known to be bad and is halved without being sent.
	 * @returns whether the vendor refused none of the list
	 */
	async send(parcels: Array<LeadJob<Lead>>, containsInvalid = false): Promise<boolean> {
		if (this.fatalFailure !== undefined) {
			this.failAll(parcels, this.fatalFailure);
			return true;
		}
		const alone = parcels.length === 1;
		if (alone || !containsInvalid) {
			const failure = await this.attempt(parcels);
			if (failure?.kind !== 'refused') {
				if (failure !== undefined) await this.handleError(parcels, failure);
				return true;
			}
			if (alone || !ITEM_ERROR_STATUSES.has(failure.status)) {
				await this.handleRejection(parcels, failure);
				return false;
			}
		}
		const middle = Math.ceil(parcels.length / 2);
		const firstPassed = await this.send(parcels.slice(0, middle));
		const secondPassed = await this.send(parcels.slice(middle), firstPassed);
		return firstPassed && secondPassed;
	}

	/**
	 * Asks the vendor for each lead whose reply was lost. Those it has are done; those that it does not
	 * have after a while are sent again; the rest fail as unknown.
	 */
	async reconcile(parcels: Array<LeadJob<Lead>>, failure: Failure = inDoubt): Promise<void> {
		if (this.operation.reconcile === undefined) {
			this.failAll(parcels, failure);
			return;
		}
		let open = parcels;
		for (const waitMs of RECONCILE_DELAYS_MS) {
			if (open.length === 0) return;
			await sleep(waitMs, this.signal);
			const absent: Array<LeadJob<Lead>> = [];
			for (const parcel of open) {
				const answer = await this.tryQuery(
					async () => await this.operation.reconcile?.(this.client, parcel.lead),
				);
				if (answer === 'absent') absent.push(parcel);
				else this.record(parcel, answer === undefined || answer === 'unknown' ? failure : answer);
			}
			open = absent;
		}
		const again = open.filter(({ resendCount }) => resendCount < MAX_RESENDS);
		const given = open.filter(({ resendCount }) => resendCount >= MAX_RESENDS);
		for (const parcel of given) parcel.inDoubt = false;
		this.failAll(given, { ...failure, ...neverAccepted });
		for (const parcel of again) {
			parcel.resendCount++;
			parcel.inDoubt = false;
		}
		if (again.length > 0) await this.send(again);
	}

	/** @returns how the call failed, or undefined once every parcel has its outcome */
	private async attempt(parcels: Array<LeadJob<Lead>>): Promise<ApiError | undefined> {
		for (const parcel of parcels) this.markInFlight(parcel);
		try {
			const leads = parcels.map(({ lead }) => lead);
			const resumes = parcels.some(({ inDoubt }) => inDoubt);
			const client = resumes ? this.client.withPriorAttempt() : this.client;
			const outcomes = await this.operation.sendBatch(client, leads);
			parcels.forEach((parcel, index) => this.record(parcel, outcomes[index] ?? missingFromReply));
			return undefined;
		} catch (error) {
			if (this.signal?.aborted) throw toError(error);
			if (error instanceof ApiError) return error;
			this.failAll(parcels, unexpected(toError(error)));
			return undefined;
		}
	}

	private async handleError(parcels: Array<LeadJob<Lead>>, failed: ApiError): Promise<void> {
		const failure = toFailure(failed);
		if (failed.kind === 'credential') this.fatalFailure = failure;
		if (failed.kind === 'unknown') await this.reconcile(parcels, failure);
		else this.failAll(parcels, failure);
	}

	private async handleRejection(parcels: Array<LeadJob<Lead>>, refusal: ApiError): Promise<void> {
		for (const parcel of parcels) {
			const meaning = await this.tryQuery(
				async () => await this.operation.resolveRejection?.(this.client, parcel.lead, refusal),
			);
			this.record(parcel, meaning ?? toFailure(refusal));
		}
	}

	/** What the vendor answers to a question of ours; undefined when it cannot be asked. */
	private async tryQuery<Answer>(question: () => Promise<Answer>): Promise<Answer | undefined> {
		try {
			return await question();
		} catch (error) {
			if (this.signal?.aborted) throw toError(error);
			return undefined;
		}
	}

	private failAll(parcels: Array<LeadJob<Lead>>, failure: Failure): void {
		for (const parcel of parcels) this.record(parcel, failure);
	}

	private record(parcel: LeadJob<Lead>, outcome: Outcome): void {
		if (!isFailure(outcome)) {
			parcel.outcome = outcome;
			for (const mark of parcel.dedupeKeys) this.ledger?.set(mark, outcome);
			return;
		}
		if (outcome.retryable === true && parcel.resendCount < MAX_RESENDS) {
			this.forget(parcel);
			parcel.inDoubt = false;
			parcel.resendCount++;
			return;
		}
		// Not sent this time, but an earlier try sent it.
		parcel.outcome =
			outcome.kind === 'notSent' && parcel.inDoubt ? { ...outcome, ...possiblyAccepted } : outcome;
		if (parcel.outcome.kind !== 'unknown') this.forget(parcel);
		this.hasFailures = true;
	}

	private forget({ dedupeKeys }: LeadJob<Lead>): void {
		for (const mark of dedupeKeys) this.ledger?.forget(mark);
	}
}

/** Of a change that a later item has overtaken. */
const superseded = (itemIndex: number, maybeSent: boolean): Failure => ({
	kind: maybeSent ? 'unknown' : 'notSent',
	message: `Not sent on this try: item ${itemIndex}, which changes the same record, went through after it`,
	description: 'If its change is still wanted, run the item by itself',
});

const missingFromReply: Failure = {
	kind: 'unknown',
	message: 'Outcome unknown: the reply says nothing of this lead',
	description: 'Look the lead up at the vendor before sending it again',
};

/** After the last of the looks that go with every try. */
const neverAccepted = {
	kind: 'notSent',
	message: 'Not sent: no try of it got a usable reply, and the vendor has not got it',
	description: 'Run the item again once the vendor is back',
} as const;

/** Of a lead that an earlier try sent, and that this one could not send or did not come to. */
export const possiblyAccepted = {
	kind: 'unknown',
	message:
		'Outcome unknown: an earlier try sent this lead and got no reply, and this one did not send it',
} as const;

/** Of a lead that was on its way when the node could not go on. */
export function interrupted({ message }: Failure): Failure {
	return {
		kind: 'unknown',
		message: `Outcome unknown: the lead was on its way when the node broke off (${message})`,
		description: 'Look the lead up at the vendor before sending it again',
	};
}

const inDoubt: Failure = {
	kind: 'unknown',
	message:
		'Outcome unknown: an earlier try sent this lead and got no reply, so it is not sent again',
	description:
		'Look the lead up at the vendor before sending it again, so that it is not called twice',
};

function toFailure({ kind, message, description, status, vendorMessage }: ApiError): Failure {
	const failure: Failure = { kind: kind === 'credential' ? 'notSent' : kind, message, description };
	if (status !== undefined) failure.httpCode = status;
	if (vendorMessage !== undefined) failure.vendorMessage = vendorMessage;
	return failure;
}

/** An error that is not the vendor's: a lead that cannot be put into a request, or a defect of ours. */
function unexpected(error: Error): Failure {
	return error instanceof InvalidInputError
		? { kind: 'notSent', message: error.message, description: error.description }
		: { kind: 'unknown', message: `Outcome unknown: ${error.message}` };
}
