import { isIsoDate, isRecord } from '../../lib/guards';
import type { Kind } from './entities';

/** Thrown for an invalid query; the message goes to the client. */
export class InvalidQuery extends Error {}

export type Matcher = (value: unknown) => boolean;

const DAY_MS = 86_400_000;

const splitWords = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function asText(value: unknown, what: string): string {
	if (typeof value === 'string') return value;
	throw new InvalidQuery(`${what} must be a string.`);
}

function asTexts(value: unknown, what: string): string[] {
	if (!Array.isArray(value)) throw new InvalidQuery(`${what} must be a list.`);
	return value.map((entry) => asText(entry, what));
}

/** A field with multiple values matches when one of them does. */
const anyValue =
	(matches: (value: unknown) => boolean): Matcher =>
	(value) =>
		Array.isArray(value) ? value.some(matches) : matches(value);

/**
 * Compares texts, ignoring case. full_words and phrase are documented; exact_value and
 * beginning_of_words are what Close's own app sends. ASSUMED (how search compares texts and phone
 * numbers): words are runs of letters and digits, so a phrase may match more than intended, and
 * phones are compared in E.164. Confirmed by searches for a phrase with punctuation and for a
 * phone.
 */
export function textMatcher(mode: unknown, wanted: unknown): Matcher {
	const value = asText(wanted, 'value');
	const words = splitWords(value);
	// ASSUMED (a search for a text without words, such as `???`): a 400 for a value without words,
	// which would match everything. Confirmed by such a search.
	if (words.length === 0) throw new InvalidQuery('value has no words.');
	const test = (text: string): boolean => {
		const own = splitWords(text);
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
				throw new InvalidQuery(
					'mode must be full_words, phrase, exact_value or beginning_of_words.',
				);
		}
	};
	test('');
	return anyValue((text) => typeof text === 'string' && test(text));
}

/**
 * ASSUMED (times without an offset in a request): a time without an offset is in UTC. Confirmed by
 * a search with one.
 */
function toUtc(iso: string): number {
	const hasZone = iso.length > 10 && /(?:Z|[+-]\d{2}:?\d{2})$/.test(iso);
	return Date.parse(hasZone ? iso : iso.length > 10 ? `${iso}Z` : iso);
}

/** A bound of moment_range in milliseconds; undefined when it is absent or null. */
function readBound(raw: unknown, offsetMs: number, now: number): number | undefined {
	if (raw === undefined || raw === null) return undefined;
	if (!isRecord(raw)) throw new InvalidQuery('A moment must be an object.');
	if (raw.type === 'now') return now;
	const value = asText(raw.value, 'A moment');
	if (!isIsoDate(value)) throw new InvalidQuery('A moment must be an ISO 8601 date.');
	if (raw.type === 'fixed_utc') return toUtc(value);
	if (raw.type !== 'fixed_local_date') {
		throw new InvalidQuery('A moment is fixed_local_date, fixed_utc or now.');
	}
	if (value.length !== 10) throw new InvalidQuery('A fixed_local_date has no time.');
	// ASSUMED (`fixed_local_date` without `which`): required, as in every known query. Confirmed by a
	// search without it.
	if (raw.which !== 'start' && raw.which !== 'end') {
		throw new InvalidQuery('which must be start or end.');
	}
	return toUtc(value) - offsetMs + (raw.which === 'end' ? DAY_MS : 0);
}

function momentMatcher(raw: Record<string, unknown>, offsetMs: number, now: number): Matcher {
	const from = readBound(raw.on_or_after, offsetMs, now) ?? -Infinity;
	const until = readBound(raw.before, offsetMs, now) ?? Infinity;
	if (from === -Infinity && until === Infinity)
		throw new InvalidQuery('A moment_range needs a bound.');
	return anyValue((value) => {
		// A date without a time is a local day; its start counts.
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
		throw new InvalidQuery(`${key} must be a number.`);
	});
	const [gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity] = bounds;
	if (bounds.every((bound) => bound === undefined))
		throw new InvalidQuery('number_range needs a bound.');
	return anyValue(
		(value) =>
			typeof value === 'number' && value > gt && value >= gte && value < lt && value <= lte,
	);
}

const FITTING_KINDS: Record<string, (kind: Kind) => boolean> = {
	exists: () => true,
	text: (kind) => kind === 'text',
	term: (kind) => kind === 'choice',
	number_range: (kind) => kind === 'number',
	moment_range: (kind) => kind === 'moment',
	reference: (kind) => typeof kind === 'object',
};

/** Reads a condition for a field of this kind; `offsetMs` is the client's offset from UTC. */
export function readCondition(raw: unknown, kind: Kind, offsetMs: number, now: number): Matcher {
	if (!isRecord(raw)) throw new InvalidQuery('condition must be an object.');
	const type = asText(raw.type, 'The type of a condition');
	// ASSUMED (a condition that does not fit the type of the field): a condition of the wrong type
	// for the field is a 400. Confirmed by such a search.
	if (FITTING_KINDS[type]?.(kind) !== true)
		throw new InvalidQuery(`No condition ${type} for this field.`);
	if (type === 'exists') return (value) => value !== undefined && value !== null && value !== '';
	if (type === 'text') return textMatcher(raw.mode, raw.value);
	if (type === 'number_range') return numberMatcher(raw);
	if (type === 'moment_range') return momentMatcher(raw, offsetMs, now);
	if (type === 'reference') {
		const expected = typeof kind === 'object' ? kind.reference : '';
		// Exported queries name users by user_or_group.
		const isUser = expected === 'user' && raw.reference_type === 'user_or_group';
		if (raw.reference_type !== expected && !isUser) {
			throw new InvalidQuery(`reference_type must be ${expected}.`);
		}
	}
	const key = type === 'reference' ? 'object_ids' : 'values';
	const wanted = asTexts(raw[key], key);
	return anyValue((value) => typeof value === 'string' && wanted.includes(value));
}
