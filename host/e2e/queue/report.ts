import { goals, type RateLimitResult } from './rateLimit';
import { columns, type VendorResult } from './outcomes';

/** Lines of cells as text: the first column left, the others right. */
export function table(rows: string[][]): string {
	const widths = (rows[0] ?? []).map((_, column) =>
		Math.max(...rows.map((row) => (row[column] ?? '').length)),
	);
	const line = (row: string[]) =>
		row.map((cell, column) =>
			column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
		);
	return rows.map((row) => line(row).join('  ')).join('\n');
}

/** What became of the list at each vendor. */
export function resultTable(results: VendorResult[]): string {
	return table([
		['vendor', 'rows', ...columns, 'held', 'lost', 'doubled'],
		...results.map(({ vendor, rows, outcomes, held, lost, doubled }) =>
			[vendor, rows, ...columns.map((column) => outcomes[column]), held, lost, doubled].map(String),
		),
	]);
}

/** Whether every lead came out as one that the vendor has, and every vendor has every lead once. */
export const allArrivedOnce = (results: VendorResult[], leads: number) =>
	results.every(
		({ outcomes: { created, duplicate }, rows, lost, doubled }) =>
			rows >= leads && created + duplicate === rows && lost === 0 && doubled === 0,
	);

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** How the workers got along under the limit. */
export function limitTable(result: RateLimitResult): string {
	return table([
		['limit', 'leads', 'busy', 'requests', 'used (goal)', 'refused (goal)', 'lost', 'doubled'],
		[
			`${result.allowed} requests/s`,
			`${result.leads}`,
			`${result.busySeconds.toFixed(0)} s`,
			`${result.requests}`,
			`${percent(result.used)} (>= ${percent(goals.leastUsed)})`,
			`${percent(result.refused)} (<= ${percent(goals.mostRefused)})`,
			`${result.lost}`,
			`${result.doubled}`,
		],
	]);
}
