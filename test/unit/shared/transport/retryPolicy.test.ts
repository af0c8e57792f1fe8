import fc from 'fast-check';
import type { RateLimitInfo } from '../../../../nodes/shared/transport/rateLimit/headers';
import { backoffMs, decideRetry } from '../../../../nodes/shared/transport/retryPolicy';
import type { Safety, AttemptResult } from '../../../../nodes/shared/transport/retryPolicy';

const effects: Safety[] = ['safe', 'idempotent', 'unsafe'];
const reply = (status: number, limits = {}, readable = true): AttemptResult => ({
	kind: 'reply',
	status,
	readable,
	limits,
});
const lost: AttemptResult = { kind: 'failure', reached: 'maybe', permanent: false };
const unreached: AttemptResult = { kind: 'failure', reached: 'no', permanent: false };

test.each<[string, AttemptResult, string, string, string]>([
	// what came                     read      harmlessWrite  write
	['a good reply', reply(201), 'accept', 'accept', 'accept'],
	['a good but unreadable reply', reply(200, {}, false), 'retry', 'retry', 'reconcile'],
	['429', reply(429), 'retry', 'retry', 'retry'],
	['503 that names a time', reply(503, { retryAfterMs: 10 }), 'retry', 'retry', 'retry'],
	['503 that names none', reply(503), 'retry', 'retry', 'reconcile'],
	['500', reply(500), 'retry', 'retry', 'reconcile'],
	['502', reply(502), 'retry', 'retry', 'reconcile'],
	['504', reply(504), 'retry', 'retry', 'reconcile'],
	['408', reply(408), 'retry', 'retry', 'reconcile'],
	['a lost reply', lost, 'retry', 'retry', 'reconcile'],
	['a connection that never came about', unreached, 'retry', 'retry', 'retry'],
	['302', reply(302), 'fail', 'fail', 'fail'],
	['400', reply(400), 'fail', 'fail', 'fail'],
	['401', reply(401), 'fail', 'fail', 'fail'],
	['404', reply(404), 'fail', 'fail', 'fail'],
	['409', reply(409), 'fail', 'fail', 'fail'],
])('%s', (_, exchange, ...expected) => {
	expect(effects.map((effect) => decideRetry(effect, exchange, 1).next)).toEqual(expected);
});

const anyExchange: fc.Arbitrary<AttemptResult> = fc.oneof(
	fc.record({
		kind: fc.constant('reply' as const),
		status: fc.integer({ min: 100, max: 599 }),
		readable: fc.boolean(),
		limits: fc.record({ retryAfterMs: fc.option(fc.nat(), { nil: undefined }) }),
	}),
	fc.record({
		kind: fc.constant('failure' as const),
		reached: fc.constantFrom('no' as const, 'maybe' as const),
		permanent: fc.boolean(),
	}),
);

test('a write that may have been taken is never blindly sent again', () => {
	fc.assert(
		fc.property(anyExchange, fc.integer({ min: 1, max: 50 }), (exchange, attempt) => {
			const verdict = decideRetry('unsafe', exchange, attempt);
			if (verdict.next !== 'retry') return true;
			const turnedAway =
				exchange.kind === 'reply' &&
				(exchange.status === 429 ||
					(exchange.status === 503 && exchange.limits.retryAfterMs !== undefined));
			return turnedAway || (exchange.kind === 'failure' && exchange.reached === 'no');
		}),
	);
});

test('a broken vendor is tried a few times, one that asks to wait as long as there is patience', () => {
	fc.assert(
		fc.property(anyExchange, fc.constantFrom(...effects), (exchange, effect) => {
			const verdict = decideRetry(effect, exchange, 6);
			return verdict.next !== 'retry' || verdict.blockMs > 0;
		}),
	);
});

test('waits are never shorter than asked nor than the backoff, which doubles up to 30 s', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(1e7), (attempt, retryAfterMs) => {
			const verdict = decideRetry('safe', reply(429, { retryAfterMs }), attempt, {
				random: () => 0,
			});
			return verdict.next === 'retry' && verdict.afterMs >= retryAfterMs && verdict.afterMs >= 375;
		}),
	);
	expect([1, 2, 3, 8, 60].map((attempt) => backoffMs(attempt, () => 1))).toEqual([
		500, 1000, 2000, 30_000, 30_000,
	]);
});

test('a status can be an answer, and a vendor can have its own word for a bad credential', () => {
	expect(decideRetry('safe', reply(404), 1, { accept: [404] }).next).toBe('accept');
	expect(decideRetry('safe', reply(403), 1)).toMatchObject({ because: 'refused' });
	expect(decideRetry('safe', reply(403), 1, { rejectsCredential: [401, 403] })).toMatchObject({
		because: 'credential',
	});
});

test.each<[string, RateLimitInfo, number, number]>([
	['a Retry-After that is the reset, rounded up', { retryAfterMs: 1000, resetMs: 600 }, 600, 600],
	['a Retry-After beyond the reset', { retryAfterMs: 30_000, resetMs: 600 }, 30_000, 30_000],
	['a Retry-After before the reset', { retryAfterMs: 1000, resetMs: 60_000 }, 1000, 1000],
	['a reset alone', { resetMs: 2000 }, 2000, 2000],
	['a short wait: only this request keeps the backoff', { resetMs: 50 }, 375, 50],
	['no time to wait: everybody keeps the backoff', { retryAfterMs: 0 }, 375, 375],
	['nothing', {}, 375, 375],
])('429 with %s', (_, limits, afterMs, blockMs) => {
	const verdict = decideRetry('safe', reply(429, limits), 1, { random: () => 0 });
	expect(verdict).toEqual({ next: 'retry', afterMs, lost: false, blockMs });
});
