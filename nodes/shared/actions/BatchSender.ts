import { sleep } from 'n8n-workflow';
import { CallFailed } from '../transport/ApiError';
import { asError } from '../values/json';
import { isKnown } from './resume/RunJournal';
import type { Ledger, Remembered } from './resume/RunJournal';
import type { LeadOperation } from './operation';
import { InvalidLead, isFailure } from './outcome/outcome';
import type { Failure, Outcome } from './outcome/outcome';
import { aboutOneOfList } from '../transport/retryPolicy';
import type { VendorClient } from '../transport/ApiClient';
import type { Account } from '../transport/vendor';

/** A lead on its way: where it came from, and what has become of it. */
export interface Parcel<Lead> {
	itemIndex: number;
	lead: Lead;
	/** What makes it the same lead as another, hashed; its keys in the ledger. Of its own where it stands for itself. */
	marks: readonly string[];
	/** The vendor's records that it changes, hashed. */
	targets?: readonly string[];
	outcome?: Outcome;
	/** Whether an earlier execution sent it: its outcome says nothing of the other items. */
	sentBefore?: boolean;
	/** Whether an earlier try of the node sent it and got no reply: the vendor may have it. */
	sentEarlier?: boolean;
	/** How often it was sent again: the vendor said that it may go through, or does not have it. */
	resent: number;
}

/** The vendor may take a moment to show a lead whose reply was lost: it is asked after these waits. */
const askAfterMs = [500, 1_500];
const mostResends = 2;

/** Sends the parcels of one operation through one client, and sees to it that each gets its outcome. */
export class Dispatch<Lead, A extends Account> {
	/** The failure that makes everything that follows pointless, such as a bad credential. */
	fatal: Failure | undefined;
	/** Whether a lead has failed for good. */
	failed = false;

	constructor(
		private readonly operation: LeadOperation<Lead, A>,
		private readonly client: VendorClient<A>,
		private readonly ledger: Ledger | undefined,
		private readonly signal: AbortSignal | undefined,
	) {}

	/**
	 * Gives a lead the outcome that an earlier try of the node left.
	 * @returns whether there is none, so that it is to be sent
	 */
	recall(parcel: Parcel<Lead>): 'send' | 'ask' | 'known' {
		const remembered = this.remembers(parcel);
		if (remembered === undefined) return 'send';
		if (isKnown(remembered)) {
			parcel.outcome = remembered;
			return 'known';
		}
		parcel.sentEarlier = true;
		// Sending it again is fine only where that is harmless.
		return this.operation.effect === 'write' ? 'ask' : 'send';
	}

	/** What an earlier try of the node, or this one, has taken down of a lead. */
	remembers({ marks }: Parcel<Lead>): Remembered | undefined {
		const entries = marks.map((mark) => this.ledger?.get(mark));
		return entries.find(isKnown) ?? entries.find((entry) => entry !== undefined);
	}

