import type { Counts, Figures } from '../cases/case';
import { median, rounded } from './statistics';

/** The result of one contestant in one case: a row of results.json. */
export interface Result {
	case: string;
	contestant: string;
	items: number;
	/** Like all figures here, the median of its runs. */
	ms: number;
	requests: number;
	refused: number;
	doubled: number;
	lost: number;
	peakRssMb: number;
	cpuMs: number;
	/** The number of runs. */
	runs: number;
	/** The fastest and the slowest of the runs, in milliseconds. */
	fastest: number;
	slowest: number;
	/** With a limit: the used share of the allowed requests, from 0 to 1. */
	used?: number;
	/** The peak of the live heap above its size before the run, in megabytes. */
	liveMb?: number;
	/** Why its execution failed. */
	stopped?: string;
}

/** One run: what the contestant measured and what the sandbox counted. */
export type Measured = Figures & Counts & { memory: boolean };

/** The machine that ran the benchmark. */
export interface Machine {
	date: string;
	cpu: string;
	cores: number;
	memoryGb: number;
	system: string;
	node: string;
	/** Versions by package. */
	versions: Record<string, string>;
	seed: number;
}

/** The contents of results.json. */
export interface Results {
	machine: Machine;
	cases: Result[];
}

/** Summarizes the runs of one contestant in one case. */
export function summarize(
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
		// Not the median: a single lost lead counts.
		doubled: Math.max(...runs.map(({ doubled }) => doubled)),
		lost: Math.max(...runs.map(({ lost }) => lost)),
		peakRssMb: middle(({ peakRssMb }) => peakRssMb),
		cpuMs: middle(({ cpuMs }) => cpuMs, 1),
		runs: runs.length,
		fastest: rounded(Math.min(...times), 1),
		slowest: rounded(Math.max(...times), 1),
	};
	if (runs.some(({ used }) => used !== undefined)) result.used = middle(({ used }) => used ?? 0, 4);
	const memoryRun = all.find(({ memory }) => memory);
	if (memoryRun?.liveMb !== undefined) result.liveMb = rounded(memoryRun.liveMb, 1);
	const stopped = runs.find((run) => run.stopped !== undefined)?.stopped;
	if (stopped !== undefined) result.stopped = stopped;
	return result;
}

/** The row of a case and contestant, and of a number of items where a case has several. */
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
