/** One page of a list, and whether the vendor says that there are more. */
export interface Page<Entry> {
	entries: Entry[];
	more: boolean;
}

/** More pages than any vendor has; a list that never ends is cut here. */
const mostPages = 100_000;

/**
 * Collects the entries of a paged list, by page number from 1, until there are no more or `limit` is
 * reached. Stops at an empty page whatever the vendor says, so that a wrong "more" cannot go on for ever.
 */
export async function collectPages<Entry>(
	limit: number,
	fetchPage: (page: number) => Promise<Page<Entry>>,
): Promise<Entry[]> {
	const collected: Entry[] = [];
	for (let page = 1; page <= mostPages && collected.length < limit; page++) {
		const { entries, more } = await fetchPage(page);
		for (const entry of entries) collected.push(entry);
		if (!more || entries.length === 0) break;
	}
	return collected.slice(0, limit);
}