	/** Takes down that a lead is on its way, by this execution or by an earlier one that never said what became of it. */
	wasSent({ marks }: Parcel<Lead>): void {
		for (const mark of marks) {
			if (!isKnown(this.ledger?.get(mark))) this.ledger?.set(mark, 'sent');
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
	passOver(group: ReadonlyArray<Parcel<Lead>>): void {
		for (const parcel of group) {
			const { itemIndex, targets = [] } = parcel;
			const remembered = this.remembers(parcel);
			if (targets.length === 0 || isKnown(remembered)) continue;
			const later = group.find(
				(other) =>
					other.itemIndex > itemIndex &&
					other.targets?.some((target) => targets.includes(target)) &&
					isKnown(this.remembers(other)),
			);
			if (later === undefined) continue;
			parcel.outcome = overtaken(later.itemIndex, remembered === 'sent');
			this.failed = true;
		}
	}

	/**
	 * Sends a list. A list refused for what is in it is halved until the bad lead stands alone; when
	 * its first half passes, the second is known to be bad and is halved without being sent.
	 * @returns whether the vendor refused none of the list
	 */
	async send(parcels: Array<Parcel<Lead>>, knownBad = false): Promise<boolean> {
		if (this.fatal !== undefined) {
			this.failAll(parcels, this.fatal);
			return true;
		}
		const alone = parcels.length === 1;
		if (alone || !knownBad) {
			const failure = await this.trySending(parcels);
			if (failure?.kind !== 'refused') {
				if (failure !== undefined) await this.settle(parcels, failure);
				return true;
			}
			if (alone || !aboutOneOfList.has(failure.status)) {
				await this.settleRefusal(parcels, failure);
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
	async ask(parcels: Array<Parcel<Lead>>, failure: Failure = sentEarlier): Promise<void> {
		if (this.operation.reconcile === undefined) {
			this.failAll(parcels, failure);
			return;
		}
		let open = parcels;
		for (const waitMs of askAfterMs) {
			if (open.length === 0) return;
			await sleep(waitMs, this.signal);
			const absent: Array<Parcel<Lead>> = [];
			for (const parcel of open) {
				const answer = await this.answerOf(
					async () => await this.operation.reconcile?.(this.client, parcel.lead),
				);
				if (answer === 'absent') absent.push(parcel);
				else this.record(parcel, answer === undefined || answer === 'unknown' ? failure : answer);
			}
			open = absent;
		}
		const again = open.filter(({ resent }) => resent < mostResends);
		const given = open.filter(({ resent }) => resent >= mostResends);
		for (const parcel of given) parcel.sentEarlier = false;
		this.failAll(given, { ...failure, ...neverTaken });
		for (const parcel of again) {
			parcel.resent++;
			parcel.sentEarlier = false;
		}
		if (again.length > 0) await this.send(again);
	}

	/** @returns how the call failed, or undefined once every parcel has its outcome */
	private async trySending(parcels: Array<Parcel<Lead>>): Promise<CallFailed | undefined> {
		for (const parcel of parcels) this.wasSent(parcel);
		try {
			const leads = parcels.map(({ lead }) => lead);
			const resumes = parcels.some(({ sentEarlier }) => sentEarlier);
			const client = resumes ? this.client.resuming() : this.client;
			const outcomes = await this.operation.send(client, leads);
			parcels.forEach((parcel, index) => this.record(parcel, outcomes[index] ?? noOutcome));
			return undefined;
		} catch (error) {
			if (this.signal?.aborted) throw asError(error);
			if (error instanceof CallFailed) return error;
			this.failAll(parcels, unforeseen(asError(error)));
			return undefined;
		}
	}

	private async settle(parcels: Array<Parcel<Lead>>, failed: CallFailed): Promise<void> {
		const failure = toFailure(failed);
		if (failed.kind === 'credential') this.fatal = failure;
		if (failed.kind === 'unknown') await this.ask(parcels, failure);
		else this.failAll(parcels, failure);
	}

	private async settleRefusal(parcels: Array<Parcel<Lead>>, refusal: CallFailed): Promise<void> {
		for (const parcel of parcels) {
			const meaning = await this.answerOf(
				async () => await this.operation.afterRefusal?.(this.client, parcel.lead, refusal),
			);
			this.record(parcel, meaning ?? toFailure(refusal));
		}
	}

	/** What the vendor answers to a question of ours; undefined when it cannot be asked. */
	private async answerOf<Answer>(question: () => Promise<Answer>): Promise<Answer | undefined> {
		try {
			return await question();
		} catch (error) {
			if (this.signal?.aborted) throw asError(error);
			return undefined;
		}
	}

	private failAll(parcels: Array<Parcel<Lead>>, failure: Failure): void {
		for (const parcel of parcels) this.record(parcel, failure);
	}

	private record(parcel: Parcel<Lead>, outcome: Outcome): void {
		if (!isFailure(outcome)) {
			parcel.outcome = outcome;
			for (const mark of parcel.marks) this.ledger?.set(mark, outcome);
			return;
		}
		if (outcome.again === true && parcel.resent < mostResends) {
			this.forget(parcel);
			parcel.sentEarlier = false;
			parcel.resent++;
			return;
		}
		// Not sent this time, but an earlier try sent it.
		parcel.outcome =
			outcome.kind === 'notSent' && parcel.sentEarlier ? { ...outcome, ...maybeTaken } : outcome;
		if (parcel.outcome.kind !== 'unknown') this.forget(parcel);
		this.failed = true;
	}

	private forget({ marks }: Parcel<Lead>): void {
		for (const mark of marks) this.ledger?.forget(mark);
	}
}

/** Of a change that a later item has overtaken. */
const overtaken = (itemIndex: number, maybeSent: boolean): Failure => ({
	kind: maybeSent ? 'unknown' : 'notSent',
	message: `Not sent on this try: item ${itemIndex}, which changes the same record, went through after it`,
	description: 'If its change is still wanted, run the item by itself',
});

const noOutcome: Failure = {
	kind: 'unknown',
	message: 'Outcome unknown: the reply says nothing of this lead',
	description: 'Look the lead up at the vendor before sending it again',
};

/** After the last of the looks that go with every try. */
const neverTaken = {
	kind: 'notSent',
	message: 'Not sent: no try of it got a usable reply, and the vendor has not got it',
	description: 'Run the item again once the vendor is back',
} as const;

/** Of a lead that an earlier try sent, and that this one could not send or did not come to. */
export const maybeTaken = {
	kind: 'unknown',
	message:
		'Outcome unknown: an earlier try sent this lead and got no reply, and this one did not send it',
} as const;

/** Of a lead that was on its way when the node could not go on. */
export function brokenOff({ message }: Failure): Failure {
	return {
		kind: 'unknown',
		message: `Outcome unknown: the lead was on its way when the node broke off (${message})`,
		description: 'Look the lead up at the vendor before sending it again',
	};
}

const sentEarlier: Failure = {
	kind: 'unknown',
	message:
		'Outcome unknown: an earlier try sent this lead and got no reply, so it is not sent again',
	description:
		'Look the lead up at the vendor before sending it again, so that it is not called twice',
};

function toFailure({ kind, message, description, status, vendorMessage }: CallFailed): Failure {
	const failure: Failure = { kind: kind === 'credential' ? 'notSent' : kind, message, description };
	if (status !== undefined) failure.httpCode = status;
	if (vendorMessage !== undefined) failure.vendorMessage = vendorMessage;
	return failure;
}

/** An error that is not the vendor's: a lead that cannot be put into a request, or a defect of ours. */
function unforeseen(error: Error): Failure {
	return error instanceof InvalidLead
		? { kind: 'notSent', message: error.message, description: error.description }
		: { kind: 'unknown', message: `Outcome unknown: ${error.message}` };
}
