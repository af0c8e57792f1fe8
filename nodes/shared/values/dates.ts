import { DateTime, IANAZone, type Zone } from 'luxon';

/** An instant in epoch milliseconds, with the offset that the input named or its timezone had (minutes east). */
export type InstantResult =
	| { ok: true; epochMs: number; offsetMinutes: number }
	| { ok: false; reason: string };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Years 0000 to 9999, less a day at both ends, so that every offset leaves four digits. */
const EARLIEST_MS = Date.parse('0000-01-02T00:00:00Z');
const LATEST_MS = Date.parse('9999-12-30T23:59:59.999Z');

/** The longest spelling has fewer than 50 characters. */
const MAX_LENGTH = 100;

/** Numbers below this are seconds since 1970 (until the year 5138), above it milliseconds (since 1973). */
const SECONDS_END = 1e11;

/** Luxon also reads times without a date, six-digit years and offsets beyond 23:59, but no space before a time. */
const DATE_AND_TIME =
	/^(\d{4}[\dW-]*)(?:[T ](\d[\d:.,]*?) ?(Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?)?$/;

/** A fraction of the hour or the minute, which ISO 8601 allows and luxon does not read. */
const HOURS_OR_MINUTES_WITH_FRACTION = /^(\d\d)(?::?(\d\d))?[.,](\d+)$/;

/**
 * Reads a date and time in every ISO 8601 spelling (down to the year, or to the hour; `T`, `t` or a space), a Date, an
 * object with `toMillis()`, or a number: seconds since 1970 below 1e11, else milliseconds. Without an offset, a time is
 * read in `timezone` (IANA name); one that the clocks skipped moves forward, of one shown twice the first is used.
 * @returns the instant, or `ok: false` with a sentence; never throws
 */
export function parseInstant(input: unknown, timezone: string): InstantResult {
	const zone = IANAZone.create(timezone);
	if (!zone.isValid) {
		return refuse(`The timezone "${timezone}" is unknown. Use a name such as America/New_York.`);
	}
	if (typeof input === 'string') return readText(input, zone);
	const epochMs = typeof input === 'number' ? fromNumber(input) : fromObject(input);
	return epochMs === undefined
		? refuse('This is not a date. Write it as in 2022-11-15T21:04:28-06:00.')
		: instant(epochMs, zone.offset(epochMs));
}

/** Local time with an offset without colon, to the second: `2022-11-15T21:04:28-0600`. @throws RangeError */
export function formatIso(epochMs: number, offsetMinutes: number): string {
	const local = new Date(epochMs + offsetMinutes * MINUTE_MS).toISOString();
	const size = Math.abs(offsetMinutes);
	const hours = String(Math.floor(size / 60)).padStart(2, '0');
	const minutes = String(size % 60).padStart(2, '0');
	return `${local.replace(/\.\d{3}Z$/, '')}${offsetMinutes < 0 ? '-' : '+'}${hours}${minutes}`;
}

/** UTC, with milliseconds only where there are any: `2022-11-16T03:04:28Z`. @throws RangeError */
export function isoUtc(epochMs: number): string {
	return new Date(epochMs).toISOString().replace('.000Z', 'Z');
}

function refuse(reason: string): InstantResult {
	return { ok: false, reason };
}

function instant(epochMs: number, offsetMinutes: number): InstantResult {
	if (!(epochMs >= EARLIEST_MS && epochMs <= LATEST_MS)) {
		return refuse('The date is outside the years 0000 to 9999.');
	}
	// Whole minutes: only the local times of long ago had seconds in their offsets. No -0.
	return { ok: true, epochMs, offsetMinutes: Math.round(offsetMinutes) + 0 };
}

function fromNumber(value: number): number | undefined {
	if (!Number.isFinite(value)) return undefined;
	return Math.round(Math.abs(value) < SECONDS_END ? value * 1000 : value);
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

function readText(input: string, zone: Zone): InstantResult {
	if (input.length > MAX_LENGTH) return refuse('The text is too long to be a date.');
	const text = input
		.trim()
		.toUpperCase()
		.replace(/\u2212/g, '-');
	if (text === '') return refuse('The date is empty.');

	// Seconds or milliseconds since 1970 that became text on the way. No ISO date has as many digits.
	if (/^(?:\d{10}|\d{13})$/.test(text)) {
		const epochMs = Number(text) * (text.length === 10 ? 1000 : 1);
		return instant(epochMs, zone.offset(epochMs));
	}

	const [, date, time = '00:00', offset] = DATE_AND_TIME.exec(text) ?? [];
	const parsed = DateTime.fromISO(`${date}T${plainTime(time)}${offset ?? 'Z'}`, { setZone: true });
	if (date === undefined || !parsed.isValid) {
		return refuse(
			`"${input.trim()}" is not a valid date in ISO 8601. Write it as in 2022-11-15T21:04:28-06:00.`,
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
