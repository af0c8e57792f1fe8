/** The median; of an even number of values, the mean of the middle two. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** A shuffled copy; the same random numbers give the same order. */
export function shuffled<Entry>(list: readonly Entry[], random: () => number): Entry[] {
	return list
		.map((entry) => ({ entry, at: random() }))
		.sort((one, other) => one.at - other.at)
		.map(({ entry }) => entry);
}

/**
 * The used share of a limit: accepted requests, divided by what fits the windows from the first to the
 * last of them. @param times when they arrived, in milliseconds
 */
export function usedShare(
	times: readonly number[],
	limit: { requests: number; windowMs: number },
): number {
	if (times.length === 0) return 0;
	const first = times.reduce((earliest, at) => Math.min(earliest, at), Infinity);
	const spanMs = times.reduce((latest, at) => Math.max(latest, at), first) - first;
	const windows = Math.floor(spanMs / limit.windowMs) + 1;
	return times.length / (windows * limit.requests);
}

/** Rounds to a number of digits after the decimal point. */
export function rounded(value: number, digits = 0): number {
	return Number(value.toFixed(digits));
}
