import {
	RateLimiter,
	rateLimiterFor,
	WaitLimitError,
} from '../../../../../nodes/shared/transport/rateLimit/RateLimiter';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const MAX_WAIT_MS = 3_600_000;

/** Acquires `count` slots at once. @returns when each was granted, in milliseconds from now, sorted */
async function slotsAt(limiter: RateLimiter, count: number, perMinute: number): Promise<number[]> {
	const started = Date.now();
	const slots = Array.from({ length: count }, async () => {
		await limiter.acquire(perMinute, MAX_WAIT_MS, undefined);
		limiter.release(undefined, true);
		return Date.now() - started;
	});
	await jest.advanceTimersByTimeAsync(600_000);
	return (await Promise.all(slots)).sort((a, b) => a - b);
}

test('Requests per Minute is not exceeded in any minute', async () => {
	const at = await slotsAt(new RateLimiter(), 25, 10);
	expect(at.slice(0, 10)).toEqual(Array(10).fill(0));
	for (let i = 10; i < at.length; i++) {
		expect((at[i] ?? 0) - (at[i - 10] ?? 0)).toBeGreaterThanOrEqual(60_000);
	}
});

test('there is no wait without a limit', async () => {
	expect(await slotsAt(new RateLimiter(), 50, 0)).toEqual(Array(50).fill(0));
});

test('a pause delays all requests, and is an error where it is too long', async () => {
	const limiter = new RateLimiter();
	limiter.pauseFor(5000);
	await expect(limiter.acquire(0, 4999, undefined)).rejects.toThrow(WaitLimitError);
	expect((await slotsAt(limiter, 3, 0)).every((at) => at >= 5000)).toBe(true);
});

test('a pause lasts an hour at most', () => {
	const limiter = new RateLimiter();
	limiter.pauseFor(1e12);
	expect(limiter.vendorWaitMs(Date.now())).toBe(3_600_000);
});

test("the requests left in the vendor's window are shared among open requests", async () => {
	const limiter = new RateLimiter();
	for (let i = 0; i < 3; i++) await limiter.acquire(0, MAX_WAIT_MS, undefined);
	limiter.release({ limit: 10, remaining: 4, resetMs: 1000 }, true);
	// Two are still open and may not have been counted: 4 - 2 may go.
	expect(limiter.vendorWaitMs(Date.now())).toBe(0);
	await limiter.acquire(0, MAX_WAIT_MS, undefined);
	await limiter.acquire(0, MAX_WAIT_MS, undefined);
	expect(limiter.vendorWaitMs(Date.now())).toBe(1000);
	jest.advanceTimersByTime(1000);
	expect(limiter.vendorWaitMs(Date.now())).toBe(0);
});

test('responses out of order do not raise the requests left', async () => {
	const limiter = new RateLimiter();
	for (let i = 0; i < 2; i++) await limiter.acquire(0, MAX_WAIT_MS, undefined);
	limiter.release({ remaining: 0, resetMs: 1000 }, true);
	limiter.release({ remaining: 1, resetMs: 1000 }, true);
	expect(limiter.vendorWaitMs(Date.now())).toBe(1000);
});

test('half the fastest round trip shortens a stated reset', async () => {
	const limiter = new RateLimiter();
	const waitAfter = async (roundTripMs: number) => {
		await limiter.acquire(0, MAX_WAIT_MS, undefined);
		limiter.release({ remaining: 0, resetMs: 1000 }, true, roundTripMs);
		const waitMs = limiter.vendorWaitMs(Date.now());
		jest.advanceTimersByTime(1000);
		return waitMs;
	};
	expect(await waitAfter(20_000)).toBe(750);
	expect(await waitAfter(60)).toBe(972);
	// A slower one only shows local load.
	expect(await waitAfter(500)).toBe(972);
});

test('a wait counts for the time that it lasted, and waits add up', async () => {
	const limiter = new RateLimiter();
	limiter.pauseFor(2000);
	const slot = limiter.acquire(0, 5000, undefined);
	// A pause that grows during the wait.
	limiter.pauseFor(3000);
	await jest.advanceTimersByTimeAsync(3000);
	expect(await slot).toBe(3000);
});

test('an aborted wait ends at once', async () => {
	const limiter = new RateLimiter();
	const abort = new AbortController();
	limiter.pauseFor(60_000);
	const slot = limiter.acquire(0, MAX_WAIT_MS, abort.signal);
	abort.abort(new Error('stop'));
	await expect(slot).rejects.toThrow('stop');
	await expect(limiter.acquire(0, MAX_WAIT_MS, abort.signal)).rejects.toThrow('stop');
	expect(jest.getTimerCount()).toBe(0);
});

test('an announced limit never fails a request: one that cannot wait is sent and shows whether it is true', async () => {
	const limiter = new RateLimiter();
	await limiter.acquire(0, 1000, undefined);
	limiter.release({ limit: 10, remaining: 0, resetMs: 50_000_000 }, true);
	expect(await limiter.acquire(0, 1000, undefined)).toBe(0);
	limiter.release({ limit: 10, remaining: 9, resetMs: 1000 }, true);
	jest.advanceTimersByTime(1000);
	expect(limiter.vendorWaitMs(Date.now())).toBe(0);
});

test('all endpoint groups of a credential share its Requests per Minute', async () => {
	const search = rateLimiterFor('credential', 'account', 'search');
	const create = rateLimiterFor('credential', 'account', 'create');
	const otherKey = rateLimiterFor('credential', 'other account', 'create');
	const other = rateLimiterFor('other credential', 'account', 'create');
	for (const limiter of [search, search, create, otherKey, create]) {
		expect(await limiter.acquire(5, MAX_WAIT_MS, undefined)).toBe(0);
	}
	expect(await other.acquire(5, MAX_WAIT_MS, undefined)).toBe(0);
	expect((await slotsAt(create, 1, 5))[0]).toBeGreaterThanOrEqual(60_000);
});

test('requests of a node without Requests per Minute count for the nodes that have it', async () => {
	const limiter = new RateLimiter();
	await slotsAt(limiter, 0, 0);
	for (let i = 0; i < 5; i++) await limiter.acquire(0, MAX_WAIT_MS, undefined);
	expect((await slotsAt(limiter, 1, 5))[0]).toBeGreaterThanOrEqual(60_000);
});

test('a fraction of a request per minute is one', async () => {
	const at = await slotsAt(new RateLimiter(), 2, 0.5);
	expect(at[1]).toBeGreaterThanOrEqual(60_000);
});

test('a clock that is set back lengthens no wait beyond its limit', async () => {
	const limiter = new RateLimiter();
	await limiter.acquire(1, MAX_WAIT_MS, undefined);
	limiter.pauseFor(3_600_000);
	jest.setSystemTime(Date.now() - 86_400_000);
	expect(limiter.vendorWaitMs(Date.now())).toBe(3_600_000);
});

test('there is one limiter per credential, account and group, and their number is bounded', () => {
	expect(rateLimiterFor('a', 'b', 'c')).toBe(rateLimiterFor('a', 'b', 'c'));
	expect(rateLimiterFor('a', 'b', 'c')).not.toBe(rateLimiterFor('a', 'b', 'd'));
	expect(rateLimiterFor('a', 'b', 'c')).not.toBe(rateLimiterFor('a', 'd', 'c'));
	const first = rateLimiterFor('first', '', '');
	for (let i = 0; i < 2000; i++) rateLimiterFor(`other ${i}`, '', '');
	expect(rateLimiterFor('first', '', '')).not.toBe(first);
});
