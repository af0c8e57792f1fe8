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

test('there is one limiter per key, and their number is bounded', () => {
	expect(rateLimiterFor('a')).toBe(rateLimiterFor('a'));
	expect(rateLimiterFor('a')).not.toBe(rateLimiterFor('b'));
	const first = rateLimiterFor('first');
	for (let i = 0; i < 2000; i++) rateLimiterFor(`other ${i}`);
	expect(rateLimiterFor('first')).not.toBe(first);
});
