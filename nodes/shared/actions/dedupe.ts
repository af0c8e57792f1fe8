import { duplicateOfUnknown } from './outcome/failures';
import { isFailure } from './outcome/outcome';
import { outcomeOf, type LeadJob, type LeadLifecycle } from './leadState';
import type { Operation } from './operation';
import type { AccountConfig } from '../transport/vendor';
import { compact } from '../values/compact';

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

/**
 * The job to send next, if any: one in doubt first, because the others may repeat it. A duplicate is sent if the first
 * one was rejected: its data may be valid.
 */
export function nextJob<Lead>(group: Group<Lead>): LeadJob<Lead> | undefined {
	const [only] = group;
	if (group.length === 1) return only?.state.status === 'done' ? undefined : only;
	const settled = settledJobsByKey(group);
	const open = group.filter(
		({ state, dedupeKeys }) =>
			state.status !== 'done' && !dedupeKeys.some((key) => settled.has(key)),
	);
	return open.find(({ state }) => state.status === 'inDoubt') ?? open[0];
}

/**
 * Concludes duplicates of settled leads: each with its own data, the ID of the lead that it repeats, the item, and the
 * value that both share. @param noteOf what else there is to say about a duplicate
 */
export function resolveDuplicates<Lead, A extends AccountConfig, Found>(
	group: Group<Lead>,
	lifecycle: LeadLifecycle,
	operation: Operation<Lead, A, Found>,
	noteOf: (job: LeadJob<Lead>, original: LeadJob<Lead>) => string | undefined,
): void {
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
			continue;
		}
		const shared = job.dedupeKeys.findIndex((key) => settled.get(key) === original);
		const data = Array.isArray(outcome.data) ? outcome.data[0] : outcome.data;
		const own = operation.toOutput?.(job.lead) ?? data;
		const leadId = data?.leadId ?? undefined;
		lifecycle.markDuplicate(job, {
			kind: 'duplicate',
			data: {
				...own,
				...compact({ leadId: own?.leadId ?? leadId }),
				duplicateOf,
				...compact({ duplicateOfId: leadId }),
				...matchedBy(operation, job.lead, shared),
				...compact({ note: noteOf(job, original) }),
			},
		});
	}
}

/** The output field that says which value of a duplicate matched. @param index of its dedupe key */
export function matchedBy<Lead, A extends AccountConfig, Found>(
	operation: Operation<Lead, A, Found>,
	lead: Lead,
	index: number,
): { matchedBy?: string } {
	const label = operation.dedupeKeys?.(lead)[index]?.label;
	return label === undefined ? {} : { matchedBy: label };
}

/** Jobs that settle their dedupe keys, by these: duplicates of such jobs are not sent. */
function settledJobsByKey<Lead>(group: Group<Lead>): Map<string, LeadJob<Lead>> {
	const settled = new Map<string, LeadJob<Lead>>();
	for (const job of group) {
		if (settles(job) === undefined) continue;
		for (const key of job.dedupeKeys) if (!settled.has(key)) settled.set(key, job);
	}
	return settled;
}

/**
 * What a job says about all its dedupe keys: that the vendor has the lead, or that it may have it; undefined for neither.
 * A duplicate may share only one of several keys, and what an earlier execution sent says nothing about other items.
 */
export function settles({
	state,
	dedupeKeys,
}: LeadJob<unknown>): 'accepted' | 'unknown' | undefined {
	if (state.status !== 'done' || state.by === 'earlierExecution') return undefined;
	const { outcome, by } = state;
	if (isFailure(outcome)) {
		return outcome.kind === 'unknown' && by !== 'duplicate' ? 'unknown' : undefined;
	}
	return outcome.kind === 'duplicate' && dedupeKeys.length > 1 ? undefined : 'accepted';
}
