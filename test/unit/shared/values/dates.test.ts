import fc from 'fast-check';
import { DateTime } from 'luxon';

import { formatIso, isoDay, isoUtc, parseInstant } from '../../../../nodes/shared/values/dates';

const ZONES = [
	'UTC',
	'America/New_York',
	'America/Los_Angeles',
	'America/St_Johns',
	'America/Sao_Paulo',
	'Europe/London',
	'Europe/Berlin',
	'Asia/Kolkata',
	'Asia/Kathmandu',
	'Australia/Lord_Howe',
	'Pacific/Apia',
	'Pacific/Auckland',
];

function millisOf(input: unknown, timezone = 'America/New_York'): number | string {
	const result = parseInstant(input, timezone);
	return result.ok ? result.epochMs : result.reason;
}

function isoOf(input: unknown, timezone = 'America/New_York'): string {
	const result = parseInstant(input, timezone);
	return result.ok ? formatIso(result.epochMs, result.offsetMinutes) : result.reason;
}

/** Instants of 1973 to 2098: smaller numbers would be read as seconds. */
const instants = fc.integer({ min: 100_000_000_000, max: 4_070_908_800_000 });
const zones = fc.constantFrom(...ZONES);

/** Spellings of one local date and time. */
const patterns = fc.constantFrom(
	"yyyy-MM-dd'T'HH:mm:ss.SSS",
	"yyyy-MM-dd'T'HH:mm:ss,SSS",
	"yyyy-MM-dd'T'HH:mm:ss",
	"yyyy-MM-dd'T'HH:mm",
	"yyyy-MM-dd'T'HH",
	"yyyyMMdd'T'HHmmss.SSS",
	"yyyyMMdd'T'HHmmss",
	"yyyyMMdd'T'HHmm",
	"yyyy-ooo'T'HH:mm:ss",
	"yyyyooo'T'HHmm",
	"kkkk-'W'WW-c'T'HH:mm:ss.SSS",
	"kkkk'W'WWc'T'HHmmss",
);
const offsets = fc.constantFrom('', 'ZZ', 'ZZZ', "'Z'");

