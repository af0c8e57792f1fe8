import { CREATE_OUTCOMES, type VendorReport } from './demo';

const HEADINGS = ['vendor', 'rows', ...CREATE_OUTCOMES, 'requests', 'refused requests', 'seconds'];

function cells(report: VendorReport): string[] {
	return [
		report.vendor,
		report.rows,
		...CREATE_OUTCOMES.map((outcome) => report.outcomes[outcome]),
		report.requests,
		report.refusedRequests,
		report.seconds.toFixed(1),
	].map(String);
}

function comparison({ vendor, held, outcomes, disagreements }: VendorReport): string {
	const counts = `${vendor}: sandbox has ${held} leads, outcomes say ${outcomes.created} created`;
	if (disagreements.length === 0) return `${counts}: agree`;
	return `${counts}: DISAGREE (${disagreements.join('; ')})`;
}

/** The table of a demo run, then one line per vendor: whether outcomes and sandbox agree. */
export function reportTable(reports: VendorReport[]): string {
	const rows = [HEADINGS, ...reports.map(cells)];
	const widths = HEADINGS.map((_, column) =>
		Math.max(...rows.map((row) => (row[column] ?? '').length)),
	);
	const lines = rows.map((row) =>
		row
			.map((cell, column) =>
				column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
			)
			.join('  '),
	);
	return [...lines, '', ...reports.map(comparison)].join('\n');
}

/** Whether there are reports, and none of them disagrees with the sandbox. */
export const allAgree = (reports: VendorReport[]) =>
	reports.length > 0 && reports.every(({ disagreements }) => disagreements.length === 0);
