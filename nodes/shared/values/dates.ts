import { DateTime, IANAZone, type Zone } from 'luxon';
import { cleanText } from './cleanText';
import { compact } from './compact';
import { readNumericDate, type DateFormat } from './numericDates';

/** An instant in epoch milliseconds, with the offset that the input named or its timezone had (minutes east). */
export type InstantResult =
	| { ok: true; epochMs: number; offsetMinutes: number }
	| {
			ok: false;
			/** A sentence for the user. */
			reason: string;
			/** The input as the sentence shows it; undefined if it does not. */
			shown?: string;
			/** The sentence without it. */
			problem: string;
	  };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Years 0000 to 9999, less a day at both ends, so that every offset leaves four digits. */
const EARLIEST_MS = Date.parse('0000-01-02T00:00:00Z');
const LATEST_MS = Date.parse('9999-12-30T23:59:59.999Z');

/** The longest spelling has fewer than 50 characters. */
const MAX_LENGTH = 100;

/** Excel's numbers of days, from 1 January 1980 to the end of 2100; day 25569 is 1 January 1970. */
const EXCEL_DAYS = { from: 29_221, end: 73_416, of1970: 25_569 };

/** Seconds since 1970, from 1973 to 2286. */
const SECONDS = { from: 1e8, end: 1e10 };

/** Milliseconds since 1970, of the same years: a thousand times as many, so that no number is both. */
const MILLISECONDS = { from: 1e11, end: 1e13 };

/** A number that became text on its way; no ISO date has as many digits. */
const NUMBER_AS_TEXT = /^(?:\d{5}|\d{9,10}|\d{12,13})(?:[.,]\d+)?$/;

/** Luxon also reads times without a date, six-digit years and offsets beyond 23:59, but no space before a time. */
const DATE_AND_TIME =
	/^(\d{4}[\dW-]*)(?:[T ](\d[\d:.,]*?) ?(Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?)?$/;

/** A fraction of the hour or the minute, which ISO 8601 allows and luxon does not read. */
const HOURS_OR_MINUTES_WITH_FRACTION = /^(\d\d)(?::?(\d\d))?[.,](\d+)$/;

/**
 * Reads a date and time in every ISO 8601 spelling (down to the year, or to the hour; `T`, `t` or a space), a Date, an
 * object with `toMillis()`, or a number, also as text: the days of an Excel date, or seconds or milliseconds since 1970.
 * Without an offset, a time is read in `timezone` (IANA name); one that the clocks skipped moves forward, of one shown
 * twice the first is used. @param format of dates such as 11/01/2025, which are refused otherwise
 * @returns the instant, or `ok: false` with a sentence; never throws
 */
export function parseInstant(
	input: unknown,
	timezone: string,
	format: DateFormat = 'iso',
): InstantResult {
	const zone = IANAZone.create(timezone);
	if (!zone.isValid) {
		return refuse(
			`cannot be read: the timezone "${timezone}" is unknown. Use a name such as America/New_York.`,
		);
	}
	if (typeof input === 'string') return readText(input, zone, format);
	if (typeof input === 'number') return readNumber(input, zone);
	const epochMs = fromObject(input);
	if (epochMs === undefined) {
		return refuse('is not a date. Write it as in 2022-11-15T21:04:28-06:00.');
	}
	// A Date at midnight UTC is what programs make of a day without a time.
	const isDay = !isDateTime(input) && epochMs % DAY_MS === 0;
	return instant(epochMs, isDay ? 0 : zone.offset(epochMs));
}

/** Local time with an offset without colon, to the second: `2022-11-15T21:04:28-0600`. @throws RangeError */
export function formatIso(epochMs: number, offsetMinutes: number): string {
	const local = new Date(epochMs + offsetMinutes * MINUTE_MS).toISOString();
	const size = Math.abs(offsetMinutes);
	const hours = String(Math.floor(size / 60)).padStart(2, '0');
	const minutes = String(size % 60).padStart(2, '0');
	return `${local.replace(/\.\d{3}Z$/, '')}${offsetMinutes < 0 ? '-' : '+'}${hours}${minutes}`;
}

/** The calendar day of an instant at an offset: `2022-11-15`. @throws RangeError */
export function isoDay(epochMs: number, offsetMinutes: number): string {
	return formatIso(epochMs, offsetMinutes).slice(0, 10);
}

/** UTC, with milliseconds only where there are any: `2022-11-16T03:04:28Z`. @throws RangeError */
export function isoUtc(epochMs: number): string {
	return new Date(epochMs).toISOString().replace('.000Z', 'Z');
}

/** @param problem continues the sentence that begins with the input */
function refuse(problem: string, shown?: string): InstantResult {
	return { ok: false, reason: `${shown ?? 'The date'} ${problem}`, problem, ...compact({ shown }) };
}

function instant(epochMs: number, offsetMinutes: number): InstantResult {
	if (!(epochMs >= EARLIEST_MS && epochMs <= LATEST_MS)) {
		return refuse('is outside the years 0000 to 9999.');
	}
	// Whole minutes: only the local times of long ago had seconds in their offsets. No -0.
	return { ok: true, epochMs, offsetMinutes: Math.round(offsetMinutes) + 0 };
}

function readNumber(value: number, zone: Zone): InstantResult {
	const isIn = ({ from, end }: { from: number; end: number }) => value >= from && value < end;
	if (isIn(EXCEL_DAYS)) {
		// To the second, as Excel shows it: its fractions of a day are not exact.
		const localMs = Math.round((value - EXCEL_DAYS.of1970) * (DAY_MS / 1000)) * 1000;
		const epochMs = fromLocal(localMs, zone);
		return instant(epochMs, zone.offset(epochMs));
	}
	// 20260702: the text of a date that became a number.
	if (/^(?:19|20)\d{6}$/.test(String(value))) return readText(String(value), zone, 'iso');
	if (!isIn(SECONDS) && !isIn(MILLISECONDS)) {
		return refuse(
			'is not a date: it is neither an Excel date from 1980 to 2100 nor seconds or milliseconds since 1970. Write the date as in 2022-11-15T21:04:28-06:00.',
			`The number ${value}`,
		);
	}
	const epochMs = Math.round(isIn(SECONDS) ? value * 1000 : value);
	return instant(epochMs, zone.offset(epochMs));
}

function isDateTime(value: unknown): boolean {
	return typeof value === 'object' && value !== null && 'toMillis' in value;
}

/** Looks for the method, not the class: n8n's sandboxes and other copies of luxon have their own. */
function fromObject(value: unknown): number | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	let millis: unknown;
	try {
		if ('toMillis' in value && typeof value.toMillis === 'function') millis = value.toMillis();
		else if ('getTime' in value && typeof value.getTime === 'function') millis = value.getTime();
	} catch {
		// An object that only looks like a date.
		return undefined;
	}
	return typeof millis === 'number' && Number.isFinite(millis) ? Math.round(millis) : undefined;
}