describe('against luxon', () => {
	it('reads every spelling as luxon does', () => {
		fc.assert(
			fc.property(
				instants,
				zones,
				patterns,
				offsets,
				fc.boolean(),
				(ms, zone, pattern, offset, lower) => {
					const upper = DateTime.fromMillis(ms, { zone }).toFormat(pattern + offset);
					const text = lower ? upper.toLowerCase() : upper;
					const result = parseInstant(text, zone);
					expect(result).toMatchObject({ ok: true });
					if (!result.ok) return;
					if (offset !== '') {
						const expected = DateTime.fromISO(upper, { zone, setZone: true });
						expect(result).toMatchObject({
							epochMs: expected.toMillis(),
							offsetMinutes: expected.offset,
						});
						return;
					}
					// Luxon writes it back; its reading guesses from today's offset, which fails in Samoa,
					// where the date line moved. Of two equal local times this module takes the first.
					const local = DateTime.fromMillis(result.epochMs, { zone });
					expect(local.toFormat(pattern)).toBe(upper);
					expect(local.offset).toBe(result.offsetMinutes);
					const twins = local.getPossibleOffsets().map((twin) => twin.toMillis());
					expect(result.epochMs).toBe(Math.min(...twins));
				},
			),
			{ numRuns: 1000 },
		);
	});

	it('reads dates alone as luxon does', () => {
		const dates = fc.constantFrom(
			'yyyy',
			'yyyy-MM',
			'yyyyMM',
			'yyyy-MM-dd',
			'yyyyMMdd',
			'yyyy-ooo',
			'yyyyooo',
			"kkkk-'W'WW",
			"kkkk'W'WW",
			"kkkk-'W'WW-c",
			"kkkk'W'WWc",
		);
		fc.assert(
			fc.property(instants, zones, dates, (ms, zone, pattern) => {
				const text = DateTime.fromMillis(ms, { zone }).toFormat(pattern);
				// Newfoundland's clocks once went back over midnight, so that it came twice.
				const midnights = DateTime.fromISO(text, { zone }).getPossibleOffsets();
				expect(millisOf(text, zone)).toBe(Math.min(...midnights.map((one) => one.toMillis())));
			}),
			{ numRuns: 500 },
		);
	});

	it('rejects what luxon rejects, and nothing else', () => {
		const number = (max: number, width: number, min = 0) =>
			fc.integer({ min, max }).map((n) => String(n).padStart(width, '0'));
		// Not the year 0, which luxon takes for none, nor the last, from which offsets lead out.
		const year = number(9998, 4, 1);
		const texts = fc.oneof(
			fc.tuple(year, number(14, 2), number(33, 2)).map((parts) => parts.join('-')),
			fc.tuple(year, number(380, 3)).map((parts) => parts.join('-')),
			fc.tuple(year, number(55, 2), number(9, 1)).map(([y, w, d]) => `${y}-W${w}-${d}`),
			fc
				.tuple(number(26, 2), number(61, 2), number(61, 2))
				.map((parts) => `2022-11-15T${parts.join(':')}`),
			fc.tuple(number(26, 2), number(61, 2)).map(([h, m]) => `2022-11-15T12:00:00-${h}:${m}`),
		);
		fc.assert(
			fc.property(texts, (text) => {
				const expected = DateTime.fromISO(text, { zone: 'UTC' });
				// Luxon accepts offsets that no clock can have.
				const strict = /-(2[4-9]:\d\d|\d\d:6\d)$/.test(text);
				expect(parseInstant(text, 'UTC').ok).toBe(expected.isValid && !strict);
				if (expected.isValid && !strict) expect(millisOf(text, 'UTC')).toBe(expected.toMillis());
			}),
			{ numRuns: 1000 },
		);
	});

	it('moves a skipped time forward as luxon does', () => {
		for (const [text, zone] of [
			['2024-03-10T02:30', 'America/New_York'],
			['2024-03-31T02:15:10', 'Europe/Berlin'],
			['2024-10-06T02:10', 'Australia/Lord_Howe'],
			['2018-11-04T00:30', 'America/Sao_Paulo'],
			['2011-12-30T12:00', 'Pacific/Apia'],
		] as const) {
			expect(isoUtc(Number(millisOf(text, zone)))).toBe(
				DateTime.fromISO(text, { zone }).toUTC().toISO({ suppressMilliseconds: true }),
			);
		}
		expect(isoOf('2024-03-10T02:30')).toBe('2024-03-10T03:30:00-0400');
		expect(isoOf('2024-11-03T01:30')).toBe('2024-11-03T01:30:00-0400');
	});

	it('writes what it read', () => {
		fc.assert(
			fc.property(instants, zones, (ms, zone) => {
				const text = isoOf(ms, zone);
				expect(text).toBe(DateTime.fromMillis(ms, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ssZZZ"));
				expect(isoOf(text, 'UTC')).toBe(text);
				expect(millisOf(isoUtc(ms))).toBe(ms);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('spellings', () => {
	it.each([
		['2022', '2022-01-01T00:00:00-0500'],
		['2022-11', '2022-11-01T00:00:00-0400'],
		['2022-11-15', '2022-11-15T00:00:00-0500'],
		['20221115', '2022-11-15T00:00:00-0500'],
		['2022-319', '2022-11-15T00:00:00-0500'],
		['2022-W46-2', '2022-11-15T00:00:00-0500'],
		['2020-W53-7', '2021-01-03T00:00:00-0500'],
		['2022-11-15T21:04:28-0600', '2022-11-15T21:04:28-0600'],
		['2022-11-15T21:04:28.999-06', '2022-11-15T21:04:28-0600'],
		['2022-11-15t21:04:28z', '2022-11-15T21:04:28+0000'],
		['2022-11-15 21:04:28 -06:00', '2022-11-15T21:04:28-0600'],
		['2022-11-15T21:04:28\u221206:00', '2022-11-15T21:04:28-0600'],
		['20221115T210428Z', '2022-11-15T21:04:28+0000'],
		['2022-11-15T21.5', '2022-11-15T21:30:00-0500'],
		['2022-11-15T21:04,5+05:30', '2022-11-15T21:04:30+0530'],
		['2022-11-15T24:00', '2022-11-16T00:00:00-0500'],
		['2022-11-15T00:00-00:00', '2022-11-15T00:00:00+0000'],
		['2024-02-29', '2024-02-29T00:00:00-0500'],
		['  2022-11-15  ', '2022-11-15T00:00:00-0500'],
		['1668567868', '2022-11-15T22:04:28-0500'],
		['1668567868123', '2022-11-15T22:04:28-0500'],
		[1668567868, '2022-11-15T22:04:28-0500'],
		[1668567868.123, '2022-11-15T22:04:28-0500'],
		[1668567868123, '2022-11-15T22:04:28-0500'],
		[' 1668567868\u200B', '2022-11-15T22:04:28-0500'],
		['1668567868.0', '2022-11-15T22:04:28-0500'],
		['1668567868123.0', '2022-11-15T22:04:28-0500'],
		[946684800, '1999-12-31T19:00:00-0500'],
		[946684800000, '1999-12-31T19:00:00-0500'],
		['946684800', '1999-12-31T19:00:00-0500'],
		['946684800000', '1999-12-31T19:00:00-0500'],
		[20221115, '2022-11-15T00:00:00-0500'],
		['2022-11-15\u00A021:04', '2022-11-15T21:04:00-0500'],
		['\uFEFF2022\u201311\u201315', '2022-11-15T00:00:00-0500'],
		[new Date(1668567868123), '2022-11-15T22:04:28-0500'],
		[new Date('2022-11-15'), '2022-11-15T00:00:00+0000'],
		[DateTime.fromMillis(1668567868123), '2022-11-15T22:04:28-0500'],
		[{ toMillis: () => 1668567868123 }, '2022-11-15T22:04:28-0500'],
	])('reads %j as %s', (input, wanted) => {
		expect(isoOf(input)).toBe(wanted);
	});

	it('reads milliseconds, and cuts finer fractions', () => {
		expect(millisOf('1970-01-01T00:00:01.2349Z')).toBe(1234);
		expect(millisOf('1970-01-01T00:00:00.001Z')).toBe(1);
		expect(millisOf('1970-01-01T00:00:00,999999999999999999999999999999Z')).toBe(999);
		expect(isoUtc(1234)).toBe('1970-01-01T00:00:01.234Z');
		expect(isoUtc(1000)).toBe('1970-01-01T00:00:01Z');
	});

	it('writes the day of an instant at its offset', () => {
		expect(isoDay(Date.parse('2026-07-02T23:30:00-05:00'), -300)).toBe('2026-07-02');
		expect(isoDay(Date.parse('2026-07-02T23:30:00-05:00'), 0)).toBe('2026-07-03');
	});

	it('has no negative zero as offset', () => {
		for (const input of ['2022-11-15T00:00-00:00', '2022-11-15', 1e9]) {
			const result = parseInstant(input, 'UTC');
			expect(result.ok && Object.is(result.offsetMinutes, 0)).toBe(true);
		}
	});
});

describe('Excel dates', () => {
	it.each([
		[46205, '2026-07-02T00:00:00-0400'],
		[46205.5868, '2026-07-02T14:05:00-0400'],
		[46205.58680555556, '2026-07-02T14:05:00-0400'],
		[46205.999999999, '2026-07-03T00:00:00-0400'],
		['46205', '2026-07-02T00:00:00-0400'],
		['46205.5868', '2026-07-02T14:05:00-0400'],
		['46205,5868', '2026-07-02T14:05:00-0400'],
		['46205.0', '2026-07-02T00:00:00-0400'],
		[' 46205\u200B', '2026-07-02T00:00:00-0400'],
		[46037, '2026-01-15T00:00:00-0500'],
		[36526, '2000-01-01T00:00:00-0500'],
		[29221, '1980-01-01T00:00:00-0500'],
		[73415.5, '2100-12-31T12:00:00-0500'],
		// A time that the clocks skipped, and one that they showed twice.
		[46089 + 2.5 / 24, '2026-03-08T03:30:00-0400'],
		[46327 + 1.5 / 24, '2026-11-01T01:30:00-0400'],
	])('reads %j as %s', (input, wanted) => {
		expect(isoOf(input)).toBe(wanted);
	});

	it('reads the same day in every timezone', () => {
		const days = fc.integer({ min: 29_221, max: 73_415 });
		fc.assert(
			fc.property(days, zones, fc.boolean(), (days, zone, asText) => {
				const local = DateTime.utc(1899, 12, 30).plus({ days }).toFormat('yyyy-MM-dd');
				expect(parseInstant(asText ? String(days) : days, zone)).toEqual(parseInstant(local, zone));
			}),
		);
	});
});

describe('rejects', () => {
	it.each(
		[
			'',
			' ',
			'yesterday',
			'2022-02-30',
			'2023-02-29',
			'2022-13-01',
			'2022-00-10',
			'2022-11-00',
			'2022-000',
			'2022-366',
			'2022-W53',
			'2022-W00-1',
			'2022-W46-8',
			'2022-11-15T25:00',
			'2022-11-15T24:00:01',
			'2022-11-15T24:00:00.5',
			'2022-11-15T12:60',
			'2022-11-15T12:00:60',
			'2022-11-15T',
			'2022-11-15Z',
			'T12:00',
			'12:00',
			'2022-11-15T12:00+24:00',
			'2022-11-15T12:00-06:60',
			'2022-11-15T12:00 EST',
			'11/15/2022',
			'15.11.2022',
			'2022-1-5',
			'-002022-11-15',
			'12345',
			'2'.repeat(1_000_000),
			Number.NaN,
			Number.POSITIVE_INFINITY,
			1e17,
			0,
			1,
			-86400,
			2022,
			29220,
			73416,
			44743.5e3,
			99_999_999,
			1e10,
			99_999_999_999,
			1e13,
			1668567868123456,
			-1668567868,
			20221315,
			2022319,
			'29220.5',
			'73416',
			'4.62E+04',
			'16685678681',
			'1668567868123456',
			'46205.',
			'1,668,567,868',
			new Date(Number.NaN),
			DateTime.invalid('test'),
			{ toMillis: () => 'soon' },
			{
				toMillis: () => {
					throw new Error('no');
				},
			},
			{},
			[],
			null,
			undefined,
			true,
		].map((input) => [String(input).slice(0, 40), input]),
	)('%s', (_shown, input) => {
		const result = parseInstant(input, 'UTC');
		expect(result.ok ? result.epochMs : result.reason.length).toBeGreaterThan(10);
		expect(result.ok).toBe(false);
	});

	it('a timezone that does not exist', () => {
		expect(millisOf('2022-11-15', 'Mars/Olympus')).toContain('timezone');
	});

	it('never throws', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.anything(), fc.string(), fc.stringMatching(/^[0-9TWZ:.,+ -]{1,30}$/)),
				(input) => {
					expect(typeof parseInstant(input, 'Europe/Berlin').ok).toBe('boolean');
				},
			),
			{ numRuns: 750 },
		);
	});

	it('throws a RangeError for instants that do not exist', () => {
		expect(() => formatIso(Number.NaN, 0)).toThrow(RangeError);
		expect(() => isoUtc(1e20)).toThrow(RangeError);
	});
});
