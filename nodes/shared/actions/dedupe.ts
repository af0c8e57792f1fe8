import { duplicateOfUnknown } from './outcome/failures';
import { isFailure, type Outcome } from './outcome/outcome';
import { outcomeOf, type LeadJob, type LeadLifecycle } from './leadState';

/** Jobs that share a lead or a record, directly or through another job, in input order; sent one by one. */
export type Group<Lead> = Array<LeadJob<Lead>>;

/** Groups jobs that are connected; groups come in the order of their first items. */
export function groupJobs<Lead>(jobs: ReadonlyArray<LeadJob<Lead>>): Array<Group<Lead>> {
	const groupOfKey = new Map<string, Group<Lead>>();
	const groups = new Set<Group<Lead>>();
	const merged = new Set<Group<Lead>>();
	for (const job of jobs) {
		const keys = groupKeys(job);
		const [group, ...others] = connectedGroups(keys, groupOfKey);
		// Created with its one job: an array that is pushed to reserves room for several, and most stay alone.
		const joined = group ?? [job];
		if (group === undefined) groups.add(joined);
		else group.push(job);
		for (const key of keys) groupOfKey.set(key, joined);
		for (const other of others) {
			for (const moved of other) {
				joined.push(moved);
				for (const key of groupKeys(moved)) groupOfKey.set(key, joined);
			}
			groups.delete(other);
			merged.add(joined);
		}
	}
	for (const group of merged) group.sort(byItemIndex);
	if (merged.size === 0) return [...groups];
	return [...groups].sort(([a], [b]) => (a?.itemIndex ?? 0) - (b?.itemIndex ?? 0));
}

/** Largest first: merging small groups into the largest keeps grouping at n log n moves. */
function connectedGroups<Lead>(
	keys: readonly string[],
	groupOfKey: ReadonlyMap<string, Group<Lead>>,
): Array<Group<Lead>> {
	const connected: Array<Group<Lead>> = [];
	for (const key of keys) {
		const group = groupOfKey.get(key);
		if (group !== undefined && !connected.includes(group)) connected.push(group);
	}
	return connected.length > 1 ? connected.sort((a, b) => b.length - a.length) : connected;
}

const byItemIndex = (a: LeadJob<unknown>, b: LeadJob<unknown>) => a.itemIndex - b.itemIndex;

function groupKeys({ dedupeKeys, recordKeys }: LeadJob<unknown>): readonly string[] {
	if (recordKeys.length === 0) return dedupeKeys;
	return [...dedupeKeys, ...recordKeys.map((key) => `record ${key}`)];
}

/** The job to send next, if any. A duplicate is sent if the first one was rejected: its data may be valid. */
export function nextJob<Lead>(group: Group<Lead>): LeadJob<Lead> | undefined {
	const [only] = group;
	if (group.length === 1) return only?.state.status === 'done' ? undefined : only;
	const settled = settledJobsByKey(group);
	return group.find(
		({ state, dedupeKeys }) =>
			state.status !== 'done' && !dedupeKeys.some((key) => settled.has(key)),
	);
}

/** Concludes duplicates of settled leads; their outcome names the item that they duplicate. */
export function resolveDuplicates<Lead>(group: Group<Lead>, lifecycle: LeadLifecycle): void {
	if (group.length === 1) return;
	const settled = settledJobsByKey(group);
	for (const job of group) {
		if (job.state.status === 'done') continue;
		const [original] = job.dedupeKeys.flatMap((key) => settled.get(key) ?? []).sort(byItemIndex);
		const outcome = original && outcomeOf(original);
		if (original === undefined || outcome === undefined) continue;
		const { itemIndex: duplicateOf } = original;
		if (isFailure(outcome)) {
			lifecycle.markDuplicate(job, duplicateOfUnknown(outcome, duplicateOf));
		} else {
			const data = Array.isArray(outcome.data) ? outcome.data[0] : outcome.data;
			lifecycle.markDuplicate(job, { kind: 'duplicate', data: { ...data, duplicateOf } });
		}
	}
}

/** Jobs that were accepted or are in doubt, by dedupe key: duplicates of these are not sent. */
function settledJobsByKey<Lead>(group: Group<Lead>): Map<string, LeadJob<Lead>> {
	const settled = new Map<string, LeadJob<Lead>>();
	for (const job of group) {
		const { state } = job;
		if (state.status !== 'done' || state.by === 'earlierExecution') continue;
		if (!blocksDuplicates(state.outcome)) continue;
		for (const key of job.dedupeKeys) if (!settled.has(key)) settled.set(key, job);
	}
	return settled;
}

function blocksDuplicates(outcome: Outcome): boolean {
	return !isFailure(outcome) || outcome.kind === 'unknown';
}
