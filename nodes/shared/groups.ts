import type { Parcel } from './dispatch';
import { isFailure } from './outcome';
import type { Failure, Outcome } from './outcome';

/** Items that are the same lead, in input order. One of them is sent, the others repeat it. */
export type Group<Lead> = Array<Parcel<Lead>>;

/** Puts parcels with the same key together, in the order of their first items. */
export function groupRepeats<Lead>(parcels: Array<Parcel<Lead>>): Array<Group<Lead>> {
	const groups = new Map<string, Group<Lead>>();
	for (const parcel of parcels) {
		const group = groups.get(parcel.key);
		if (group === undefined) groups.set(parcel.key, [parcel]);
		else group.push(parcel);
	}
	return [...groups.values()];
}

/**
 * The parcel of a group that is to be sent next; undefined once the group is settled. When the vendor
 * did not take one, the next repeat has its chance: it may be the row in which the data is right.
 */
export function nextToSend<Lead>(group: Group<Lead>): Parcel<Lead> | undefined {
	if (group.some(({ outcome }) => outcome !== undefined && settles(outcome))) return undefined;
	return group.find(({ outcome }) => outcome === undefined);
}

/** Gives the repeats of a settled group their outcome: they name the item that they repeat. */
export function settleRepeats<Lead>(group: Group<Lead>): void {
	const settled = group.find(({ outcome }) => outcome !== undefined && settles(outcome));
	if (settled?.outcome === undefined) return;
	const { itemIndex: duplicateOf, outcome } = settled;
	for (const parcel of group) {
		parcel.outcome ??= isFailure(outcome)
			? repeatOfUnknown(outcome, duplicateOf)
			: {
					kind: 'duplicate',
					data: { ...(Array.isArray(outcome.data) ? outcome.data[0] : outcome.data), duplicateOf },
				};
	}
}

/** Whether nothing more may be sent for the lead: the vendor has it, or may have it. */
function settles(outcome: Outcome): boolean {
	return !isFailure(outcome) || outcome.kind === 'unknown';
}

function repeatOfUnknown(failure: Failure, itemIndex: number): Failure {
	return {
		...failure,
		message: `Not sent again: repeats item ${itemIndex}, whose outcome is unknown`,
	};
}
