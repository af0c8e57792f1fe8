/** One page of a list, and whether the vendor says that there are more. */
export interface Page<Entry> {
	entries: Entry[];
	hasMore: boolean;
	/** How many the whole list has, where the vendor says so. */
	total?: number;
}

/** A list that changes all the time is walked through so often at most. */
const MAX_PASSES = 3;

/** More pages than any vendor has; a list that never ends is cut here. */
const MAX_PAGES = 100_000;

/**
 * Collects the entries of a paged list, by page number from 1, until there are no more or `limit` is
 * reached. Stops at an empty page whatever the vendor says, so that a wrong "more" cannot go on for ever.
 */
export async function collectPages<Entry>(
	limit: number,
	fetchPage: (page: number) => Promise<Page<Entry>>,
): Promise<Entry[]> {
	const collected: Entry[] = [];
	for (let page = 1; page <= MAX_PAGES && collected.length < limit; page++) {
		const { entries, hasMore } = await fetchPage(page);
		for (const entry of entries) collected.push(entry);
		if (!hasMore || entries.length === 0) break;
	}
	return collected.slice(0, limit);
}

/**
 * Collects the records of a paged list that others change while it is read, each once. When a record
 * leaves a page that was read, those behind it move up, and some slip past: a list of which all are wanted
 * is therefore walked through again until a walk was whole or brought nothing new. A walk was whole when
 * it was one page, which is one answer, or when all its pages told the number of records that it found.
 * @param idOf what tells records apart
 */
export async function collectStable<Entry>(
	limit: number,
	fetchPage: (page: number) => Promise<Page<Entry>>,
	idOf: (entry: Entry) => string | undefined,
): Promise<Entry[]> {
	const found = new Map<string, Entry>();
	for (let walk = 1; walk <= MAX_PASSES; walk++) {
		const knownBefore = found.size;
		const seen = new Set<string>();
		const totals: Array<number | undefined> = [];
		await collectPages(Infinity, async (number) => {
			const page = await fetchPage(number);
			totals.push(page.total);
			for (const entry of page.entries) {
				const id = idOf(entry) ?? JSON.stringify(entry);
				seen.add(id);
				found.set(id, entry);
			}
			return { ...page, hasMore: page.hasMore && found.size < limit };
		});
		const isWhole = totals.length === 1 || totals.every((total) => total === seen.size);
		if (isWhole || found.size >= limit || found.size === knownBefore) break;
	}
	return [...found.values()].slice(0, limit);
}
