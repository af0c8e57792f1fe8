import { isRecord } from '../../lib/guards';

/** Thrown for an invalid extra_filter; the message goes to the client. */
export class InvalidFilter extends Error {}

type Filter = (value: unknown) => boolean;

function readList(raw: unknown): Filter[] {
	if (!Array.isArray(raw)) throw new InvalidFilter('filters must be a list.');
	return raw.map((entry: unknown) => readFilter(entry));
}

function contains(value: unknown, wanted: unknown): boolean {
	if (Array.isArray(value)) return value.includes(wanted);
	// ASSUMED (how `extra_filter` compares): case-sensitive; the docs have only a lower-case example.
	// Confirmed by a filter in another case.
	return typeof value === 'string' && typeof wanted === 'string' && value.includes(wanted);
}

/**
 * Reads an extra_filter: conditions on fields of the event (Close docs, webhook filters). ASSUMED
 * (how `extra_filter` compares): a missing field counts as null, and values to compare with are
 * scalars. Confirmed by a filter on a field that an event does not have.
 */
export function readFilter(raw: unknown): Filter {
	if (!isRecord(raw)) throw new InvalidFilter('A filter must be an object.');
	const { value, field } = raw;
	switch (raw.type) {
		case 'equals':
			return (actual) => actual === value;
		case 'not_equals':
			return (actual) => actual !== value;
		case 'is_null':
			return (actual) => actual === null || actual === undefined;
		case 'non_null':
			return (actual) => actual !== null && actual !== undefined;
		case 'contains':
			return (actual) => contains(actual, value);
		case 'and': {
			const all = readList(raw.filters);
			return (actual) => all.every((filter) => filter(actual));
		}
		case 'or': {
			const any = readList(raw.filters);
			return (actual) => any.some((filter) => filter(actual));
		}
		case 'not': {
			const filter = readFilter(raw.filter);
			return (actual) => !filter(actual);
		}
		case 'field_accessor': {
			if (typeof field !== 'string') throw new InvalidFilter('field must be a string.');
			const filter = readFilter(raw.filter);
			return (actual) => filter(isRecord(actual) ? actual[field] : undefined);
		}
		case 'any_array_value': {
			const filter = readFilter(raw.filter);
			return (actual) => Array.isArray(actual) && actual.some((entry: unknown) => filter(entry));
		}
		default:
			throw new InvalidFilter('There is no filter of this type.');
	}
}