function readText(input: string, zone: Zone, format: DateFormat): InstantResult {
	if (input.length > MAX_LENGTH) return refuse('is too long for a date.');
	const text = cleanText(input)
		.trim()
		.toUpperCase()
		.replace(/[\u2010-\u2013\u2212]/g, '-');
	if (text === '') return refuse('is empty.');
	if (NUMBER_AS_TEXT.test(text)) return readNumber(Number(text.replace(',', '.')), zone);

	const shown = `"${input.trim()}"`;
	const numeric = readNumericDate(text, format);
	if (numeric !== undefined && 'problem' in numeric) return refuse(`${numeric.problem}.`, shown);
	const [, date, time = '00:00', offset] = DATE_AND_TIME.exec(numeric?.iso ?? text) ?? [];
	const parsed = DateTime.fromISO(`${date}T${plainTime(time)}${offset ?? 'Z'}`, { setZone: true });
	if (date === undefined || !parsed.isValid) {
		return refuse(
			numeric === undefined ? 'is not a valid date in ISO 8601.' : 'is not a day of the calendar.',
			shown,
		);
	}
	if (offset !== undefined) return instant(parsed.toMillis(), parsed.offset);
	const epochMs = fromLocal(parsed.toMillis(), zone);
	return instant(epochMs, zone.offset(epochMs));
}

/** The same time as luxon reads it: nine digits of a fraction, which are exact, and of seconds only. */
function plainTime(time: string): string {
	const short = time.replace(/([.,]\d{9})\d+$/, '$1');
	const [, hour, minute, fraction] = HOURS_OR_MINUTES_WITH_FRACTION.exec(short) ?? [];
	if (fraction === undefined) return short;
	const unitMs = minute === undefined ? HOUR_MS : MINUTE_MS;
	const ms = Math.floor((Number(fraction.padEnd(9, '0')) * unitMs) / 1e9);
	const rest = new Date(ms).toISOString();
	return `${hour}:${minute ?? rest.slice(14, 16)}:${rest.slice(17, 23)}`;
}

/** The instant of a local time. Luxon's own choice depends on today's offset and fails in Samoa (2011). */
function fromLocal(localMs: number, zone: Zone): number {
	const offsetMs = (epochMs: number) => zone.offset(epochMs) * MINUTE_MS;
	const before = offsetMs(localMs - DAY_MS);
	if (offsetMs(localMs - before) === before) return localMs - before;
	const after = offsetMs(localMs + DAY_MS);
	// Neither fits: the clocks skipped it. The old offset moves it forward.
	return localMs - (offsetMs(localMs - after) === after ? after : before);
}
