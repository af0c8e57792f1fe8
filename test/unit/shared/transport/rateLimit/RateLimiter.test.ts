import {
	RateLimiter,
	rateLimiterFor,
	WaitLimitError,
} from '../../../../../nodes/shared/transport/rateLimit/RateLimiter';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const patience = 3_600_000;

/** Takes `count` turns at once and says when each came, in milliseconds from now. */
async function turnsAt(pacer: RateLimiter, count: number, perMinute: number): Promise<number[]> {
	const started = Date.now();
	const turns = Array.from({ length: count }, async () => {
		await pacer.acquire(perMinute, patience, undefined);
		pacer.release(undefined, true);
		return Date.now() - started;
	});
	await jest.advanceTimersByTimeAsync(600_000);
	return (await Promise.all(turns)).sort((a, b) => a - b);
}

test('Requests per Minute: never more than so many in any minute', async () => {
	const at = await turnsAt(new RateLimiter(), 25, 10);
	expect(at.slice(0, 10)).toEqual(Array(10).fill(0));
	for (let i = 10; i < at.length; i++) {
		expect((at[i] ?? 0) - (at[i - 10] ?? 0)).toBeGreaterThanOrEqual(60_000);
	}
});

test('no limit: no wait', async () => {
	expect(await turnsAt(new RateLimiter(), 50, 0)).toEqual(Array(50).fill(0));
});

test('a block holds everybody, and is told when it is too long', async () => {
	const pacer = new RateLimiter();
	pacer.pauseFor(5000);
	await expect(pacer.acquire(0, 4999, undefined)).rejects.toThrow(WaitLimitError);
	expect((await turnsAt(pacer, 3, 0)).every((at) => at >= 5000)).toBe(true);
});

test('a vendor that asks for years is asked again in an hour', () => {
	const pacer = new RateLimiter();
	pacer.pauseFor(1e12);
	expect(pacer.vendorWaitMs(Date.now())).toBe(3_600_000);
});

test("what remains in the vendor's window is shared among open requests", async () => {
	const pacer = new RateLimiter();
	for (let i = 0; i < 3; i++) await pacer.acquire(0, patience, undefined);
	pacer.release({ limit: 10, remaining: 4, resetMs: 1000 }, true);
	// Two are still open and may not have been counted: 4 - 2 may go.
	expect(pacer.vendorWaitMs(Date.now())).toBe(0);
	await pacer.acquire(0, patience, undefined);
	await pacer.acquire(0, patience, undefined);
	expect(pacer.vendorWaitMs(Date.now())).toBe(1000);
	jest.advanceTimersByTime(1000);
	expect(pacer.vendorWaitMs(Date.now())).toBe(0);
});

test('replies that arrive out of order do not raise what remains', async () => {
	const pacer = new RateLimiter();
	for (let i = 0; i < 2; i++) await pacer.acquire(0, patience, undefined);
	pacer.release({ remaining: 0, resetMs: 1000 }, true);
	pacer.release({ remaining: 1, resetMs: 1000 }, true);
	expect(pacer.vendorWaitMs(Date.now())).toBe(1000);
});

test('a reset is told by a reply that was on its way for a while', async () => {
	const pacer = new RateLimiter();
	const waitAfter = async (inFlightMs: number) => {
		await pacer.acquire(0, patience, undefined);
		pacer.release({ remaining: 0, resetMs: 1000 }, true, inFlightMs);
		const waitMs = pacer.vendorWaitMs(Date.now());
		jest.advanceTimersByTime(1000);
		return waitMs;
	};
	expect(await waitAfter(20_000)).toBe(750);
	expect(await waitAfter(60)).toBe(972);
	// One that took longer was held up.
	expect(await waitAfter(500)).toBe(972);
});

test('an aborted wait ends at once', async () => {
	const pacer = new RateLimiter();
	const abort = new AbortController();
	pacer.pauseFor(60_000);
	const turn = pacer.acquire(0, patience, abort.signal);
	abort.abort(new Error('stop'));
	await expect(turn).rejects.toThrow('stop');
	await expect(pacer.acquire(0, patience, abort.signal)).rejects.toThrow('stop');
	expect(jest.getTimerCount()).toBe(0);
});

test('one pacer a key; their number is bounded', () => {
	expect(rateLimiterFor('a')).toBe(rateLimiterFor('a'));
	expect(rateLimiterFor('a')).not.toBe(rateLimiterFor('b'));
	const first = rateLimiterFor('first');
	for (let i = 0; i < 2000; i++) rateLimiterFor(`other ${i}`);
	expect(rateLimiterFor('first')).not.toBe(first);
});
