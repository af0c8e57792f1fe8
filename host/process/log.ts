/* eslint-disable no-console, @n8n/community-nodes/no-restricted-globals -- a command-line tool: it writes to the terminal and shows progress */

const PROGRESS_INTERVAL_MS = 15_000;

/** One line of progress or result on the terminal. */
export function log(line = ''): void {
	console.log(line);
}

/** The time since `started` (epoch milliseconds), for example `1.2 s`. */
export function secondsSince(started: number): string {
	return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}

/** Runs a step and logs its name, its progress every 15 s, and its duration. */
export async function step<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
	const started = Date.now();
	log(`${what} ...`);
	const ticker = setInterval(
		() => log(`  still running after ${secondsSince(started)}`),
		PROGRESS_INTERVAL_MS,
	);
	try {
		const result = await work();
		log(`  done in ${secondsSince(started)}`);
		return result;
	} finally {
		clearInterval(ticker);
	}
}
