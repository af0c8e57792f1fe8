import { pollTime, runPoll } from '../../../../nodes/shared/trigger/polling';
import type { Poll, ScanPage } from '../../../../nodes/shared/trigger/polling';
import { SeenEvents } from '../../../../nodes/shared/trigger/SeenEvents';

const LIMITS = { defaultSeen: 5, maxSeen: 20, maxItems: 4 };

/** A page with these events, after which the scan continues at page `next`. */
const page = (events: string, next: number, more: Partial<ScanPage> = {}): ScanPage => ({
	events: [...events].map((id) => ({ id })),
	cursor: { next },
	isLast: false,
	seenAgain: 0,
	...more,
});

/** What the last poll saved. */
class Store {
	cursor: unknown;
	seen: unknown = '';
	saves = 0;

	save(cursor: object, seen: SeenEvents): void {
		this.cursor = cursor;
		this.seen = seen.toJSON();
		this.saves++;
	}

	has(id: string): boolean {
		return new SeenEvents(LIMITS.maxSeen, this.seen).has(id);
	}
}

/** Yields the pages in turn; an `Error` among them is thrown. */
async function* pagesOf(pages: Array<ScanPage | Error>): AsyncGenerator<ScanPage, void> {
	for (const next of pages) {
		if (next instanceof Error) throw next;
		yield next;
	}
}

/** Polls. @returns the events that were output, and how many pages were read */
async function poll(
	state: Store,
	pages: Array<ScanPage | Error>,
	more: Partial<Poll> = {},
): Promise<{ output: string | null; pagesRead: number }> {
	let pagesRead = 0;
	const counted = async function* () {
		for await (const next of pagesOf(pages)) {
			pagesRead++;
			yield next;
		}
	};
	const data = await runPoll({
		state,
		stage: 'watch',
		scan: counted,
		eventIdOf: ({ id }) => String(id),
		toOutput: ({ id }) => ({ id: String(id) }),
		hasTime: () => true,
		limits: LIMITS,
		...more,
	});
	const output = data === null ? null : (data[0] ?? []).map(({ json }) => json.id).join('');
	return { output, pagesRead };
}

describe('runPoll', () => {
	it('outputs the new events of all pages, in order, each once', async () => {
		const store = new Store();
		const pages = [page('ab', 2), page('bc', 3, { isLast: true })];
		expect(await poll(store, pages)).toEqual({ output: 'abc', pagesRead: 2 });
		expect(store.cursor).toEqual({ next: 3 });
	});

	it('outputs nothing for known events', async () => {
		const store = new Store();
		const last = { isLast: true };
		await poll(store, [page('ab', 1, last)]);
		expect(await poll(store, [page('ab', 1, last)])).toEqual({ output: null, pagesRead: 1 });
		expect(await poll(store, [page('cb', 1, last)])).toEqual({ output: 'c', pagesRead: 1 });
	});

	it('saves once, whatever the number of pages', async () => {
		const store = new Store();
		await poll(store, [page('a', 2), page('b', 3), page('c', 4, { isLast: true })]);
		expect(store.saves).toBe(1);
	});

	it('stops after the page with which there are enough items', async () => {
		const store = new Store();
		const pages = [page('abc', 2), page('def', 3), page('g', 4)];
		expect(await poll(store, pages)).toEqual({ output: 'abcdef', pagesRead: 2 });
		expect(store.cursor).toEqual({ next: 3 });
		expect(store.has('g')).toBe(false);
	});

	it('reads one page when there is no time, and saves where to continue', async () => {
		const store = new Store();
		const hasTime = () => false;
		const pages = [page('a', 2), page('b', 3)];
		expect(await poll(store, pages, { hasTime })).toEqual({ output: 'a', pagesRead: 1 });
		expect(store.cursor).toEqual({ next: 2 });
	});

	it('throws when the first page fails, and saves nothing', async () => {
		const store = new Store();
		await expect(poll(store, [new Error('down')])).rejects.toThrow('down');
		expect(store.saves).toBe(0);
	});

	it('outputs the pages before one that failed, and continues there', async () => {
		const store = new Store();
		const pages = [page('a', 2), new Error('down'), page('b', 3)];
		expect((await poll(store, pages)).output).toBe('a');
		expect(store.cursor).toEqual({ next: 2 });
	});

	it('remembers the newest events, and all that the next scan reads again', async () => {
		const store = new Store();
		await poll(store, [page('abcdefgh', 1, { isLast: true, seenAgain: 2 })]);
		expect([...'abcdefgh'].filter((id) => store.has(id)).join('')).toBe('defgh');
		await poll(store, [page('ABCDEFGH', 1, { isLast: true, seenAgain: 7 })]);
		expect([...'ABCDEFGH'].filter((id) => store.has(id)).join('')).toBe('BCDEFGH');
	});

	it('never remembers more than the maximum', async () => {
		const store = new Store();
		const ids = 'abcdefghijklmnopqrstuvwxyz';
		await poll(store, [page(ids, 1, { isLast: true, seenAgain: 100 })]);
		expect([...ids].filter((id) => store.has(id)).join('')).toBe('ghijklmnopqrstuvwxyz');
	});

	describe('in the first scan', () => {
		const start = { stage: 'start' } as const;
		const learn = { stage: 'learn' } as const;

		it('learns all events, and outputs none', async () => {
			const store = new Store();
			const pages = [page('ab', 2), page('c', 1, { isLast: true })];
			expect(await poll(store, pages, start)).toEqual({ output: null, pagesRead: 2 });
			expect((await poll(store, [page('abcd', 1, { isLast: true })])).output).toBe('d');
		});

		it('stops when there is no time, and continues with what it has learned', async () => {
			const store = new Store();
			const hasTime = () => false;
			await poll(store, [page('a', 2), page('b', 3)], { ...start, hasTime });
			expect(store.cursor).toEqual({ next: 2 });
			await poll(store, [page('b', 1, { isLast: true })], { ...learn, hasTime });
			expect((await poll(store, [page('abc', 1, { isLast: true })])).output).toBe('c');
		});

		it('throws when the first page of a poll fails; a later one only ends the poll', async () => {
			const store = new Store();
			await expect(poll(store, [new Error('down')], start)).rejects.toThrow('down');
			expect(store.saves).toBe(0);
			await poll(store, [page('a', 2), new Error('down')], start);
			expect(store.cursor).toEqual({ next: 2 });
		});

		it('does not use what was stored before, such as for another campaign', async () => {
			const store = new Store();
			await poll(store, [page('ab', 1, { isLast: true })]);
			await poll(store, [page('c', 1, { isLast: true })], start);
			expect([...'abc'].filter((id) => store.has(id)).join('')).toBe('c');
		});
	});
});

describe('pollTime', () => {
	/** The seconds after which no request is started, and the poll ends. */
	const secondsOf = (budgetSeconds: number): [number, number] => {
		const now = jest.spyOn(Date, 'now').mockReturnValue(0);
		const { maxMs, hasTime } = pollTime({ getPollBudgetMs: () => budgetSeconds * 1000 });
		let seconds = 0;
		for (; hasTime(); seconds++) now.mockReturnValue((seconds + 1) * 1000);
		now.mockRestore();
		return [seconds, maxMs / 1000];
	};

	it('starts requests in half of the time that n8n gives', () => {
		expect(secondsOf(36)).toEqual([18, 36]);
		expect(secondsOf(2)).toEqual([1, 5]);
	});

	it('ends before n8n gives up an activation, which takes 84 seconds', () => {
		expect(secondsOf(300)).toEqual([38, 75]);
	});
});
