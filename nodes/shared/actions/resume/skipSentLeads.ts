import type { BatchSender, LeadJob } from '../BatchSender';
import type { Group } from '../dedupe';
import { hasOutcome } from './RunJournal';
import type { Operation } from '../operation';
import { isFailure } from '../outcome/outcome';
import { isItself } from '../prepareItems';
import { sendBatches } from '../sendBatches';
import type { RunSettings } from '../settings';
import { LEADS_PER_WRITE } from './SentLeadStore';
import type { SentStatus, SentLeadStore } from './SentLeadStore';
import type { AccountConfig } from '../../transport/vendor';

/**
 * Sends groups as `sendAll` does, without the leads that earlier executions sent; and remembers what the
 * vendor has taken. In portions, so that when the process dies only one portion is left in doubt.
 */
export async function sendUnsentLeads<Lead, A extends AccountConfig>(
	operation: Operation<Lead, A>,
	dispatch: BatchSender<Lead, A>,
	groups: Array<Group<Lead>>,
	settings: RunSettings,
	stopOnFailure: boolean,
	signal: AbortSignal | undefined,
	sentLeads: SentLeadStore,
): Promise<void> {
	for (let at = 0; at < groups.length; at += LEADS_PER_WRITE) {
		if (stopOnFailure && dispatch.hasFailures) return;
		const portion = groups.slice(at, at + LEADS_PER_WRITE);
		const parcels = portion.flat();
		const marks = new Set(parcels.flatMap(persistentKeys));
		const known = await sentLeads.claim([...marks]);
		for (const parcel of parcels) applySentStatus(operation, dispatch, parcel, known);
		try {
			await sendBatches(operation, dispatch, portion, settings, stopOnFailure, signal);
		} finally {
			const taken = new Set(parcels.filter(isAccepted).flatMap(persistentKeys));
			for (const mark of marks) if (known.get(mark) === 'sent') taken.add(mark);
			// A run that was cancelled or that stopped leaves some that were on their way: they stay in doubt.
			const notTaken = [...marks].filter((mark) => !taken.has(mark) && !dispatch.isInDoubt(mark));
			await sentLeads.commit([...taken], notTaken);
		}
	}
}

/** By what a lead is known in other executions; nothing for an item that stands for itself. */
function persistentKeys<Lead>({ dedupeKeys }: LeadJob<Lead>): string[] {
	return dedupeKeys.filter((mark) => !isItself(mark));
}

/** Gives a lead that was sent before its outcome; one that was left unfinished is asked for. */
function applySentStatus<Lead, A extends AccountConfig>(
	operation: Operation<Lead, A>,
	dispatch: BatchSender<Lead, A>,
	parcel: LeadJob<Lead>,
	known: ReadonlyMap<string, SentStatus>,
): void {
	// What this very execution sent is told as it was told then.
	if (hasOutcome(dispatch.journalEntry(parcel))) return;
	const earlier = new Set(parcel.dedupeKeys.map((mark) => known.get(mark)));
	if (earlier.has('sent')) {
		const note = 'Sent by an earlier execution';
		parcel.outcome = { kind: 'duplicate', data: { ...operation.toOutput?.(parcel.lead), note } };
		parcel.fromEarlierExecution = true;
	} else if (earlier.has('unfinished')) {
		dispatch.markInFlight(parcel);
	}
}

/**
 * Whether the vendor has the lead by all its marks. Repeats have no outcome yet: they were not sent. Nor
 * does a lead count that the vendor had already, if it may have it by one mark only.
 */
function isAccepted<Lead>({ outcome, fromEarlierExecution, dedupeKeys }: LeadJob<Lead>): boolean {
	if (outcome === undefined || isFailure(outcome) || fromEarlierExecution === true) return false;
	return outcome.kind !== 'duplicate' || dedupeKeys.length === 1;
}
