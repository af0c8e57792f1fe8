import type { LeadJob } from './BatchSender';
import { isFailure } from './outcome/outcome';
import type { Failure, Outcome } from './outcome/outcome';

/**
 * Items that are the same lead, or that change the same record of the vendor, and those that hang
 * together by them, in input order. They are sent one after the other.
 */
export type Group<Lead> = Array<LeadJob<Lead>>;

/** Puts parcels that share a mark or a target together, in the order of their first items. */
export function groupJobs<Lead>(parcels: Array<LeadJob<Lead>>): Array<Group<Lead>> {
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
	return [...new Set(groups.values())];
}

function keysOf<Lead>({ dedupeKeys, recordKeys }: LeadJob<Lead>): readonly string[] {
	return recordKeys === undefined ? dedupeKeys : [...dedupeKeys, ...recordKeys];
}

/**
 * The parcel of a group that is to be sent next; undefined once the group is settled. What repeats a
 * lead that the vendor took is not sent; when the vendor did not take it, the repeat has its chance: it
 * may be the row in which the data is right.
 */
export function nextJob<Lead>(group: Group<Lead>): LeadJob<Lead> | undefined {
	const [only] = group;
	if (group.length === 1) return only?.outcome === undefined ? only : undefined;
	const taken = settledJobsByKey(group);
	return group.find(
		({ outcome, dedupeKeys }) =>
			outcome === undefined && !dedupeKeys.some((mark) => taken.has(mark)),
	);
}

/** Gives repeats of settled leads their outcome: they name the item that they repeat. */
export function resolveDuplicates<Lead>(group: Group<Lead>): void {
	if (group.length === 1) return;
	const taken = settledJobsByKey(group);
	for (const parcel of group) {
		if (parcel.outcome !== undefined) continue;
		const [repeated] = parcel.dedupeKeys
			.flatMap((mark) => taken.get(mark) ?? [])
			.sort((a, b) => a.itemIndex - b.itemIndex);
		if (repeated?.outcome === undefined) continue;
		const { itemIndex: duplicateOf, outcome } = repeated;
		parcel.outcome = isFailure(outcome)
			? duplicateOfUnknown(outcome, duplicateOf)
			: {
					kind: 'duplicate',
					data: { ...(Array.isArray(outcome.data) ? outcome.data[0] : outcome.data), duplicateOf },
				};
	}
}

/** The parcels after which nothing more may be sent under their marks: the vendor has them, or may have them. */
function settledJobsByKey<Lead>(group: Group<Lead>): Map<string, LeadJob<Lead>> {
	const settled = new Map<string, LeadJob<Lead>>();
	for (const parcel of group) {
		if (
			parcel.outcome === undefined ||
			parcel.fromEarlierExecution ||
			!blocksDuplicates(parcel.outcome)
		)
			continue;
		for (const mark of parcel.dedupeKeys) if (!settled.has(mark)) settled.set(mark, parcel);
	}
	return settled;
}

function blocksDuplicates(outcome: Outcome): boolean {
	return !isFailure(outcome) || outcome.kind === 'unknown';
}

function duplicateOfUnknown(failure: Failure, itemIndex: number): Failure {
	return {
		...failure,
		message: `Not sent again: repeats item ${itemIndex}, whose outcome is unknown`,
	};
}
