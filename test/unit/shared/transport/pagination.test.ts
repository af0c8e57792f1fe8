import { collectPages, collectStable } from '../../../../nodes/shared/transport/pagination';
import type { Page } from '../../../../nodes/shared/transport/pagination';

/** A list in pages of two, with its total where the vendor states one. */
function pagesOf<Entry>(list: Entry[], page: number, statesTotal = false): Page<Entry> {
	const entries = list.slice((page - 1) * 2, page * 2);
	const hasMore = page * 2 < list.length;
	return statesTotal ? { entries, hasMore, total: list.length } : { entries, hasMore };
}

describe('collectPages', () => {
	const letters = ['a', 'b', 'c', 'd', 'e'];

	it.each([
		[Infinity, letters, 3],
		[4, ['a', 'b', 'c', 'd'], 2],
		[3, ['a', 'b', 'c'], 2],
		[0, [], 0],
	])('collects up to %d entries and fetches no further page', async (limit, expected, pages) => {
		const fetched: number[] = [];
		const entries = await collectPages(limit, async (page) => {
			fetched.push(page);
			return pagesOf(letters, page);
		});
		expect(entries).toEqual(expected);
		expect(fetched).toHaveLength(pages);
	});

	it('ends at an empty page even if the vendor says that there are more', async () => {
		const fetchPage = jest.fn(async (page: number) => ({
			entries: page === 1 ? ['a'] : [],
			hasMore: true,
		}));
		expect(await collectPages(Infinity, fetchPage)).toEqual(['a']);
		expect(fetchPage).toHaveBeenCalledTimes(2);
	});
});

describe('collectStable', () => {
	const idOf = (entry: string): string => entry;

	/** Collects a list of which `removed` leaves after the first page was read. */
	async function collectWhile(list: string[], removed: string[], statesTotal: boolean) {
		let current = list;
		let fetches = 0;
		const entries = await collectStable(
			Infinity,
			async (page) => {
				fetches++;
				const result = pagesOf(current, page, statesTotal);
				current = current.filter((entry) => !removed.includes(entry));
				return result;
			},
			idOf,
		);
		return { entries: [...entries].sort(), fetches };
	}

	it('reads a single page once', async () => {
		expect(await collectWhile(['a', 'b'], [], false)).toEqual({ entries: ['a', 'b'], fetches: 1 });
	});

	it('reads a list once whose total is what was found', async () => {
		const { entries, fetches } = await collectWhile(['a', 'b', 'c', 'd'], [], true);
		expect(entries).toEqual(['a', 'b', 'c', 'd']);
		expect(fetches).toBe(2);
	});

	it.each([true, false])(
		'finds an entry that moved to a page already read (total stated: %s)',
		async (statesTotal) => {
			const { entries } = await collectWhile(['a', 'b', 'c', 'd', 'e'], ['a'], statesTotal);
			expect(entries).toEqual(['a', 'b', 'c', 'd', 'e']);
		},
	);

	it('reads a list without a total again until a pass finds nothing new', async () => {
		expect((await collectWhile(['a', 'b', 'c'], [], false)).fetches).toBe(4);
	});

	it('makes three passes at most over a list that keeps changing', async () => {
		let counter = 0;
		const fetchPage = jest.fn(async (page: number) => ({
			entries: [`${counter++}`],
			hasMore: page < 2,
			total: 5,
		}));
		expect(await collectStable(Infinity, fetchPage, idOf)).toHaveLength(6);
		expect(fetchPage).toHaveBeenCalledTimes(6);
	});

	it('stops at the limit', async () => {
		const fetchPage = jest.fn(async (page: number) => pagesOf(['a', 'b', 'c', 'd', 'e'], page));
		expect(await collectStable(3, fetchPage, idOf)).toEqual(['a', 'b', 'c']);
		expect(fetchPage).toHaveBeenCalledTimes(2);
	});

	it('identifies entries without an ID by their content', async () => {
		const list = [{ name: 'Ann' }, { name: 'Ann' }, { name: 'Bob' }];
		const entries = await collectStable(
			Infinity,
			async (page) => pagesOf(list, page),
			() => undefined,
		);
		expect(entries).toEqual([{ name: 'Ann' }, { name: 'Bob' }]);
	});
});
