import { contestantNames as names } from './contestantNames';
import type { Result } from './results';
import { pick } from './results';

/** A goal of the project for the benchmark. */
export interface Goal {
	case: string;
	goal: string;
	/** The measured value, with its unit. */
	measured: string;
	met: boolean;
}

type Evaluate = (...rows: Result[]) => Omit<Goal, 'case' | 'goal'>;

const times = (value: number) => `${value.toFixed(2)} times`;
const percent = (value: number) => `${(100 * value).toFixed(1)} %`;

/** Compares the goals with the results. Goals of cases that did not run are left out. */
export function evaluateGoals(results: readonly Result[]): Goal[] {
	const goals: Goal[] = [];
	const add = (
		letter: string,
		goal: string,
		rows: Array<Result | undefined>,
		evaluate: Evaluate,
	): void => {
		const known = rows.filter((row) => row !== undefined);
		if (known.length === rows.length) goals.push({ case: letter, goal, ...evaluate(...known) });
	};
	const of = (letter: string, contestant: string, items?: number) =>
		pick(results, letter, contestant, items);

	const ratio =
		(met: (value: number) => boolean, figure: (row: Result) => number): Evaluate =>
		(one, other) => {
			const value = one && other ? figure(one) / figure(other) : NaN;
			return { measured: times(value), met: met(value) };
		};
	const ms = ({ ms: value }: Result) => value;
	const perItem = (row: Result) => row.ms / row.items;

	add(
		'a',
		'at least 8 times as fast as the peer, with the same requests',
		[of('a', names.peer), of('a', names.oursNoSearch)],
		ratio((value) => value >= 8, ms),
	);
	add(
		'a',
		'at most 1.15 of the bare loop, with the same requests',
		[of('a', names.oursNoSearch), of('a', names.bare)],
		ratio((value) => value <= 1.15, ms),
	);
	add(
		'a',
		'at most 1.15 of the bare loop that searches too',
		[of('a', names.ours), of('a', names.bareSearch)],
		ratio((value) => value <= 1.15, ms),
	);
	for (const name of [names.ours, names.oursNoSearch]) {
		add('b', `${name}: at least 95 % of the allowed rate`, [of('b', name)], (row) => ({
			measured: percent(row?.used ?? 0),
			met: (row?.used ?? 0) >= 0.95,
		}));
		add('b', `${name}: at most 1 % refused`, [of('b', name)], (row) => {
			const share = row ? row.refused / row.requests : NaN;
			return { measured: percent(share), met: share <= 0.01 };
		});
	}
	add('c', 'at most 1 request per 100 leads', [of('c', names.ours)], (row) => {
		const share = row ? (100 * row.requests) / row.items : NaN;
		return { measured: `${share.toFixed(2)} per 100`, met: share <= 1 };
	});
	add(
		'd',
		'at most 1.3 times the CPU of the bare loop',
		[of('d', names.oursNoSearch), of('d', names.bare)],
		ratio(
			(value) => value <= 1.3,
			({ cpuMs }) => cpuMs,
		),
	);
	add(
		'd',
		'mapped automatically: at most 0.15 ms of CPU per item above the bare loop',
		[of('d', names.oursMapped), of('d', names.bare)],
		(mapped, bare) => {
			const above = mapped && bare ? (mapped.cpuMs - bare.cpuMs) / mapped.items : NaN;
			return { measured: `${above.toFixed(3)} ms`, met: above <= 0.15 };
		},
	);
	add(
		'g',
		'100,000 items within 1.2 times the time per item of 1,000',
		[of('g', names.ours, 100_000), of('g', names.ours, 1_000)],
		ratio((value) => value <= 1.2, perItem),
	);
	add('h', 'under 150 ms', [of('h', names.ours), of('h', names.empty)], (own, empty) => {
		const above = own && empty ? own.ms - empty.ms : NaN;
		return { measured: `${above.toFixed(0)} ms`, met: above < 150 };
	});
	add('i', '0 doubled and 0 lost', [of('i', names.ours)], (row) => ({
		measured: `${row?.doubled} doubled, ${row?.lost} lost`,
		met: row?.doubled === 0 && row.lost === 0,
	}));
	return goals;
}

/** The goals as lines of text. */
export function goalLines(goals: readonly Goal[]): string[] {
	return goals.map(
		({ case: letter, goal, measured, met }) =>
			`${met ? 'met   ' : 'MISSED'}  (${letter}) ${goal}: ${measured}`,
	);
}
