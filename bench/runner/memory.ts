/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a command of the repository, never part of a node */
import { sleep } from 'n8n-workflow';

const MEGABYTE = 1024 * 1024;
const SAMPLE_INTERVAL_MS = 250;

/** The live heap in megabytes, after a garbage collection. */
function liveHeapMb(): number {
	if (globalThis.gc === undefined) throw new Error('A memory run needs --expose-gc.');
	globalThis.gc();
	return process.memoryUsage().heapUsed / MEGABYTE;
}

/** A result, and the memory that it took. */
interface WithMemory<Result> {
	result: Result;
	/** The peak of the live heap above its size before. */
	liveMb: number;
}

/** Runs something and samples the live heap four times a second. */
export async function sampleMemory<Result>(
	act: () => Promise<Result>,
): Promise<WithMemory<Result>> {
	const before = liveHeapMb();
	const done = new AbortController();
	let peak = before;
	const sample = async () => {
		while (!done.signal.aborted) {
			peak = Math.max(peak, liveHeapMb());
			await sleep(SAMPLE_INTERVAL_MS);
		}
	};
	const sampling = sample();
	const result = await act();
	done.abort();
	const after = liveHeapMb();
	await sampling;
	return { result, liveMb: Math.max(peak, after) - before };
}
