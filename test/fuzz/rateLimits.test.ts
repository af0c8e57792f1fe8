import fc from 'fast-check';
import { parseRateLimitHeaders } from '../../nodes/shared/transport/rateLimit/headers';
import { RateLimiter, WaitLimitError } from '../../nodes/shared/transport/rateLimit/RateLimiter';
import { decideRetry } from '../../nodes/shared/transport/retryPolicy';
import { toError } from '../../nodes/shared/values/json';
import { fuzz, fuzzSeeds, FUZZ_TIMEOUT_MS } from './fuzz';

let now = 0;
let sleeps = 0;
jest.mock('../../nodes/shared/values/sleep', () => ({
	sleep: async (ms: number) => {
		expectWait(ms, BUDGET_MS);
		if (++sleeps > MAX_SLEEPS) throw new Error(`${sleeps} waits for one request`);
		now += Math.max(1, ms);
	},
}));
const realNow = Date.now;
beforeAll(() => {
	Date.now = () => Math.floor(now);
});
afterAll(() => {
	Date.now = realNow;
});

const START_MS = Date.UTC(2026, 0, 2, 3, 4, 5);
/** Max Retry Time of every request. */
const BUDGET_MS = 300_000;
const HOUR_MS = 3_600_000;
const MAX_SLEEPS = 50;
/** How often a request is refused before a later one must get through, an hour apart at most. */
const MAX_REFUSALS = 2;

/** What vendors and their proxies write where a number of requests, a number of seconds or a date belongs. */
const odd = fc.oneof(
	fc.constantFrom(
		...['0', '-1', '1', '2', '60', '100', '0.0001', '1e400', '1e3', 'NaN', 'Infinity', '', ' '],
		...['9'.repeat(13), '9'.repeat(400), '100, 100;w=60', '100;w=60', 'soon', '0x10', '+5'],
		...['9999999999', '9999999999999', '-2208988800', '1767323105', '1767323105000', '86400'],
		...['Fri, 02 Jan 2026 03:05:05 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT', '2286-11-20T17:46:39Z'],
		...['Fri, 02 Jan 2026 02:54:05 GMT', 'Sat, 31 Dec 9999 23:59:59 GMT', 'Fri, 99 Foo 2026'],
	),
	fc.integer({ min: -10, max: 200 }).map(String),
	fc.double({ min: 0, max: 5 }).map(String),
	fc.string({ maxLength: 8 }),
);
const combined = fc.oneof(
	fc
		.tuple(odd, odd, odd)
		.map(([limit, remaining, reset]) => `limit=${limit}, remaining=${remaining}, reset=${reset}`),
	fc.tuple(odd, odd).map(([left, reset]) => `"default";r=${left};t=${reset}`),
	odd,
);
const prefix = fc.constantFrom('ratelimit', 'x-ratelimit', 'x-rate-limit');
const single = fc.tuple(prefix, odd, odd, odd).map(([name, limit, remaining, reset]) => ({
	[`${name}-limit`]: limit,
	[`${name}-remaining`]: remaining,
	[`${name}-reset`]: reset,
}));
const headers = fc
	.tuple(
		fc.oneof(fc.constant({}), single, fc.record({ ratelimit: combined })),
		fc.record({ 'retry-after': odd, date: odd }, { requiredKeys: [] }),
	)
	.map((parts): Record<string, string> => Object.assign({}, ...parts));

const reply = fc.record({
	status: fc.constantFrom(200, 201, 429, 503, 500, 400),
	headers,
	/** How many requests are open when it comes, and how long it took. */
	open: fc.integer({ min: 1, max: 4 }),
	roundTripMs: fc.constantFrom(0, 5, 300, 30_000),
	/** Time until the next request. */
	pauseMs: fc.constantFrom(0, 1, 1_000, 60_000, 7_200_000),
});

function expectWait(ms: number, maxMs: number): void {
	if (!(ms >= 0 && ms <= maxMs)) throw new Error(`a wait of ${ms} ms`);
}

/** Takes a slot; a request that is refused for a long wait is followed by one after that wait. */
async function acquire(limiter: RateLimiter): Promise<number> {
	for (let refusals = 0; ; refusals++) {
		sleeps = 0;
		const got = await limiter
			.acquire(0, BUDGET_MS, undefined)
			.catch((error: unknown) => toError(error));
		if (typeof got === 'number') {
			expectWait(got, BUDGET_MS);
			return got;
		}
		if (!(got instanceof WaitLimitError)) throw got;
		expectWait(got.waitMs, HOUR_MS);
		if (refusals >= MAX_REFUSALS) throw new Error(`${refusals} refusals in a row`);
		now += got.waitMs;
	}
}

/** A reply as the client handles it. */
function receive(
	limiter: RateLimiter,
	status: number,
	replied: Record<string, string>,
	roundTripMs: number,
): void {
	const rateLimit = parseRateLimitHeaders(replied, Date.now());
	for (const value of Object.values(rateLimit)) {
		if (value !== undefined && !(Number.isFinite(value) && value >= 0)) {
			throw new Error(`read as ${JSON.stringify(rateLimit)}, with ${String(value)}`);
		}
	}
	limiter.release(rateLimit, status !== 429 && status !== 503, roundTripMs);
	const result = { kind: 'response', status, isUsable: true, rateLimit } as const;
	const decision = decideRetry('unsafe', result, 1);
	if (decision.next !== 'retry') return;
	if (!Number.isFinite(decision.delayMs)) throw new Error(`a delay of ${decision.delayMs} ms`);
	if (decision.pauseMs > 0) limiter.pauseFor(decision.pauseMs);
}

/** A vendor without oddities: windows of ten seconds for a hundred requests, all ours. */
async function useWell(limiter: RateLimiter, withHeaders: boolean): Promise<number> {
	let waitedMs = 0;
	for (let window = 0; window < 8; window++) {
		waitedMs = 0;
		const startedAt = Date.now();
		for (let used = 1; used <= 10; used++) {
			waitedMs += await acquire(limiter);
			const resetMs = Math.max(0, startedAt + 10_000 - now);
			const stated = { ratelimit: `limit=100, remaining=${100 - used}, reset=${resetMs / 1000}` };
			receive(limiter, 200, withHeaders ? stated : {}, 5);
			now += 900;
		}
		now = Math.max(now, startedAt + 10_000);
	}
	return waitedMs;
}

it.each(fuzzSeeds)(
	'any replies leave a rate limiter with finite waits, and one that recovers %p',
	async (seeded) => {
		const scenarios = fc.record({
			replies: fc.array(reply, { minLength: 1, maxLength: 8 }),
			withHeaders: fc.boolean(),
		});
		await fuzz(seeded, scenarios, async ({ replies, withHeaders }) => {
			now = START_MS;
			const limiter = new RateLimiter();
			let open = 0;
			for (const { status, headers: replied, open: wanted, roundTripMs, pauseMs } of replies) {
				while (open < wanted) {
					await acquire(limiter);
					open++;
				}
				now += roundTripMs;
				receive(limiter, status, replied, roundTripMs);
				open--;
				now += pauseMs;
			}
			for (; open > 0; open--) receive(limiter, 200, {}, 5);
			now += HOUR_MS;
			expect(await useWell(limiter, withHeaders)).toBe(0);
		});
	},
	FUZZ_TIMEOUT_MS,
);
