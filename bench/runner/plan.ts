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

const MIN_SMALL_ITEMS = 50;
const SMALL_DIVISOR = 50;

/** Items of a case: all, or a fiftieth in a small run. */
function itemsOf(items: number, small: boolean): number {
	return small
		? Math.min(items, Math.max(MIN_SMALL_ITEMS, Math.round(items / SMALL_DIVISOR)))
		: items;
}

/**
 * The runs in order: every contestant once, in random order, then all again, so that other load on the
 * machine affects all of them alike.
 */
export function planRuns({ cases: letters, only, repeat, seed, small }: Options): Run[] {
	const random = seededRandom(seed);
	const chosen = cases.flatMap((entry, caseIndex) => {
		if (!letters.includes(entry.id)) return [];
		return entry.contestants
			.filter(({ name }) => name.includes(only))
			.map(({ name, isSlow }) => {
				const items = itemsOf(entry.items, small);
				const times = isSlow === true ? Math.max(1, repeat - 1) : repeat;
				return {
					run: { caseIndex, contestant: name, items },
					times,
					hasMemoryRun: entry.measuresMemory,
				};
			});
	});
	const passes = Array.from({ length: repeat }, (_, pass) =>
		chosen.flatMap(({ run, times }) => (pass < times ? [{ ...run, memory: false }] : [])),
	);
	const memoryRuns = chosen.flatMap(({ run, hasMemoryRun }) =>
		hasMemoryRun ? [{ ...run, memory: true }] : [],
	);
	return [...passes, memoryRuns].flatMap((runs) => shuffled(runs, random));
}
