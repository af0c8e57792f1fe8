import { sleep } from 'n8n-workflow';
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

const patience = 3_600_000;
const close: Limit = {
	requests: 20,
	windowMs: 1000,
	headers: 'rateLimitAndRetryAfter',
	announce: true,
};

/** What came of a run; `taken` is by process and second. */
interface Run {
	taken: number[][];
	refused: number;
}

/** Processes that send as fast as they may, each with requests of its own open, under one limit. */
async function send(
	limit: Limit,
	{ processes, atOnce, seconds }: { processes: number; atOnce: number; seconds: number },
): Promise<Run> {
	const limiter = new Limiter();
	const started = Date.now();
	const run: Run = { taken: [], refused: 0 };
	const sinceStart = () => Date.now() - started;
	/** One request, until it is taken. */
	const one = async (pacer: RateLimiter, taken: number[]) => {
		for (let attempt = 1; sinceStart() < seconds * 1000; attempt++) {
			await pacer.acquire(0, patience, undefined);
			await sleep(15);
			const { allowed, headers } = limiter.take('key', limit);
			await sleep(15);
			const limits = parseRateLimitHeaders(headers, Date.now());
			pacer.release(limits, allowed);
			const second = Math.floor(sinceStart() / 1000);
			taken[second] = (taken[second] ?? 0) + (allowed ? 1 : 0);
			if (allowed) return;
			run.refused++;
			const reply = { kind: 'reply', status: 429, readable: true, limits } as const;
			const verdict = decideRetry('unsafe', reply, attempt);
			if (verdict.next !== 'retry') return;
			pacer.pauseFor(verdict.blockMs);
			await sleep(verdict.afterMs);
		}
	};
	const slots = Array.from({ length: processes }, () => {
		const pacer = new RateLimiter();
		const taken: number[] = [];
		run.taken.push(taken);
		return Array.from({ length: atOnce }, async () => {
			while (sinceStart() < seconds * 1000) await one(pacer, taken);
		});
	});
	await jest.advanceTimersByTimeAsync((seconds + 5) * 1000);
	await Promise.all(slots.flat());
	return run;
}

const sum = (numbers: Array<number | undefined>) =>
	numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
const between = (taken: number[], from: number, to: number) => sum(taken.slice(from, to));

test('four processes under one limit use it and do not hit it', async () => {
	const { taken, refused } = await send(close, { processes: 4, atOnce: 3, seconds: 40 });
	const all = sum(taken.flat());
	expect(refused / (all + refused)).toBeLessThanOrEqual(0.03);
	expect(sum(taken.map((one) => between(one, 5, 40)))).toBeGreaterThanOrEqual(0.9 * 35 * 20);
	for (const one of taken) expect(between(one, 5, 40)).toBeGreaterThanOrEqual(0.1 * 35 * 20);
});

test('one process alone takes the whole limit as fast as it can, and is never turned away', async () => {
	const { taken, refused } = await send(close, { processes: 1, atOnce: 10, seconds: 20 });
	expect(refused).toBe(0);
	expect(sum(taken.flat())).toBeGreaterThanOrEqual(0.95 * 20 * 20);
});

test('a vendor that tells only when it refuses: one process takes what there is', async () => {
	const quiet: Limit = { ...close, headers: 'rateLimit', announce: false };
	const { taken } = await send(quiet, { processes: 1, atOnce: 10, seconds: 20 });
	expect(sum(taken.flat())).toBeGreaterThanOrEqual(0.9 * 20 * 20);
});

describe('one process', () => {
	/** Sends a request and lets it be answered at once. */
	async function exchange(pacer: RateLimiter, remaining: number, resetMs: number, taken = true) {
		await pacer.acquire(0, patience, undefined);
		pacer.release({ limit: 20, remaining, resetMs }, taken);
	}
	const wait = (pacer: RateLimiter) => pacer.vendorWaitMs(Date.now());

	test('does not wait while all that was used was its own', async () => {
		const pacer = new RateLimiter();
		for (let left = 19; left > 10; left--) await exchange(pacer, left, 1000);
		expect(wait(pacer)).toBe(0);
	});

	test('spaces its requests out once somebody else uses the limit', async () => {
		const pacer = new RateLimiter();
		await exchange(pacer, 19, 1000);
		await exchange(pacer, 10, 1000);
		await exchange(pacer, 9, 1000);
		// Two of the ten before the last were its own: about four of the twenty in a second.
		expect(wait(pacer)).toBeGreaterThan(220);
		expect(wait(pacer)).toBeLessThan(290);
	});

	test('spaces them out when it is turned away though it sent little', async () => {
		const pacer = new RateLimiter();
		await exchange(pacer, 0, 1000, false);
		jest.advanceTimersByTime(1000);
		expect(wait(pacer)).toBe(0);
		await pacer.acquire(0, patience, undefined);
		expect(wait(pacer)).toBeGreaterThan(100);
	});

	test('is alone again after three windows without a sign of others', async () => {
		const pacer = new RateLimiter();
		await exchange(pacer, 19, 1000);
		await exchange(pacer, 10, 1000);
		for (let window = 0; window < 5; window++) {
			jest.advanceTimersByTime(1000);
			await exchange(pacer, 19, 1000);
			jest.advanceTimersByTime(900);
			await exchange(pacer, 18, 100);
			jest.advanceTimersByTime(100);
		}
		await exchange(pacer, 19, 1000);
		expect(wait(pacer)).toBe(0);
	});
});
