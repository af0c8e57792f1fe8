import type { CellResult } from './cell';
import { planCells } from './plan';

const headings = [
	'',
	'cells',
	'leads',
	'faults survived',
	'not sent, reported',
	'lost',
	'doubled',
	'unknown',
	'avoidable',
	'longest run, s',
];

/** The row of the results that share a name. Faults count only where nothing is wrong. */
function row(name: string, results: CellResult[]): string[] {
	const sum = (count: (result: CellResult) => number) =>
		String(results.reduce((total, result) => total + count(result), 0));
	return [
		name,
		String(results.length),
		sum(({ leads }) => leads),
		sum(({ strikes, problems }) => (problems.length === 0 ? strikes : 0)),
		sum(({ notAccepted }) => notAccepted),
		sum(({ lost }) => lost),
		sum(({ doubled }) => doubled),
		sum(({ unknown }) => unknown),
		sum(({ avoidable }) => avoidable),
		String(Math.ceil(Math.max(...results.map(({ runSeconds }) => runSeconds)))),
	];
}

function rowsBy(results: CellResult[], key: 'write' | 'fault'): string[][] {
	const names = new Set(planCells().map((cell) => cell[key].name));
	const found = [...names].filter((name) => results.some((result) => result[key] === name));
	return found.map((name) =>
		row(
			name,
			results.filter((result) => result[key] === name),
		),
	);
}

/** The table of a run: by write, by fault, and in total. */
export function tableOf(results: CellResult[]): string {
	const groups = [rowsBy(results, 'write'), rowsBy(results, 'fault'), [row('all', results)]];
	const rows = [headings, ...groups.flat()];
	const widths = headings.map((_, column) =>
		Math.max(...rows.map((cells) => (cells[column] ?? '').length)),
	);
	const line = (cells: string[]) =>
		cells
			.map((cell, column) =>
				column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
			)
			.join('  ');
	const rule = '-'.repeat(line(headings).length);
	return [line(headings), ...groups.flatMap((group) => [rule, ...group.map(line)])].join('\n');
}
