import { sleep } from 'n8n-workflow';
import { CallFailed } from './callFailed';
import { asError } from './json';
import type { Ledger } from './ledger';
import type { LeadOperation } from './operation';
import { InvalidLead, isFailure } from './outcome';
import type { Failure, Outcome } from './outcome';
import type { VendorClient } from './transport';
import type { Account } from './vendor';

/** A lead on its way: where it came from, and what has become of it. */
export interface Parcel<Lead> {
	itemIndex: number;
	lead: Lead;
	/** What makes it the same lead as another; its key in the ledger. */
	key: string;
	/** More that makes it the same lead as another. */
	otherKeys?: string[];
	outcome?: Outcome;
	/** Whether an earlier try of the node sent it and got no reply: the vendor may have it. */
	sentEarlier?: boolean;
	/** How often it was sent again: the vendor said that it may go through, or does not have it. */
	resent: number;
}

/** The vendor may take a moment to show a lead whose reply was lost: it is asked after these waits. */
const askAfterMs = [500, 1_500];
const mostResends = 2;
/** Refusals that may be about one lead in a list; any other is about the request, as 404 for its campaign. */
const aboutOneLead: ReadonlySet<number | undefined> = new Set([400, 413, 422]);

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
		const remembered = this.ledger?.get(parcel.key);
		if (remembered === undefined) return 'send';
		if (remembered === 'sent') {
			parcel.sentEarlier = true;
			// Sending it again is fine only where that is harmless.
			return this.operation.effect === 'write' ? 'ask' : 'send';
		}
		parcel.outcome = remembered;
		return 'known';
	}

	/** Takes down that an earlier execution began to send a lead, and did not come to say what became of it. */
	wasSent({ key }: Parcel<Lead>): void {
		this.ledger?.set(key, 'sent');
	}

	/** Whether the vendor may have a lead: it was sent, and nothing has come back that says what became of it. */
	isInDoubt({ key }: Parcel<Lead>): boolean {
		return this.ledger?.get(key) === 'sent';
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
			if (alone || !aboutOneLead.has(failure.status)) {
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
		for (const { key } of parcels) this.ledger?.set(key, 'sent');
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
			this.ledger?.set(parcel.key, outcome);
			return;
		}
		if (outcome.again === true && parcel.resent < mostResends) {
			this.ledger?.forget(parcel.key);
			parcel.sentEarlier = false;
			parcel.resent++;
			return;
		}
		// Not sent this time, but an earlier try sent it.
		parcel.outcome =
			outcome.kind === 'notSent' && parcel.sentEarlier ? { ...outcome, ...maybeTaken } : outcome;
		if (parcel.outcome.kind !== 'unknown') this.ledger?.forget(parcel.key);
		this.failed = true;
	}
}

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
