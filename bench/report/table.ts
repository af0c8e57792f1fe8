import type { Goal } from './goals';
import type { Machine, Result, Results } from './results';
import { SIMULATED_MINUTE_MS, titles } from './titles';

type Cell = (row: Result) => string;

const whole = (value: number) => Math.round(value).toLocaleString('en-US');

/** Seconds with three significant digits. */
function seconds(ms: number): string {
	const value = ms / 1000;
	return `${value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)} s`;
}

const columns: Array<[string, Cell]> = [
	['contestant', ({ contestant }) => contestant],
	['items', ({ items }) => whole(items)],
	['time', ({ ms }) => seconds(ms)],
	['CPU per item', ({ cpuMs, items }) => `${(cpuMs / items).toFixed(2)} ms`],
	['peak memory', ({ peakRssMb }) => `${whole(peakRssMb)} MB`],
	['requests', ({ requests }) => whole(requests)],
	['refused', ({ refused }) => whole(refused)],
	['doubled', ({ doubled }) => whole(doubled)],
	['lost', ({ lost }) => whole(lost)],
];

/** Columns that only some cases have. */
const extraColumns: Record<string, Array<[string, Cell]>> = {
	b: [['of the allowed rate', ({ used }) => `${(100 * (used ?? 0)).toFixed(1)} %`]],
	c: [['simulated', ({ ms }) => `${(ms / SIMULATED_MINUTE_MS).toFixed(1)} min`]],
	g: [['memory in use, at most', ({ liveMb }) => (liveMb === undefined ? '' : `${liveMb} MB`)]],
};

/** The columns of a case in which nothing is sent. */
const loadColumns: Array<[string, Cell]> = [
	['package', ({ contestant }) => contestant],
	['time', ({ ms }) => `${ms.toFixed(0)} ms`],
	['CPU', ({ cpuMs }) => `${cpuMs.toFixed(0)} ms`],
	['peak memory of the process', ({ peakRssMb }) => `${whole(peakRssMb)} MB`],
];

function columnsOf(letter: string): Array<[string, Cell]> {
	return letter === 'h' ? loadColumns : [...columns, ...(extraColumns[letter] ?? [])];
}

/** The notes below a table: why an execution stopped. */
function notesOf(rows: readonly Result[]): string[] {
	return rows.flatMap(({ contestant, stopped, items, lost }) =>
		stopped === undefined
			? []
			: [
					`${contestant} stopped with "${stopped}"; ${whole(lost)} of ${whole(items)} leads missing.`,
				],
	);
}

/** The title, table and notes of each case. */
function sections(results: readonly Result[]) {
	return Object.entries(titles).flatMap(([letter, title]) => {
		const rows = results.filter((row) => row.case === letter);
		if (rows.length === 0) return [];
		const columnsShown = columnsOf(letter);
		const cells = rows.map((row) => columnsShown.map(([, cell]) => cell(row)));
		return [
			{ letter, title, head: columnsShown.map(([name]) => name), cells, notes: notesOf(rows) },
		];
	});
}

/** The tables as text for the terminal. */
export function textTable(results: readonly Result[]): string {
	return sections(results)
		.map(({ letter, title, head, cells, notes }) => {
			const widths = head.map((name, column) =>
				Math.max(name.length, ...cells.map((row) => (row[column] ?? '').length)),
			);
			const line = (row: string[]) =>
				row
					.map((cell, column) => {
						const width = widths[column] ?? 0;
						return column === 0 ? cell.padEnd(width) : cell.padStart(width);
					})
					.join('  ');
			return [`(${letter}) ${title}`, line(head), ...cells.map(line), ...notes, ''].join('\n');
		})
		.join('\n');
}

/** The line above the tables in the docs: date, machine and versions. */
function describeMachine({ date, cpu, cores, memoryGb, system, node, versions, seed }: Machine) {
	const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
	return [
		`Measured on ${date.slice(0, 10)}: ${cores} cores of ${cpu}, ${memoryGb} GB of memory, ${system}, Node.js ${node};`,
		`${packages.join(', ')}; seed ${seed}.`,
	].join('\n');
}

/** The machine, the goals and a table per case as Markdown, for the docs. */
export function markdown({ machine, cases: results }: Results, goals: readonly Goal[]): string {
	const row = (cells: string[]) => `| ${cells.join(' | ')} |`;
	const rule = (head: string[]) =>
		`|${head.map((_, column) => (column === 0 ? '---' : '---:')).join('|')}|`;
	const goalRows = goals.map(({ case: letter, goal, measured, met }) =>
		row([`(${letter}) ${goal}`, measured, met ? 'met' : '**missed**']),
	);
	const tables = sections(results).map(({ letter, title, head, cells, notes }) =>
		[
			`### (${letter}) ${title}`,
			'',
			row(head),
			rule(head),
			...cells.map(row),
			...notes.flatMap((note) => ['', note]),
		].join('\n'),
	);
	const goalTable = ['| goal | measured | |', '|---|---:|---|', ...goalRows].join('\n');
	return [describeMachine(machine), goalTable, ...tables].join('\n\n');
}

const BEGIN_MARKER = '<!-- bench: begins -->';
const END_MARKER = '<!-- bench: ends -->';

/** The page with new tables between its markers. @throws Error if a marker is missing */
export function withTables(page: string, tables: string): string {
	const from = page.indexOf(BEGIN_MARKER);
	const to = page.indexOf(END_MARKER);
	if (from < 0 || to < from)
		throw new Error(`The page has no "${BEGIN_MARKER}" and "${END_MARKER}".`);
	return `${page.slice(0, from + BEGIN_MARKER.length)}\n\n${tables}\n\n${page.slice(to)}`;
}
