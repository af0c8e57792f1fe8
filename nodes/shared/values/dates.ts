/**
 * Dates as people, spreadsheets and n8n write them, read into one instant.
 *
 * n8n's own date library is not imported: a community node gets whichever version the host has.
 */

/**
 * An instant: milliseconds since 1970-01-01T00:00Z, and the offset from UTC, in minutes east, that
 * the input named (or that its timezone had then). Or why it was not read, in words for a person.
 */
export type InstantResult =
	| { ok: true; epochMs: number; offsetMinutes: number }
	| { ok: false; reason: string };

interface Refusal {
	ok: false;
	reason: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Years 0000 to 9999: what ISO 8601 writes with four digits. */
const EARLIEST = Date.parse('0000-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** The longest spelling is below 50 characters. */
const MAX_LENGTH = 100;

/** Numbers below this are seconds since 1970 (until the year 5138), above it milliseconds (since 1973). */
const SECONDS_END = 1e11;

const DATE_AND_TIME = /^([\dW-]+?)(?:[T ](\d[\d:.,]*?) ?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;
const CALENDAR_DATE = /^(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?$/;
const ORDINAL_DATE = /^(\d{4})-?(\d{3})$/;
const WEEK_DATE = /^(\d{4})-?W(\d\d)(?:-?([1-7]))?$/;
const TIME = /^(\d\d)(?::?(\d\d)(?::?(\d\d))?)?(?:[.,](\d{1,30}))?$/;

/**
 * Reads a date and time: text in any ISO 8601 spelling (calendar, ordinal and week dates, extended
 * or basic, down to the year alone; times down to the hour, with a fraction of the last part; `T`,
 * `t` or a space between), a Date, an object with `toMillis()` (as n8n's expressions give), or a
 * number: seconds since 1970 if its size is below 1e11, else milliseconds.
 *
 * A time without offset is read in `timezone`. One that the clocks skipped moves forward by the
 * skipped hour; one that they showed twice is the first.
 *
 * @param input the date
 * @param timezone IANA name, for example `America/New_York`, for spellings without offset
 * @returns the instant, or `ok: false` with a sentence; never throws for any input
 */
export function parseInstant(input: unknown, timezone: string): InstantResult {
	const zone = formatterOf(timezone);
	if (!zone) {
		return refuse(
			`The timezone "${timezone}" is not known. Use a name such as America/New_York or UTC.`,
		);
	}
	if (typeof input === 'string') return readText(input, zone);

	const millis = typeof input === 'number' ? fromNumber(input) : fromObject(input);
	if (millis === undefined) {
		return refuse('The date is not a date. Write it as in 2022-11-15T21:04:28-06:00.');
	}
	return instant(millis, undefined, zone);
}

/**
 * Writes an instant as local time with an offset without colon, to the second:
 * `2022-11-15T21:04:28-0600`, and `+0000` for UTC.
 *
 * @param epochMs milliseconds since 1970-01-01T00:00Z; parts of a second are dropped
 * @param offsetMinutes minutes east of UTC
 * @throws RangeError if the instant is no date that JavaScript can hold
 */
export function formatIso(epochMs: number, offsetMinutes: number): string {
	const local = new Date(epochMs + offsetMinutes * MINUTE).toISOString();
	const size = Math.abs(offsetMinutes);
	const hours = String(Math.floor(size / 60)).padStart(2, '0');
	const minutes = String(size % 60).padStart(2, '0');
	return `${local.replace(/\.\d{3}Z$/, '')}${offsetMinutes < 0 ? '-' : '+'}${hours}${minutes}`;
}

/**
 * Writes an instant in UTC: `2022-11-16T03:04:28Z`, with milliseconds only where there are any.
 *
 * @param epochMs milliseconds since 1970-01-01T00:00Z
 * @throws RangeError if the instant is no date that JavaScript can hold
 */
export function isoUtc(epochMs: number): string {
	return new Date(epochMs).toISOString().replace('.000Z', 'Z');
}

function refuse(reason: string): Refusal {
	return { ok: false, reason };
}

function fromNumber(value: number): number | undefined {
	if (!Number.isFinite(value)) return undefined;
	return Math.round(Math.abs(value) < SECONDS_END ? value * 1000 : value);
}

/** Asks for the method, not for the class: objects from n8n's sandboxes have classes of their own. */
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

function readText(input: string, zone: Intl.DateTimeFormat): InstantResult {
	if (input.length > MAX_LENGTH) return refuse('The date is far too long for a date.');
	const text = input
		.trim()
		.toUpperCase()
		.replace(/\u2212/g, '-');
	if (text === '') return refuse('The date is empty.');

	// Seconds or milliseconds since 1970 that became text on the way. No ISO date has as many digits.
	if (/^(?:\d{10}|\d{13})$/.test(text)) {
		return instant(Number(text) * (text.length === 10 ? 1000 : 1), undefined, zone);
	}

	const [, date = '', time, offset] = DATE_AND_TIME.exec(text) ?? [];
	const day = dayOf(date);
	const within = time === undefined ? 0 : timeOf(time);
	const minutes = offset === undefined ? undefined : offsetOf(offset);
	if (day === undefined || within === undefined || minutes === null) {
		return refuse(
			`"${input.trim()}" is not a date of the calendar in ISO 8601. Write it as in 2022-11-15T21:04:28-06:00.`,
		);
	}
	const local = day + within;
	if (minutes !== undefined) return instant(local - minutes * MINUTE, minutes, zone);
	return instant(local - offsetOfLocal(local, zone), undefined, zone);
}

function instant(
	epochMs: number,
	offsetMinutes: number | undefined,
	zone: Intl.DateTimeFormat,
): InstantResult {
	// A day's distance from both ends, so that no offset leads out of four digits.
	if (!(epochMs >= EARLIEST + DAY && epochMs <= LATEST - DAY)) {
		return refuse('The date is outside the years 0000 to 9999.');
	}
	return {
		ok: true,
		epochMs,
		// Whole minutes: only the local times of long ago had seconds in their offsets.
		offsetMinutes: offsetMinutes ?? Math.round(offsetAt(epochMs, zone) / MINUTE) + 0,
	};
}

/** Milliseconds of midnight of a date, as if it were UTC; undefined if there is no such date. */
function dayOf(text: string): number | undefined {
	const calendar = CALENDAR_DATE.exec(text);
	if (calendar) {
		const month = Number(calendar[2] ?? 1);
		const day = Number(calendar[3] ?? 1);
		const millis = midnight(Number(calendar[1]), month, day);
		const date = new Date(millis);
		// The 30th of February would silently be the 2nd of March.
		return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? millis : undefined;
	}

	const ordinal = ORDINAL_DATE.exec(text);
	if (ordinal) {
		const year = Number(ordinal[1]);
		const day = Number(ordinal[2]);
		const millis = midnight(year, 1, day);
		return day >= 1 && new Date(millis).getUTCFullYear() === year ? millis : undefined;
	}

	const week = WEEK_DATE.exec(text);
	if (week) {
		const year = Number(week[1]);
		const number = Number(week[2]);
		const monday = firstMonday(year) + (number - 1) * 7 * DAY;
		if (number < 1 || monday >= firstMonday(year + 1)) return undefined;
		return monday + (Number(week[3] ?? 1) - 1) * DAY;
	}
	return undefined;
}

/** The Monday of week 1: the week with the 4th of January. */
function firstMonday(year: number): number {
	const fourth = midnight(year, 1, 4);
	return fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY;
}

function midnight(year: number, month: number, day: number): number {
	// Not Date.UTC, which takes the years 0 to 99 for 1900 to 1999.
	return new Date(0).setUTCFullYear(year, month - 1, day);
}

/** Milliseconds since midnight; undefined if there is no such time. */
function timeOf(text: string): number | undefined {
	const parts = TIME.exec(text);
	if (!parts) return undefined;
	const [, hourText, minuteText, secondText, fraction] = parts;
	const hour = Number(hourText);
	const minute = Number(minuteText ?? 0);
	const second = Number(secondText ?? 0);
	// The fraction is of the last part that was written. Nine of its digits are exact in whole
	// numbers, and what is finer than a millisecond is cut, not rounded.
	const unit = secondText !== undefined ? 1000 : minuteText !== undefined ? MINUTE : HOUR;
	const billionths = Number((fraction ?? '').padEnd(9, '0').slice(0, 9));
	const part = Math.floor((billionths * unit) / 1e9);
	const total = hour * HOUR + minute * MINUTE + second * 1000 + part;
	// 24:00 is the midnight that ends the day.
	return minute < 60 && second < 60 && total <= DAY && hour <= 24 ? total : undefined;
}

/** Minutes east of UTC; null if there is no such offset. */
function offsetOf(text: string): number | null {
	if (text === 'Z') return 0;
	const hours = Number(text.slice(1, 3));
	const minutes = Number(text.length > 3 ? text.slice(-2) : 0);
	if (hours > 23 || minutes > 59) return null;
	// + 0 makes the -0 of "-00:00" an ordinary zero.
	return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) + 0;
}

/** Building one takes longer than all else here, and a list of leads has one timezone. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timezone: string): Intl.DateTimeFormat | undefined {
	const known = formatters.get(timezone);
	if (known) return known;
	try {
		const formatter = new Intl.DateTimeFormat('en-US', {
			timeZone: timezone,
			calendar: 'gregory',
			numberingSystem: 'latn',
			hourCycle: 'h23',
			era: 'short',
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit',
			minute: '2-digit',
			second: '2-digit',
		});
		// There are some 600 names in all; other spellings of them must not fill the memory.
		if (formatters.size >= 1000) formatters.clear();
		formatters.set(timezone, formatter);
		return formatter;
	} catch {
		return undefined;
	}
}

/** Milliseconds that local time is ahead of UTC at an instant. */
function offsetAt(epochMs: number, zone: Intl.DateTimeFormat): number {
	const parts: Record<string, string> = {};
	for (const { type, value } of zone.formatToParts(epochMs)) parts[type] = value;
	const year = Number(parts.year);
	const day = midnight(
		parts.era?.startsWith('B') ? 1 - year : year,
		Number(parts.month),
		Number(parts.day),
	);
	const local =
		day + Number(parts.hour) * HOUR + Number(parts.minute) * MINUTE + Number(parts.second) * 1000;
	return local - Math.floor(epochMs / 1000) * 1000;
}

/** Milliseconds that a local time, written as if it were UTC, is ahead of UTC. */
function offsetOfLocal(local: number, zone: Intl.DateTimeFormat): number {
	const before = offsetAt(local - DAY, zone);
	if (offsetAt(local - before, zone) === before) return before;
	const after = offsetAt(local + DAY, zone);
	// Neither fits: the clocks skipped it. Counting with the old offset moves it forward.
	return offsetAt(local - after, zone) === after ? after : before;
}
