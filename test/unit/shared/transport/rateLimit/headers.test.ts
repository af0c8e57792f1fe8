import fc from 'fast-check';
import { parseRateLimitHeaders } from '../../../../../nodes/shared/transport/rateLimit/headers';

const now = Date.parse('2026-11-21T12:00:00Z');

test.each<[Record<string, unknown>, ReturnType<typeof parseRateLimitHeaders>]>([
	[{}, {}],
	[{ 'retry-after': '7' }, { retryAfterMs: 7000 }],
	[{ 'retry-after': '0.5' }, { retryAfterMs: 500 }],
	[{ 'retry-after': 'Sat, 21 Nov 2026 12:00:09 GMT' }, { retryAfterMs: 9000 }],
	// A date counts from the vendor's clock, not ours.
	[
		{ 'retry-after': 'Sat, 21 Nov 2026 13:00:02 GMT', date: 'Sat, 21 Nov 2026 13:00:00 GMT' },
		{ retryAfterMs: 2000 },
	],
	[{ 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' }, { retryAfterMs: 0 }],
	[{ 'retry-after': 'soon' }, {}],
	[{ ratelimit: 'limit=100, remaining=50, reset=5' }, { limit: 100, remaining: 50, resetMs: 5000 }],
	[{ ratelimit: 'limit=20, remaining=0, reset=0.25' }, { limit: 20, remaining: 0, resetMs: 250 }],
	[{ ratelimit: '"default";r=3;t=10' }, { remaining: 3, resetMs: 10_000 }],
	[
		{ 'ratelimit-limit': '10', 'ratelimit-remaining': '9', 'ratelimit-reset': '2' },
		{ limit: 10, remaining: 9, resetMs: 2000 },
	],
	[
		{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 3) },
		{ remaining: 0, resetMs: 3000 },
	],
	[
		{ 'x-ratelimit-remaining': 0, 'x-ratelimit-reset': now + 1500 },
		{ remaining: 0, resetMs: 1500 },
	],
	[{ 'x-rate-limit-remaining': ['4'] }, { remaining: 4 }],
	[{ ratelimit: 'nonsense', 'retry-after': '-1' }, {}],
	// Our clock is ten minutes behind, or ahead: the vendor's own counts.
	[
		{ 'x-ratelimit-reset': String(now / 1000 + 602), date: 'Sat, 21 Nov 2026 12:10:00 GMT' },
		{ resetMs: 2000 },
	],
	[
		{ 'x-ratelimit-reset': String(now - 597_000), date: 'Sat, 21 Nov 2026 11:50:00 GMT' },
		{ resetMs: 3000 },
	],
	[{ 'x-ratelimit-reset': 'Sat, 21 Nov 2026 12:00:09 GMT' }, { resetMs: 9000 }],
	[{ 'x-ratelimit-reset': '2026-11-21T12:00:09Z' }, { resetMs: 9000 }],
	[{ 'retry-after': String(now / 1000 + 9) }, { retryAfterMs: 9000 }],
	// A limit of 0 and below is none.
	[{ ratelimit: 'limit=0, remaining=0, reset=1' }, { resetMs: 1000 }],
	[{ ratelimit: 'limit=-1, remaining=-1, reset=-1' }, {}],
	[{ 'x-ratelimit-limit': '0.5', 'x-ratelimit-remaining': '0' }, {}],
	[{ 'x-ratelimit-limit': 'unlimited', 'x-ratelimit-remaining': '0' }, {}],
	[{ 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '11' }, {}],
	[
		{ 'ratelimit-limit': '100, 100;w=60', 'ratelimit-remaining': '9' },
		{ limit: 100, remaining: 9 },
	],
	// No vendor means more than a day.
	[{ 'retry-after': '86401' }, {}],
	[{ 'retry-after': '99999999999999999999' }, {}],
	[{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '10000000000' }, { remaining: 0 }],
	[{ 'retry-after': 'Sat, 21 Nov 2286 12:00:00 GMT' }, {}],
	[{ ratelimit: 'limit=NaN, remaining=Infinity, reset=1e3' }, {}],
	[{ 'retry-after': '0x10' }, {}],
	[{ 'retry-after': [{ toString: 1 }, '7'] }, { retryAfterMs: 7000 }],
])('%j', (headers, expected) => {
	const known = Object.entries(parseRateLimitHeaders(headers, now)).filter(
		([, value]) => value !== undefined,
	);
	expect(Object.fromEntries(known)).toEqual(expected);
});

test('any header yields undefined or a number of milliseconds from 0', () => {
	const names = ['retry-after', 'ratelimit', 'x-ratelimit-reset', 'ratelimit-remaining', 'date'];
	fc.assert(
		fc.property(fc.dictionary(fc.constantFrom(...names), fc.anything()), (headers) =>
			Object.values(parseRateLimitHeaders(headers, now)).every(
				(value) => value === undefined || (Number.isFinite(value) && value >= 0 && value <= 1e13),
			),
		),
	);
	expect(parseRateLimitHeaders(null, now).retryAfterMs).toBeUndefined();
});
