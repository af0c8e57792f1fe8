import { sleep } from 'n8n-workflow';
import { FairShare } from '../../../../../nodes/shared/transport/rateLimit/FairShare';
import { parseRateLimitHeaders } from '../../../../../nodes/shared/transport/rateLimit/headers';
import { RateLimiter } from '../../../../../nodes/shared/transport/rateLimit/RateLimiter';
import { decideRetry } from '../../../../../nodes/shared/transport/retryPolicy';
import { Limiter } from '../../../../../sandbox/server/rateLimits';
import type { Limit } from '../../../../../sandbox/server/rateLimits';
import { seededRandom } from '../../../../../sandbox/lib/random';

beforeEach(() => {
	jest.useFakeTimers();
	jest.spyOn(Math, 'random').mockImplementation(seededRandom(7));
});
afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

const MAX_WAIT_MS = 3_600_000;
const ONE_WAY_MS = 15;
const close: Limit = {
	requests: 20,
	windowMs: 1000,
	headers: 'rateLimitAndRetryAfter',
	announce: true,
};

/** Result of a simulation. */
interface Simulation {
	/** Accepted requests, by process and second. */
	accepted: number[][];
	refused: number;
}

/** Simulates processes that share one limit and send as fast as they may, each with several open requests. */
async function simulate(
	limit: Limit,
	{ processes, atOnce, seconds }: { processes: number; atOnce: number; seconds: number },
): Promise<Simulation> {
	const vendor = new Limiter();
	const started = Date.now();
	const simulation: Simulation = { accepted: [], refused: 0 };
	const sinceStart = () => Date.now() - started;
	const isOver = () => sinceStart() >= seconds * 1000;
	/** Sends one request until it is accepted. */
	const send = async (limiter: RateLimiter, accepted: number[]) => {
		for (let attempt = 1; !isOver(); attempt++) {
			await limiter.acquire(0, MAX_WAIT_MS, undefined);
			await sleep(ONE_WAY_MS);
			const { allowed, headers } = vendor.take('key', limit);
			await sleep(ONE_WAY_MS);
			const rateLimit = parseRateLimitHeaders(headers, Date.now());
			limiter.release(rateLimit, allowed, 2 * ONE_WAY_MS);
			const second = Math.floor(sinceStart() / 1000);
			accepted[second] = (accepted[second] ?? 0) + (allowed ? 1 : 0);
			if (allowed) return;
			simulation.refused++;
			const response = { kind: 'response', status: 429, isUsable: true, rateLimit } as const;
			const decision = decideRetry('unsafe', response, attempt);
			if (decision.next !== 'retry') return;
			limiter.pauseFor(decision.pauseMs);
			await sleep(decision.delayMs);
		}
	};
	const slots = Array.from({ length: processes }, () => {
		const limiter = new RateLimiter();
		const accepted: number[] = [];
		simulation.accepted.push(accepted);
		return Array.from({ length: atOnce }, async () => {
			while (!isOver()) await send(limiter, accepted);
		});
	});
	await jest.advanceTimersByTimeAsync((seconds + 5) * 1000);
	await Promise.all(slots.flat());
	return simulation;
}

const sum = (numbers: Array<number | undefined>) =>
	numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
const between = (accepted: number[], from: number, to: number) => sum(accepted.slice(from, to));
const refusedShare = ({ accepted, refused }: Simulation) =>
	refused / (sum(accepted.flat()) + refused);

test('four processes under one limit use it fairly and are seldom refused', async () => {
	const simulation = await simulate(close, { processes: 4, atOnce: 3, seconds: 40 });
	const { accepted } = simulation;
	expect(refusedShare(simulation)).toBeLessThanOrEqual(0.03);
	expect(sum(accepted.map((one) => between(one, 5, 40)))).toBeGreaterThanOrEqual(0.9 * 35 * 20);
	for (const one of accepted) expect(between(one, 5, 40)).toBeGreaterThanOrEqual(0.1 * 35 * 20);
});

test('without fair sharing the same four processes are refused ten times as often', async () => {
	jest.spyOn(FairShare.prototype, 'waitMs').mockReturnValue(0);
	const simulation = await simulate(close, { processes: 4, atOnce: 3, seconds: 40 });
	expect(refusedShare(simulation)).toBeCloseTo(0.31, 2);
});

test('one process alone uses the whole limit and is never refused', async () => {
	const { accepted, refused } = await simulate(close, { processes: 1, atOnce: 10, seconds: 20 });
	expect(refused).toBe(0);
	expect(sum(accepted.flat())).toBeGreaterThanOrEqual(0.95 * 20 * 20);
});

test('one process uses the whole limit of a vendor that states it in refusals only', async () => {
	const quiet: Limit = { ...close, headers: 'rateLimit', announce: false };
	const { accepted } = await simulate(quiet, { processes: 1, atOnce: 10, seconds: 20 });
	expect(sum(accepted.flat())).toBeGreaterThanOrEqual(0.9 * 20 * 20);
});

describe('one process', () => {
	/** Sends a request and gets the response at once. */
	async function exchange(
		limiter: RateLimiter,
		remaining: number,
		resetMs: number,
		isAccepted = true,
	) {
		await limiter.acquire(0, MAX_WAIT_MS, undefined);
		limiter.release({ limit: 20, remaining, resetMs }, isAccepted);
	}
	const waitMs = (limiter: RateLimiter) => limiter.vendorWaitMs(Date.now());

	test('does not wait while all usage is its own', async () => {
		const limiter = new RateLimiter();
		for (let left = 19; left > 10; left--) await exchange(limiter, left, 1000);
		expect(waitMs(limiter)).toBe(0);
	});

	test('spaces its requests out once another client uses the limit', async () => {
		const limiter = new RateLimiter();
		await exchange(limiter, 19, 1000);
		await exchange(limiter, 10, 1000);
		await exchange(limiter, 9, 1000);
		// Two of the ten before the last were its own: about four of the twenty in a second.
		expect(waitMs(limiter)).toBeGreaterThan(220);
		expect(waitMs(limiter)).toBeLessThan(290);
	});

	test('spaces them out when it is refused though it sent little', async () => {
		const limiter = new RateLimiter();
		await exchange(limiter, 0, 1000, false);
		jest.advanceTimersByTime(1000);
		expect(waitMs(limiter)).toBe(0);
		await limiter.acquire(0, MAX_WAIT_MS, undefined);
		expect(waitMs(limiter)).toBeGreaterThan(100);
	});

	test('counts as alone again after three windows without a sign of others', async () => {
		const limiter = new RateLimiter();
		await exchange(limiter, 19, 1000);
		await exchange(limiter, 10, 1000);
		for (let window = 0; window < 5; window++) {
			jest.advanceTimersByTime(1000);
			await exchange(limiter, 19, 1000);
			jest.advanceTimersByTime(900);
			await exchange(limiter, 18, 100);
			jest.advanceTimersByTime(100);
		}
		await exchange(limiter, 19, 1000);
		expect(waitMs(limiter)).toBe(0);
	});
});
