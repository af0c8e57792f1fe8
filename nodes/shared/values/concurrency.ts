/**
 * Runs tasks, at most `limit` at a time, until all are done, one throws or `shouldContinue` is false.
 * Always waits for the running ones, so that nothing is sent after the node has ended.
 * @throws what the first failed task threw
 */
export async function runConcurrently(
	tasks: ReadonlyArray<() => Promise<unknown>>,
	limit: number,
	shouldContinue: () => boolean,
): Promise<void> {
	let next = 0;
	let failed: { reason: unknown } | undefined;
	const worker = async () => {
		while (failed === undefined && shouldContinue()) {
			const task = tasks[next++];
			if (task === undefined) return;
			await task().catch((reason: unknown) => (failed = { reason }));
		}
	};
	await Promise.all(Array.from({ length: limit }, worker));
	if (failed !== undefined) throw failed.reason;
}

/** Runs tasks of several callers, at most `limit` at a time, in the order in which they come. */
export function limitConcurrency(
	limit: number,
): <Result>(task: () => Promise<Result>) => Promise<Result> {
	const waiting: Array<() => void> = [];
	let running = 0;
	return async (task) => {
		if (running >= limit) await new Promise<void>((start) => waiting.push(start));
		else running++;
		try {
			return await task();
		} finally {
			const next = waiting.shift();
			// The next one takes the place.
			if (next === undefined) running--;
			else next();
		}
	};
}
