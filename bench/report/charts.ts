import { contestantNames as names } from './contestantNames';
import { barChart, growthChart } from './svgChart';
import type { Line } from './svgChart';
import type { Result } from './results';

const isOurs = (name: string) => name.startsWith(names.ours);

/** Leads per second in case a. */
function speed(results: readonly Result[]): string {
	const rows = results.filter((row) => row.case === 'a');
	const bars = rows.map(({ contestant, items, ms }) => {
		const value = (1000 * items) / ms;
		return { name: contestant, value, label: `${value.toFixed(0)}/s`, ours: isOurs(contestant) };
	});
	return barChart('Close creates, 50 ms latency: leads per second', bars);
}

/** Case g: one line per contestant. */
function lines(results: readonly Result[], y: (row: Result) => number): Line[] {
	const rows = results.filter((row) => row.case === 'g');
	return [...new Set(rows.map(({ contestant }) => contestant))].map((name) => ({
		name,
		points: rows
			.filter(({ contestant }) => contestant === name)
			.map((row) => ({ x: row.items, y: y(row) })),
	}));
}

/** The charts of the docs, by file name. */
export function drawCharts(results: readonly Result[]): Record<string, string> {
	return {
		'bench-speed.svg': speed(results),
		'bench-time.svg': growthChart(
			'Time by number of items',
			's',
			lines(results, ({ ms }) => ms / 1000),
		),
		'bench-memory.svg': growthChart(
			"Peak memory of the process, n8n's engine included, by number of items",
			'MB',
			lines(results, ({ peakRssMb }) => peakRssMb),
		),
	};
}
