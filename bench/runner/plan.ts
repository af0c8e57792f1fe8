import { seededRandom } from '../../sandbox/lib/random';
import { cases } from '../cases/cases';
import type { Options } from '../options';
import { shuffled } from '../report/statistics';

/** One run of one contestant at one case. */
export interface Run {
	caseIndex: number;
	contestant: string;
	items: number;
	memory: boolean;
}

const fewestItems = 50;
const smallShare = 50;

/** Items of a case: all, or in a small run a few. */
export function itemsOf(items: number, small: boolean): number {
	return small ? Math.min(items, Math.max(fewestItems, Math.round(items / smallShare))) : items;
}

/**
 * The runs in their order: every contestant once, in random order, then all again. So whatever else
 * the machine does falls on all of them alike.
 */
export function planRuns({ cases: letters, only, repeat, seed, small }: Options): Run[] {
	const random = seededRandom(seed);
	const chosen = cases.flatMap((entry, caseIndex) => {
		if (!letters.includes(entry.id)) return [];
		return entry.contestants
			.filter(({ name }) => name.includes(only))
			.map(({ name, slow }) => {
				const items = itemsOf(entry.items, small);
				const times = slow === true ? Math.max(1, repeat - 1) : repeat;
				return { run: { caseIndex, contestant: name, items }, times, watched: entry.memory };
			});
	});
	const rounds = Array.from({ length: repeat }, (_, round) =>
		chosen.flatMap(({ run, times }) => (round < times ? [{ ...run, memory: false }] : [])),
	);
	const forMemory = chosen.flatMap(({ run, watched }) =>
		watched ? [{ ...run, memory: true }] : [],
	);
	return [...rounds, forMemory].flatMap((round) => shuffled(round, random));
}
