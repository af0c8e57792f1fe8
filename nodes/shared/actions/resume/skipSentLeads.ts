import type { Dispatch, Parcel } from '../BatchSender';
import type { Group } from '../dedupe';
import { isKnown } from './RunJournal';
import type { LeadOperation } from '../operation';
import { isFailure } from '../outcome/outcome';
import { isItself } from '../prepareItems';
import { sendAll } from '../sendBatches';
import type { RunSettings } from '../settings';
import { leadsAtOnce } from './SentLeadStore';
import type { Earlier, SentLeads } from './SentLeadStore';
import type { Account } from '../../transport/vendor';

/**
 * Sends groups as `sendAll` does, without the leads that earlier executions sent; and remembers what the
 * vendor has taken. In portions, so that when the process dies only one portion is left in doubt.
 */
export async function sendNewOnes<Lead, A extends Account>(
	operation: LeadOperation<Lead, A>,
	dispatch: Dispatch<Lead, A>,
	groups: Array<Group<Lead>>,
	settings: RunSettings,
	stopOnFailure: boolean,
	signal: AbortSignal | undefined,
	sentLeads: SentLeads,
): Promise<void> {
	for (let at = 0; at < groups.length; at += leadsAtOnce) {
		if (stopOnFailure && dispatch.failed) return;
		const portion = groups.slice(at, at + leadsAtOnce);
		const parcels = portion.flat();
		const marks = new Set(parcels.flatMap(lastingMarks));
		const known = await sentLeads.claim([...marks]);
		for (const parcel of parcels) recognize(operation, dispatch, parcel, known);
		try {
			await sendAll(operation, dispatch, portion, settings, stopOnFailure, signal);
		} finally {
			const taken = new Set(parcels.filter(isTaken).flatMap(lastingMarks));
			for (const mark of marks) if (known.get(mark) === 'sent') taken.add(mark);
			// A run that was cancelled or that stopped leaves some that were on their way: they stay in doubt.
			const notTaken = [...marks].filter((mark) => !taken.has(mark) && !dispatch.isInDoubt(mark));
			await sentLeads.finish([...taken], notTaken);
		}
	}
}

/** By what a lead is known in other executions; nothing for an item that stands for itself. */
function lastingMarks<Lead>({ marks }: Parcel<Lead>): string[] {
	return marks.filter((mark) => !isItself(mark));
}

/** Gives a lead that was sent before its outcome; one that was left unfinished is asked for. */
function recognize<Lead, A extends Account>(
	operation: LeadOperation<Lead, A>,
	dispatch: Dispatch<Lead, A>,
	parcel: Parcel<Lead>,
	known: ReadonlyMap<string, Earlier>,
): void {
	// What this very execution sent is told as it was told then.
	if (isKnown(dispatch.remembers(parcel))) return;
	const earlier = new Set(parcel.marks.map((mark) => known.get(mark)));
	if (earlier.has('sent')) {
		const note = 'Sent by an earlier execution';
		parcel.outcome = { kind: 'duplicate', data: { ...operation.describe?.(parcel.lead), note } };
		parcel.sentBefore = true;
	} else if (earlier.has('unfinished')) {
		dispatch.wasSent(parcel);
	}
}

/**
 * Whether the vendor has the lead by all its marks. Repeats have no outcome yet: they were not sent. Nor
 * does a lead count that the vendor had already, if it may have it by one mark only.
 */
function isTaken<Lead>({ outcome, sentBefore, marks }: Parcel<Lead>): boolean {
	if (outcome === undefined || isFailure(outcome) || sentBefore === true) return false;
	return outcome.kind !== 'duplicate' || marks.length === 1;
}
