import { isIsoDate, isRecord } from '../../lib/guards';
import type { Kind } from './entities';

/** Thrown for a query that search cannot take; its message is what the caller is told. */
export class BadQuery extends Error {}

export type Matcher = (value: unknown) => boolean;

const dayMs = 86_400_000;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function asText(value: unknown, what: string): string {
	if (typeof value === 'string') return value;
	throw new BadQuery(`${what} must be a string.`);
}

function asTexts(value: unknown, what: string): string[] {
	if (!Array.isArray(value)) throw new BadQuery(`${what} must be a list.`);
	return value.map((entry) => asText(entry, what));
}

/** A field with several values matches when one of them does. */
const any =
	(matches: (value: unknown) => boolean): Matcher =>
	(value) =>
		Array.isArray(value) ? value.some(matches) : matches(value);

/**
 * How a text is compared, never minding case. full_words and phrase are documented; exact_value and
 * beginning_of_words are what Close's own app sends. ASSUMED: words are runs of letters and digits,
 * so that a phrase may match more than was meant, and a phone is compared as it is kept, in E.164.
 */
export function textMatcher(mode: unknown, wanted: unknown): Matcher {
	const value = asText(wanted, 'value');
	const words = wordsOf(value);
	// ASSUMED: a 400 for a value without a word in it, which would match everything.
	if (words.length === 0) throw new BadQuery('value has no words.');
	const test = (text: string): boolean => {
		const own = wordsOf(text);
		switch (mode) {
			case 'exact_value':
				return text.trim().toLowerCase() === value.trim().toLowerCase();
			case 'full_words':
				return words.every((word) => own.includes(word));
			case 'beginning_of_words':
				return words.every((word) => own.some((start) => start.startsWith(word)));
			case 'phrase':
				return own.some((_, at) => words.every((word, index) => own[at + index] === word));
			default:
				throw new BadQuery('mode must be full_words, phrase, exact_value or beginning_of_words.');
		}
	};
	test('');
	return any((text) => typeof text === 'string' && test(text));
}

/** ASSUMED: a time without an offset is in UTC. */
function toUtc(iso: string): number {
	const hasZone = iso.length > 10 && /(?:Z|[+-]\d{2}:?\d{2})$/.test(iso);
	return Date.parse(hasZone ? iso : iso.length > 10 ? `${iso}Z` : iso);
}

/** A bound of moment_range in milliseconds; undefined when it is left out or null. */
function readMoment(raw: unknown, offsetMs: number, now: number): number | undefined {
	if (raw === undefined || raw === null) return undefined;
	if (!isRecord(raw)) throw new BadQuery('A moment must be an object.');
	if (raw.type === 'now') return now;
	const value = asText(raw.value, 'A moment');
	if (!isIsoDate(value)) throw new BadQuery('A moment must be an ISO 8601 date.');
	if (raw.type === 'fixed_utc') return toUtc(value);
	if (raw.type !== 'fixed_local_date') {
		throw new BadQuery('A moment is fixed_local_date, fixed_utc or now.');
	}
	if (value.length !== 10) throw new BadQuery('A fixed_local_date has no time.');
	// ASSUMED: it has to be there, as in every query that was found.
	if (raw.which !== 'start' && raw.which !== 'end') {
		throw new BadQuery('which must be start or end.');
	}
	return toUtc(value) - offsetMs + (raw.which === 'end' ? dayMs : 0);
}

function momentMatcher(raw: Record<string, unknown>, offsetMs: number, now: number): Matcher {
	const from = readMoment(raw.on_or_after, offsetMs, now) ?? -Infinity;
	const until = readMoment(raw.before, offsetMs, now) ?? Infinity;
	if (from === -Infinity && until === Infinity) throw new BadQuery('A moment_range needs a bound.');
	return any((value) => {
		// A date without a time is a local day; it counts from its beginning.
		const at = typeof value === 'string' ? toUtc(value) : value;
		if (typeof at !== 'number') return false;
		const local = typeof value === 'string' && value.length === 10 ? at - offsetMs : at;
		return local >= from && local < until;
	});
}

function numberMatcher(raw: Record<string, unknown>): Matcher {
	const bounds = (['gt', 'gte', 'lt', 'lte'] as const).map((key) => {
		const bound = raw[key] ?? undefined;
		if (bound === undefined || typeof bound === 'number') return bound;
		throw new BadQuery(`${key} must be a number.`);
	});
	const [gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity] = bounds;
	if (bounds.every((bound) => bound === undefined))
		throw new BadQuery('number_range needs a bound.');
	return any(
		(value) =>
			typeof value === 'number' && value > gt && value >= gte && value < lt && value <= lte,
	);
}

const fitting: Record<string, (kind: Kind) => boolean> = {
	exists: () => true,
	text: (kind) => kind === 'text',
	term: (kind) => kind === 'text' || kind === 'choice',
	number_range: (kind) => kind === 'number',
	moment_range: (kind) => kind === 'moment',
	reference: (kind) => typeof kind === 'object',
};

/** Reads a condition for a field of this kind; `offsetMs` is the caller's own from UTC. */
export function readCondition(raw: unknown, kind: Kind, offsetMs: number, now: number): Matcher {
	if (!isRecord(raw)) throw new BadQuery('condition must be an object.');
	const type = asText(raw.type, 'The type of a condition');
	// ASSUMED: a condition that does not fit the field is a 400.
	if (fitting[type]?.(kind) !== true) throw new BadQuery(`No condition ${type} for this field.`);
	if (type === 'exists') return (value) => value !== undefined && value !== null && value !== '';
	if (type === 'text') return textMatcher(raw.mode, raw.value);
	if (type === 'number_range') return numberMatcher(raw);
	if (type === 'moment_range') return momentMatcher(raw, offsetMs, now);
	if (type === 'reference') {
		const expected = typeof kind === 'object' ? kind.reference : '';
		if (raw.reference_type !== expected) {
			throw new BadQuery(`reference_type must be ${expected}.`);
		}
	}
	const key = type === 'reference' ? 'object_ids' : 'values';
	const wanted = asTexts(raw[key], key);
	return any((value) => typeof value === 'string' && wanted.includes(value));
}
