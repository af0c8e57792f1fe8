/* eslint-disable no-console, @n8n/community-nodes/no-restricted-globals -- a command-line tool: it talks on the terminal and keeps a ticker */

const STILL_WORKING_EVERY_MS = 15_000;

/** One line of progress or result on the terminal. */
export function log(line = ''): void {
	console.log(line);
}

/** Seconds since `started`, in words. */
export function secondsSince(started: number): string {
	return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}

/** Says what is being done, says so again while it takes long, and says how long it took. */
export async function step<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
	const started = Date.now();
	log(`${what} ...`);
	const ticker = setInterval(
		() => log(`  still at it after ${secondsSince(started)}`),
		STILL_WORKING_EVERY_MS,
	);
	try {
		const result = await work();
		log(`  done in ${secondsSince(started)}`);
		return result;
	} finally {
		clearInterval(ticker);
	}
}
