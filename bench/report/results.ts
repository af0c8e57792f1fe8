import type { Counts, Figures } from '../cases/case';
import { median, rounded } from './statistics';

/** What became of one contestant at one case: a row of results.json. */
export interface Result {
	case: string;
	contestant: string;
	items: number;
	/** Medians of its runs, as all figures here. */
	ms: number;
	requests: number;
	refused: number;
	doubled: number;
	lost: number;
	peakRssMb: number;
	cpuMs: number;
	/** How often it was run. */
	runs: number;
	/** The fastest and the slowest of the runs, in milliseconds. */
	fastest: number;
	slowest: number;
	/** With a limit: the share of what it allows that was used, from 0 to 1. */
	used?: number;
	/** Memory in use beyond what was before: at most, and with the output at the end. */
	liveMb?: number;
	/** Why its execution failed, where it did. */
	stopped?: string;
}

/** One run, as measured and as counted. */
export type Measured = Figures & Counts & { memory: boolean };

/** Where and when the benchmark ran. */
export interface Machine {
	date: string;
	cpu: string;
	cores: number;
	memoryGb: number;
	system: string;
	node: string;
	/** Of what was compared, by package. */
	versions: Record<string, string>;
	seed: number;
}

export interface Results {
	machine: Machine;
	cases: Result[];
}

/** Sums up the runs of one contestant at one case. */
export function sumUp(
	head: Pick<Result, 'case' | 'contestant' | 'items'>,
	all: readonly Measured[],
): Result {
	const runs = all.filter(({ memory }) => !memory);
	const middle = (read: (run: Measured) => number, digits = 0) =>
		rounded(median(runs.map(read)), digits);
	const times = runs.map(({ ms }) => ms);
	const result: Result = {
		...head,
		ms: middle(({ ms }) => ms, 1),
		requests: middle(({ requests }) => requests),
		refused: middle(({ refused }) => refused),
		// Not the median: one lead lost in one run is one too many.
		doubled: Math.max(...runs.map(({ doubled }) => doubled)),
		lost: Math.max(...runs.map(({ lost }) => lost)),
		peakRssMb: middle(({ peakRssMb }) => peakRssMb),
		cpuMs: middle(({ cpuMs }) => cpuMs, 1),
		runs: runs.length,
		fastest: rounded(Math.min(...times), 1),
		slowest: rounded(Math.max(...times), 1),
	};
	if (runs.some(({ used }) => used !== undefined)) result.used = middle(({ used }) => used ?? 0, 4);
	const watched = all.find(({ memory }) => memory);
	if (watched?.liveMb !== undefined) result.liveMb = rounded(watched.liveMb, 1);
	const stopped = runs.find((run) => run.stopped !== undefined)?.stopped;
	if (stopped !== undefined) result.stopped = stopped;
	return result;
}

/** One row, by its case and contestant, and by its items where a case has several numbers of them. */
export function pick(
	results: readonly Result[],
	letter: string,
	contestant: string,
	items?: number,
): Result | undefined {
	return results.find(
		(row) =>
			row.case === letter &&
			row.contestant === contestant &&
			(items === undefined || row.items === items),
	);
}
