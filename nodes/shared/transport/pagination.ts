/** One page of a list. */
export interface Page<Entry> {
	entries: Entry[];
	/** The vendor says that there are more pages. */
	hasMore: boolean;
	/** Number of entries in the whole list, where the vendor states it. */
	total?: number;
	/** The vendor's clock when it sent the page, in epoch milliseconds. */
	answeredAt?: number;
}

/** Maximum passes when a list changes while it is read. */
const MAX_PASSES = 3;
/** More than any vendor has: ends a list that never ends. */
const MAX_PAGES = 100_000;

/** Collects up to `limit` entries, from page 1 on. Ends at an empty page even if the vendor announces more. */
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
 * Collects up to `limit` entries, each once, of a list that changes while it is read: an entry that leaves a page
 * already read moves another one past the reader. Repeats until a pass was complete (one page, or every page stated
 * the number of entries found) or found nothing new. @param idOf identifies an entry; without an ID its JSON does
 */
export async function collectStable<Entry>(
	limit: number,
	fetchPage: (page: number) => Promise<Page<Entry>>,
	idOf: (entry: Entry) => string | undefined,
): Promise<Entry[]> {
	const found = new Map<string, Entry>();
	for (let pass = 1; pass <= MAX_PASSES; pass++) {
		const foundBefore = found.size;
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
		const isComplete = totals.length === 1 || totals.every((total) => total === seen.size);
		if (isComplete || found.size >= limit || found.size === foundBefore) break;
	}
	return [...found.values()].slice(0, limit);
}
