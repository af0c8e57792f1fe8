import { GOALS, type RateLimitResult } from './rateLimit';
import { COLUMNS, type VendorResult } from './outcomes';

/** Rows of cells as text: the first column aligned left, the others right. */
function table(rows: string[][]): string {
	const widths = (rows[0] ?? []).map((_, column) =>
		Math.max(...rows.map((row) => (row[column] ?? '').length)),
	);
	const line = (row: string[]) =>
		row.map((cell, column) =>
			column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
		);
	return rows.map((row) => line(row).join('  ')).join('\n');
}

/** The result of the list at each vendor, as a table. */
export function resultTable(results: VendorResult[]): string {
	return table([
		['vendor', 'rows', ...COLUMNS, 'held', 'lost', 'doubled'],
		...results.map(({ vendor, rows, outcomes, held, lost, doubled }) =>
			[vendor, rows, ...COLUMNS.map((column) => outcomes[column]), held, lost, doubled].map(String),
		),
	]);
}

/** Whether every outcome is `created` or `duplicate`, and every vendor has every lead exactly once. */
export const allArrivedOnce = (results: VendorResult[], leads: number) =>
	results.every(
		({ outcomes: { created, duplicate }, rows, lost, doubled }) =>
			rows >= leads && created + duplicate === rows && lost === 0 && doubled === 0,
	);

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** The result under the shared rate limit, as a table. */
export function limitTable(result: RateLimitResult): string {
	return table([
		['limit', 'leads', 'busy', 'requests', 'used (goal)', 'refused (goal)', 'lost', 'doubled'],
		[
			`${result.allowed} requests/s`,
			`${result.leads}`,
			`${result.busySeconds.toFixed(0)} s`,
			`${result.requests}`,
			`${percent(result.used)} (>= ${percent(GOALS.minUsed)})`,
			`${percent(result.refused)} (<= ${percent(GOALS.maxRefused)})`,
			`${result.lost}`,
			`${result.doubled}`,
		],
	]);
}
