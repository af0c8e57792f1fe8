/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a command of the repository, never part of a node */
import { sleep } from 'n8n-workflow';

const megabyte = 1024 * 1024;
const betweenLooksMs = 250;

/** The memory in use, in megabytes, after a collection. */
function liveHeapMb(): number {
	if (globalThis.gc === undefined) throw new Error('Memory needs --expose-gc.');
	globalThis.gc();
	return process.memoryUsage().heapUsed / megabyte;
}

export interface Watched<Result> {
	result: Result;
	/** The most that was in use while it ran, beyond what was before. */
	liveMb: number;
}

/** Runs something and looks four times a second how much memory is really in use. */
export async function watchMemory<Result>(act: () => Promise<Result>): Promise<Watched<Result>> {
	const before = liveHeapMb();
	const done = new AbortController();
	let most = before;
	const watch = async () => {
		while (!done.signal.aborted) {
			most = Math.max(most, liveHeapMb());
			await sleep(betweenLooksMs);
		}
	};
	const watching = watch();
	const result = await act();
	done.abort();
	const after = liveHeapMb();
	await watching;
	return { result, liveMb: Math.max(most, after) - before };
}
