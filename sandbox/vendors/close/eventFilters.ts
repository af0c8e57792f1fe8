import { isRecord } from '../../lib/guards';

/** Thrown for an extra_filter that cannot be read; its message is what the caller is told. */
export class BadFilter extends Error {}

type Filter = (value: unknown) => boolean;

function readList(raw: unknown): Filter[] {
	if (!Array.isArray(raw)) throw new BadFilter('filters must be a list.');
	return raw.map((entry: unknown) => readFilter(entry));
}

function contains(value: unknown, wanted: unknown): boolean {
	if (Array.isArray(value)) return value.includes(wanted);
	// ASSUMED: letters count as they are; the docs have a lower-case example only.
	return typeof value === 'string' && typeof wanted === 'string' && value.includes(wanted);
}

/**
 * Reads an extra_filter: conditions on fields of the event (Close docs, webhook filters). ASSUMED: a
 * field that is not there counts as null, and a value to compare with is a scalar.
 */
export function readFilter(raw: unknown): Filter {
	if (!isRecord(raw)) throw new BadFilter('A filter must be an object.');
	const { value, field } = raw;
	switch (raw.type) {
		case 'equals':
			return (own) => own === value;
		case 'not_equals':
			return (own) => own !== value;
		case 'is_null':
			return (own) => own === null || own === undefined;
		case 'non_null':
			return (own) => own !== null && own !== undefined;
		case 'contains':
			return (own) => contains(own, value);
		case 'and': {
			const all = readList(raw.filters);
			return (own) => all.every((filter) => filter(own));
		}
		case 'or': {
			const any = readList(raw.filters);
			return (own) => any.some((filter) => filter(own));
		}
		case 'not': {
			const filter = readFilter(raw.filter);
			return (own) => !filter(own);
		}
		case 'field_accessor': {
			if (typeof field !== 'string') throw new BadFilter('field must be a string.');
			const filter = readFilter(raw.filter);
			return (own) => filter(isRecord(own) ? own[field] : undefined);
		}
		case 'any_array_value': {
			const filter = readFilter(raw.filter);
			return (own) => Array.isArray(own) && own.some((entry: unknown) => filter(entry));
		}
		default:
			throw new BadFilter('There is no filter of this type.');
	}
}
