import { Pacer, pacerFor, WaitTooLong } from '../../../../../nodes/shared/transport/rateLimit/RateLimiter';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const patience = 3_600_000;

/** Takes `count` turns at once and says when each came, in milliseconds from now. */
async function turnsAt(pacer: Pacer, count: number, perMinute: number): Promise<number[]> {
	const started = Date.now();
	const turns = Array.from({ length: count }, async () => {
		await pacer.turn(perMinute, patience, undefined);
		pacer.finished(undefined, true);
		return Date.now() - started;
	});
	await jest.advanceTimersByTimeAsync(600_000);
	return (await Promise.all(turns)).sort((a, b) => a - b);
}

test('Requests per Minute: never more than so many in any minute', async () => {
	const at = await turnsAt(new Pacer(), 25, 10);
	expect(at.slice(0, 10)).toEqual(Array(10).fill(0));
	for (let i = 10; i < at.length; i++) {
		expect((at[i] ?? 0) - (at[i - 10] ?? 0)).toBeGreaterThanOrEqual(60_000);
	}
});

test('no limit: no wait', async () => {
	expect(await turnsAt(new Pacer(), 50, 0)).toEqual(Array(50).fill(0));
});

test('a block holds everybody, and is told when it is too long', async () => {
	const pacer = new Pacer();
	pacer.block(5000);
	await expect(pacer.turn(0, 4999, undefined)).rejects.toThrow(WaitTooLong);
	expect((await turnsAt(pacer, 3, 0)).every((at) => at >= 5000)).toBe(true);
});

test('a vendor that asks for years is asked again in an hour', () => {
	const pacer = new Pacer();
	pacer.block(1e12);
	expect(pacer.vendorWaitMs(Date.now())).toBe(3_600_000);
});

test("what remains in the vendor's window is shared among open requests", async () => {
	const pacer = new Pacer();
	for (let i = 0; i < 3; i++) await pacer.turn(0, patience, undefined);
	pacer.finished({ limit: 10, remaining: 4, resetMs: 1000 }, true);
	// Two are still open and may not have been counted: 4 - 2 may go.
	expect(pacer.vendorWaitMs(Date.now())).toBe(0);
	await pacer.turn(0, patience, undefined);
	await pacer.turn(0, patience, undefined);
	expect(pacer.vendorWaitMs(Date.now())).toBe(1000);
	jest.advanceTimersByTime(1000);
	expect(pacer.vendorWaitMs(Date.now())).toBe(0);
});

test('replies that arrive out of order do not raise what remains', async () => {
	const pacer = new Pacer();
	for (let i = 0; i < 2; i++) await pacer.turn(0, patience, undefined);
	pacer.finished({ remaining: 0, resetMs: 1000 }, true);
	pacer.finished({ remaining: 1, resetMs: 1000 }, true);
	expect(pacer.vendorWaitMs(Date.now())).toBe(1000);
});

test('a reset is told by a reply that was on its way for a while', async () => {
	const pacer = new Pacer();
	const waitAfter = async (inFlightMs: number) => {
		await pacer.turn(0, patience, undefined);
		pacer.finished({ remaining: 0, resetMs: 1000 }, true, inFlightMs);
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
	const pacer = new Pacer();
	const abort = new AbortController();
	pacer.block(60_000);
	const turn = pacer.turn(0, patience, abort.signal);
	abort.abort(new Error('stop'));
	await expect(turn).rejects.toThrow('stop');
	await expect(pacer.turn(0, patience, abort.signal)).rejects.toThrow('stop');
	expect(jest.getTimerCount()).toBe(0);
});

test('one pacer a key; their number is bounded', () => {
	expect(pacerFor('a')).toBe(pacerFor('a'));
	expect(pacerFor('a')).not.toBe(pacerFor('b'));
	const first = pacerFor('first');
	for (let i = 0; i < 2000; i++) pacerFor(`other ${i}`);
	expect(pacerFor('first')).not.toBe(first);
});
