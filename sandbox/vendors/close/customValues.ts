import { isIsoDate } from '../../lib/guards';
import type { CustomField } from './accounts';
import type { FieldProblems } from './problems';
import type { CloseLead, CloseStore, CustomValue } from './store';

/** A change of one custom field; null removes its value. */
export interface CustomChange {
	id: string;
	action: 'set' | 'add' | 'remove';
	value: CustomValue | null;
}

type Single = string | number;

/** Where a value is written. */
interface Target {
	store: CloseStore;
	/** The lead of an update; a new lead has no contacts yet. */
	lead: CloseLead | undefined;
}

/**
 * Reads one value, or returns its problem. A user is an ID or an exact name, and becomes the ID; a
 * contact is one of the lead's (Close docs, custom fields). ASSUMED (a value that does not fit the type of its
 * custom field): a value of another type is rejected, not converted (a number for text, "5" for a
 * number). Confirmed by a create with each.
 */
function readSingle(
	{ store, lead }: Target,
	field: CustomField,
	value: unknown,
): { value: Single } | { problem: string } {
	const invalid = (problem: string) => ({ problem });
	if (field.type === 'number') {
		return typeof value === 'number' ? { value } : invalid('Value must be of int or float type.');
	}
	if (field.type === 'hidden' && typeof value === 'number') return { value };
	if (typeof value !== 'string') return invalid('Value must be of str type.');
	switch (field.type) {
		case 'choices':
			return field.choices?.includes(value) ? { value } : invalid('Not a valid choice.');
		case 'user': {
			const user = store.users.find(
				({ id, firstName, lastName }) => id === value || `${firstName} ${lastName}` === value,
			);
			return user ? { value: user.id } : invalid('Object does not exist.');
		}
		case 'contact':
			return lead?.contacts.some(({ id }) => id === value) === true
				? { value }
				: invalid('Object does not exist.');
		case 'date':
			return isIsoDate(value) && value.length === 10
				? { value }
				: invalid('Invalid ISO 8601 date.');
		case 'datetime':
			// ASSUMED (a value that does not fit the type of its custom field): a date without a time is
			// not a datetime. Confirmed by a create with one.
			return isIsoDate(value) && value.length > 10
				? { value }
				: invalid('Invalid ISO 8601 datetime.');
		default:
			return { value };
	}
}

/**
 * Reads the value of a field. ASSUMED (a value that does not fit the type of its custom field):
 * multiple values are always a list, a single value never is. Confirmed by a create with the
 * opposite.
 */
function readWhole(
	target: Target,
	field: CustomField,
	value: unknown,
): { value: CustomValue | null } | { problem: string } {
	if (value === null) return { value: null };
	if (!field.multiple) {
		// ASSUMED (blank texts): blank text removes the value, as in Close's validation library.
		// Confirmed by an update.
		if (field.type === 'text' && typeof value === 'string' && value.trim() === '') {
			return { value: null };
		}
		return readSingle(target, field, value);
	}
	if (!Array.isArray(value)) return { problem: 'Value must be of list type.' };
	const values: Single[] = [];
	for (const entry of value) {
		const read = readSingle(target, field, entry);
		if ('problem' in read) return read;
		values.push(read.value);
	}
	return { value: values.length === 0 ? null : values.map(String) };
}

/**
 * Reads the `custom.cf_...` and `custom.lcf_...` keys of a request (Close API page, Create a new lead). ASSUMED (unknown
 * custom fields, and `custom` without an ID): an unknown ID, the deprecated `custom` object and
 * `custom.NAME` are problems of their key; `.add` and `.remove` take one value and work only in an
 * update of a field with multiple values. Confirmed by one request of each.
 */
export function readCustom(
	store: CloseStore,
	raw: Record<string, unknown>,
	lead: CloseLead | undefined,
	problems: FieldProblems,
): CustomChange[] {
	const target = { store, lead };
	const changes: CustomChange[] = [];
	for (const [key, value] of Object.entries(raw)) {
		if (key !== 'custom' && !key.startsWith('custom.')) continue;
		const [, id, suffix] = /^custom\.(l?cf_\w+?)(?:\.(add|remove))?$/.exec(key) ?? [];
		const field = store.customFields.find((known) => known.id === id);
		if (!field) {
			problems[key] = 'Unknown custom field.';
		} else if (suffix === 'add' || suffix === 'remove') {
			const read = readSingle(target, field, value);
			if (!lead || !field.multiple) problems[key] = 'Only for updates of multiple values.';
			else if ('problem' in read) problems[key] = read.problem;
			else changes.push({ id: field.id, action: suffix, value: String(read.value) });
		} else {
			const read = readWhole(target, field, value);
			if ('problem' in read) problems[key] = read.problem;
			else changes.push({ id: field.id, action: 'set', value: read.value });
		}
	}
	return changes;
}

/** Applies the changes: first all sets, then adds and removes in the order of the request. */
export function applyCustom(custom: Record<string, CustomValue>, changes: CustomChange[]): void {
	for (const { id, action, value } of changes) {
		if (action !== 'set') continue;
		if (value === null) delete custom[id];
		else custom[id] = value;
	}
	for (const { id, action, value } of changes) {
		if (action === 'set') continue;
		const remaining = [custom[id] ?? []].flat().filter((known) => known !== value);
		const next = action === 'add' ? [...remaining, value] : remaining;
		if (next.length === 0) delete custom[id];
		else custom[id] = next.map(String);
	}
}
