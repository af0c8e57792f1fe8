import type { Parcel } from './dispatch';
import { isFailure } from './outcome';
import type { Failure, Outcome } from './outcome';

/** Items that are the same lead, in input order. One of them is sent, the others repeat it. */
export type Group<Lead> = Array<Parcel<Lead>>;

/**
 * Puts parcels that share a key together, in the order of their first items. All of a group then have
 * the key of its first item, under which the ledger knows them.
 */
export function groupRepeats<Lead>(parcels: Array<Parcel<Lead>>): Array<Group<Lead>> {
	const groups = new Map<string, Group<Lead>>();
	for (const parcel of parcels) {
		const keys = keysOf(parcel);
		const met = new Set<Group<Lead>>();
		for (const key of keys) {
			const other = groups.get(key);
			if (other !== undefined) met.add(other);
		}
		const [known, ...others] = met;
		// Made with its one parcel in it: a list that is pushed to takes room for many, and most groups stay alone.
		const group = known ?? [parcel];
		if (known !== undefined) known.push(parcel);
		for (const key of keys) groups.set(key, group);
		for (const other of others) {
			for (const moved of other) group.push(moved);
			for (const key of other.flatMap(keysOf)) groups.set(key, group);
		}
		if (others.length > 0) group.sort((a, b) => a.itemIndex - b.itemIndex);
	}
	const found = [...new Set(groups.values())];
	for (const group of found) {
		for (const parcel of group) parcel.key = group[0]?.key ?? parcel.key;
	}
	return found;
}

/** All that makes a parcel the same lead as another. */
export function keysOf<Lead>({ key, otherKeys = [] }: Parcel<Lead>): string[] {
	return [key, ...otherKeys];
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
