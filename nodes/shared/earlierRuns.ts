import type { Dispatch } from './dispatch';
import { keysOf } from './groups';
import type { Group } from './groups';
import type { LeadOperation } from './operation';
import { isFailure } from './outcome';
import { sendAll } from './rounds';
import type { RunSettings } from './runSettings';
import { leadsAtOnce } from './sentLeads';
import type { Earlier, SentLeads } from './sentLeads';
import type { Account } from './vendor';

/**
 * Sends groups as `sendAll` does, without those that earlier executions sent; and remembers what the
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
		const known = await sentLeads.claim(portion.flatMap(marksOf));
		for (const group of portion) recognize(operation, dispatch, group, known);
		try {
			await sendAll(operation, dispatch, portion, settings, stopOnFailure, signal);
		} finally {
			await sentLeads.finish(
				portion.filter(isTaken).flatMap(marksOf),
				portion.filter((group) => isNotTaken(dispatch, group)).flatMap(marksOf),
			);
		}
	}
}

/** By what a group is known in other executions; nothing for an item that stands for itself. */
function marksOf<Lead>(group: Group<Lead>): string[] {
	const marks = new Set(group.flatMap(keysOf));
	return [...marks].filter((mark) => !mark.startsWith('#'));
}

/** Gives a group that was sent before its outcome; one that was left unfinished is asked for. */
function recognize<Lead, A extends Account>(
	operation: LeadOperation<Lead, A>,
	dispatch: Dispatch<Lead, A>,
	group: Group<Lead>,
	known: ReadonlyMap<string, Earlier>,
): void {
	const [parcel] = group;
	// What this very execution sent is told as it was told then.
	if (parcel === undefined || dispatch.recall(parcel) === 'known') return;
	const earlier = new Set(marksOf(group).map((mark) => known.get(mark)));
	if (earlier.has('sent')) {
		const note = 'Sent by an earlier execution';
		parcel.outcome = { kind: 'duplicate', data: { ...operation.describe?.(parcel.lead), note } };
	} else if (earlier.has('unfinished')) {
		dispatch.wasSent(parcel);
	}
}

function isTaken<Lead>(group: Group<Lead>): boolean {
	return group.some(({ outcome }) => outcome !== undefined && !isFailure(outcome));
}

/** A run that was cancelled or that stopped leaves leads without an outcome; some of them were on their way. */
function isNotTaken<Lead, A extends Account>(
	dispatch: Dispatch<Lead, A>,
	group: Group<Lead>,
): boolean {
	return !isTaken(group) && !group.some((parcel) => dispatch.isInDoubt(parcel));
}
