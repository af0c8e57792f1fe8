import fc from 'fast-check';
import type { RateLimitInfo } from '../../../../nodes/shared/transport/rateLimit/headers';
import {
	backoffMs,
	decideRetry,
	isItemError,
} from '../../../../nodes/shared/transport/retryPolicy';
import type { AttemptResult, Safety } from '../../../../nodes/shared/transport/retryPolicy';

const safeties: Safety[] = ['safe', 'idempotent', 'unsafe'];
const response = (status: number, rateLimit = {}, isUsable = true): AttemptResult => ({
	kind: 'response',
	status,
	isUsable,
	rateLimit,
});
const lost: AttemptResult = { kind: 'failure', delivered: 'maybe', isPermanent: false };
const unreached: AttemptResult = { kind: 'failure', delivered: 'no', isPermanent: false };
const permanent: AttemptResult = { kind: 'failure', delivered: 'no', isPermanent: true };

test.each<[string, AttemptResult, string, string, string]>([
	// result                       safe      idempotent  unsafe
	['a usable 2xx', response(201), 'accept', 'accept', 'accept'],
	['an unusable 2xx', response(200, {}, false), 'retry', 'retry', 'reconcile'],
	['429', response(429), 'retry', 'retry', 'retry'],
	['503 with Retry-After', response(503, { retryAfterMs: 10 }), 'retry', 'retry', 'reconcile'],
	['503 without Retry-After', response(503), 'retry', 'retry', 'reconcile'],
	['500', response(500), 'retry', 'retry', 'reconcile'],
	['502', response(502), 'retry', 'retry', 'reconcile'],
	['504', response(504), 'retry', 'retry', 'reconcile'],
	['408', response(408), 'retry', 'retry', 'reconcile'],
	['a lost response', lost, 'retry', 'retry', 'reconcile'],
	['a connection that was never established', unreached, 'retry', 'retry', 'retry'],
	['a permanent failure', permanent, 'fail', 'fail', 'fail'],
	['301', response(301), 'fail', 'retry', 'reconcile'],
	['302', response(302), 'fail', 'retry', 'reconcile'],
	['303', response(303), 'fail', 'retry', 'reconcile'],
	['308', response(308), 'fail', 'retry', 'reconcile'],
	['407', response(407), 'fail', 'fail', 'fail'],
	['400', response(400), 'fail', 'fail', 'fail'],
	['401', response(401), 'fail', 'fail', 'fail'],
	['404', response(404), 'fail', 'fail', 'fail'],
	['409', response(409), 'fail', 'fail', 'fail'],
])('%s', (_, result, ...expected) => {
	expect(safeties.map((safety) => decideRetry(safety, result, 1).next)).toEqual(expected);
});

const anyResult: fc.Arbitrary<AttemptResult> = fc.oneof(
	fc.record({
		kind: fc.constant('response' as const),
		status: fc.integer({ min: 100, max: 599 }),
		isUsable: fc.boolean(),
		rateLimit: fc.record({ retryAfterMs: fc.option(fc.nat(), { nil: undefined }) }),
	}),
	fc.record({
		kind: fc.constant('failure' as const),
		delivered: fc.constantFrom('no' as const, 'maybe' as const),
		isPermanent: fc.boolean(),
	}),
);

test('an unsafe request that may have been processed is never blindly sent again', () => {
	fc.assert(
		fc.property(anyResult, fc.integer({ min: 1, max: 50 }), (result, attempt) => {
			if (decideRetry('unsafe', result, attempt).next !== 'retry') return true;
			if (result.kind === 'failure') return result.delivered === 'no';
			return result.status === 429;
		}),
	);
});

test('an outage ends after five attempts, a rate limit does not', () => {
	fc.assert(
		fc.property(anyResult, fc.constantFrom(...safeties), (result, safety) => {
			const decision = decideRetry(safety, result, 6);
			return decision.next !== 'retry' || decision.pauseMs > 0;
		}),
	);
});

test('an idempotent request without a response stays in doubt, a safe one never does', () => {
	for (const attempt of [1, 5]) {
		expect(decideRetry('idempotent', lost, attempt)).toMatchObject({ isInDoubt: true });
		expect(decideRetry('safe', lost, attempt)).toMatchObject({ isInDoubt: false });
		expect(decideRetry('idempotent', unreached, attempt)).toMatchObject({ isInDoubt: false });
	}
});

test('a 503 with Retry-After holds back the look-up, too, and leaves a write in doubt', () => {
	const busy = response(503, { retryAfterMs: 9_000 });
	expect(decideRetry('unsafe', busy, 1)).toEqual({ next: 'reconcile', pauseMs: 9_000 });
	expect(decideRetry('idempotent', busy, 1)).toMatchObject({ pauseMs: 9_000, isInDoubt: true });
	expect(decideRetry('safe', busy, 1)).toMatchObject({ pauseMs: 9_000, isInDoubt: false });
});

test('a delay is never shorter than requested or than the backoff, which doubles up to 30 s', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(1e7), (attempt, retryAfterMs) => {
			const decision = decideRetry('safe', response(429, { retryAfterMs }), attempt, {
				random: () => 0,
			});
			return (
				decision.next === 'retry' && decision.delayMs >= retryAfterMs && decision.delayMs >= 375
			);
		}),
	);
	expect([1, 2, 3, 8, 60].map((attempt) => backoffMs(attempt, () => 1))).toEqual([
		500, 1000, 2000, 30_000, 30_000,
	]);
});

test('a request can expect a status, and a vendor can reject credentials with its own', () => {
	expect(decideRetry('safe', response(404), 1, { expectedStatuses: [404] }).next).toBe('accept');
	expect(decideRetry('safe', response(403), 1)).toMatchObject({ reason: 'rejected' });
	expect(decideRetry('safe', response(403), 1, { authErrorStatuses: [401, 403] })).toMatchObject({
		reason: 'credential',
	});
});

test.each<[string, RateLimitInfo, number, number]>([
	['a Retry-After that is the reset, rounded up', { retryAfterMs: 1000, resetMs: 600 }, 600, 600],
	['a Retry-After beyond the reset', { retryAfterMs: 30_000, resetMs: 600 }, 30_000, 30_000],
	['a Retry-After before the reset', { retryAfterMs: 1000, resetMs: 60_000 }, 1000, 1000],
	['a reset alone', { resetMs: 2000 }, 2000, 2000],
	['a short wait: the backoff delays this request only', { resetMs: 50 }, 375, 50],
	['no wait: the backoff delays the whole group', { retryAfterMs: 0 }, 375, 375],
	['nothing', {}, 375, 375],
])('429 with %s', (_, rateLimit, delayMs, pauseMs) => {
	const decision = decideRetry('safe', response(429, rateLimit), 1, { random: () => 0 });
	expect(decision).toEqual({ next: 'retry', delayMs, pauseMs, isInDoubt: false });
});

test('a rejection concerns the lead with 400, 409, 413 and 422 only', () => {
	const statuses = [undefined, 302, 400, 401, 403, 404, 409, 413, 422, 500];
	expect(statuses.filter(isItemError)).toEqual([400, 409, 413, 422]);
});
