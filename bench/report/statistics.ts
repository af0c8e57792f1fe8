/** The middle of some figures; of two, what lies between them. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** The same list in another order; the same random numbers give the same order. */
export function shuffled<Entry>(list: readonly Entry[], random: () => number): Entry[] {
	return list
		.map((entry) => ({ entry, at: random() }))
		.sort((one, other) => one.at - other.at)
		.map(({ entry }) => entry);
}

/**
 * The share of a limit that was used: requests that were let through, of those that fit the windows
 * which began from the first of them to the last. @param times when they arrived, in milliseconds
 */
export function usedShare(
	times: readonly number[],
	limit: { requests: number; windowMs: number },
): number {
	if (times.length === 0) return 0;
	const first = times.reduce((least, at) => Math.min(least, at), Infinity);
	const spanMs = times.reduce((most, at) => Math.max(most, at), first) - first;
	const windows = Math.floor(spanMs / limit.windowMs) + 1;
	return times.length / (windows * limit.requests);
}

/** Rounds to so many digits after the point. */
export function rounded(value: number, digits = 0): number {
	return Number(value.toFixed(digits));
}
