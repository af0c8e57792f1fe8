import fc from 'fast-check';
import { parseRateLimitHeaders } from '../../../../../nodes/shared/transport/rateLimit/headers';
import { RateLimiter } from '../../../../../nodes/shared/transport/rateLimit/RateLimiter';
import { decideRetry } from '../../../../../nodes/shared/transport/retryPolicy';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const MAX_RETRY_TIME_MS = 300_000;
const HOUR_MS = 3_600_000;

const number = fc.oneof(
	fc.constantFrom('0', '-1', '0.001', 'NaN', 'Infinity', '1e300', '99999999999', '10000000000', ''),
	fc.integer({ min: -10, max: 1000 }).map(String),
	fc.double().map(String),
	fc.integer({ min: 1, max: 2_000_000_000_000 }).map(String),
	fc.string({ maxLength: 8 }),
	fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
);
const headers = fc.record(
	{
		'retry-after': number,
		'x-ratelimit-limit': number,
		'x-ratelimit-remaining': number,
		'x-ratelimit-reset': number,
		ratelimit: fc
			.tuple(number, number, number)
			.map(([limit, left, reset]) => `limit=${limit}, remaining=${left}, reset=${reset}`),
		date: number,
	},
	{ requiredKeys: [] },
);
const reply = fc.record({
	headers,
	isAccepted: fc.boolean(),
	afterMs: fc.nat(100_000),
	roundTripMs: fc.nat(30_000),
});

const good = { ratelimit: 'limit=100, remaining=99, reset=1' };

/** Sends a request if the limiter lets it, and gives it this reply. @returns whether it was sent */
async function exchange(
	limiter: RateLimiter,
	given: { headers: object; isAccepted: boolean; roundTripMs: number },
): Promise<boolean> {
	const slot = limiter.acquire(0, MAX_RETRY_TIME_MS, undefined).then(
		() => true,
		() => false,
	);
	await jest.advanceTimersByTimeAsync(MAX_RETRY_TIME_MS);
	if (!(await slot)) return false;
	jest.advanceTimersByTime(given.roundTripMs);
	const rateLimit = parseRateLimitHeaders(given.headers, Date.now());
	limiter.release(rateLimit, given.isAccepted, given.roundTripMs);
	if (given.isAccepted) return true;
	const decision = decideRetry(
		'unsafe',
		{ kind: 'response', status: 429, isUsable: true, rateLimit },
		1,
	);
	if (decision.next === 'retry') limiter.pauseFor(decision.pauseMs);
	return true;
}

test('whatever a vendor replies, every wait ends, and the next good replies end its effect', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(reply, { maxLength: 12 }), async (replies) => {
			const limiter = new RateLimiter();
			for (const odd of replies) {
				await exchange(limiter, odd);
				const waitMs = limiter.vendorWaitMs(Date.now(), MAX_RETRY_TIME_MS);
				expect(waitMs).toBeGreaterThanOrEqual(0);
				expect(waitMs).toBeLessThanOrEqual(HOUR_MS);
				jest.advanceTimersByTime(odd.afterMs);
			}
			// The longest pause that a refusal may cause.
			jest.advanceTimersByTime(HOUR_MS);
			expect(await exchange(limiter, { headers: good, isAccepted: true, roundTripMs: 20 })).toBe(
				true,
			);
			jest.advanceTimersByTime(1000);
			for (let i = 0; i < 3; i++) {
				expect(limiter.vendorWaitMs(Date.now())).toBeLessThanOrEqual(1000);
				await exchange(limiter, { headers: good, isAccepted: true, roundTripMs: 20 });
			}
		}),
		{ numRuns: 300 },
	);
});

test.each([
	['a limit of 0', { ratelimit: 'limit=0, remaining=0, reset=1' }],
	['a reset in the year 2286', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999' }],
	['a long window', { ratelimit: 'limit=1, remaining=0, reset=86000' }],
	['a tiny limit', { ratelimit: 'limit=0.0001, remaining=0, reset=299' }],
])('%s does not outlast the next good reply', async (_, odd) => {
	const limiter = new RateLimiter();
	for (const isAccepted of [true, true, false]) {
		await exchange(limiter, { headers: odd, isAccepted, roundTripMs: 20 });
	}
	jest.advanceTimersByTime(HOUR_MS);
	for (let i = 0; i < 3; i++) {
		await exchange(limiter, { headers: good, isAccepted: true, roundTripMs: 20 });
	}
	expect(limiter.vendorWaitMs(Date.now())).toBeLessThanOrEqual(1000);
});
