import fc from 'fast-check';
import type { LimitNews } from '../../../../nodes/shared/transport/rateLimit/headers';
import { backoffMs, judge } from '../../../../nodes/shared/transport/retryPolicy';
import type { Effect, Exchange } from '../../../../nodes/shared/transport/retryPolicy';

const effects: Effect[] = ['read', 'harmlessWrite', 'write'];
const reply = (status: number, limits = {}, readable = true): Exchange => ({
	kind: 'reply',
	status,
	readable,
	limits,
});
const lost: Exchange = { kind: 'failure', reached: 'maybe', permanent: false };
const unreached: Exchange = { kind: 'failure', reached: 'no', permanent: false };

test.each<[string, Exchange, string, string, string]>([
	// what came                     read      harmlessWrite  write
	['a good reply', reply(201), 'accept', 'accept', 'accept'],
	['a good but unreadable reply', reply(200, {}, false), 'again', 'again', 'ask'],
	['429', reply(429), 'again', 'again', 'again'],
	['503 that names a time', reply(503, { retryAfterMs: 10 }), 'again', 'again', 'again'],
	['503 that names none', reply(503), 'again', 'again', 'ask'],
	['500', reply(500), 'again', 'again', 'ask'],
	['502', reply(502), 'again', 'again', 'ask'],
	['504', reply(504), 'again', 'again', 'ask'],
	['408', reply(408), 'again', 'again', 'ask'],
	['a lost reply', lost, 'again', 'again', 'ask'],
	['a connection that never came about', unreached, 'again', 'again', 'again'],
	['302', reply(302), 'giveUp', 'giveUp', 'giveUp'],
	['400', reply(400), 'giveUp', 'giveUp', 'giveUp'],
	['401', reply(401), 'giveUp', 'giveUp', 'giveUp'],
	['404', reply(404), 'giveUp', 'giveUp', 'giveUp'],
	['409', reply(409), 'giveUp', 'giveUp', 'giveUp'],
])('%s', (_, exchange, ...expected) => {
	expect(effects.map((effect) => judge(effect, exchange, 1).next)).toEqual(expected);
});

const anyExchange: fc.Arbitrary<Exchange> = fc.oneof(
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
			const verdict = judge('write', exchange, attempt);
			if (verdict.next !== 'again') return true;
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
			const verdict = judge(effect, exchange, 6);
			return verdict.next !== 'again' || verdict.blockMs > 0;
		}),
	);
});

test('waits are never shorter than asked nor than the backoff, which doubles up to 30 s', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(1e7), (attempt, retryAfterMs) => {
			const verdict = judge('read', reply(429, { retryAfterMs }), attempt, { random: () => 0 });
			return verdict.next === 'again' && verdict.afterMs >= retryAfterMs && verdict.afterMs >= 375;
		}),
	);
	expect([1, 2, 3, 8, 60].map((attempt) => backoffMs(attempt, () => 1))).toEqual([
		500, 1000, 2000, 30_000, 30_000,
	]);
});

test('a status can be an answer, and a vendor can have its own word for a bad credential', () => {
	expect(judge('read', reply(404), 1, { accept: [404] }).next).toBe('accept');
	expect(judge('read', reply(403), 1)).toMatchObject({ because: 'refused' });
	expect(judge('read', reply(403), 1, { rejectsCredential: [401, 403] })).toMatchObject({
		because: 'credential',
	});
});

test.each<[string, LimitNews, number, number]>([
	['a Retry-After that is the reset, rounded up', { retryAfterMs: 1000, resetMs: 600 }, 600, 600],
	['a Retry-After beyond the reset', { retryAfterMs: 30_000, resetMs: 600 }, 30_000, 30_000],
	['a Retry-After before the reset', { retryAfterMs: 1000, resetMs: 60_000 }, 1000, 1000],
	['a reset alone', { resetMs: 2000 }, 2000, 2000],
	['a short wait: only this request keeps the backoff', { resetMs: 50 }, 375, 50],
	['no time to wait: everybody keeps the backoff', { retryAfterMs: 0 }, 375, 375],
	['nothing', {}, 375, 375],
])('429 with %s', (_, limits, afterMs, blockMs) => {
	const verdict = judge('read', reply(429, limits), 1, { random: () => 0 });
	expect(verdict).toEqual({ next: 'again', afterMs, lost: false, blockMs });
});
