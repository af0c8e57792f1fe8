import { isIsoDate } from '../../lib/guards';
import type { CustomField } from './accounts';
import type { FieldProblems } from './problems';
import type { CustomValue } from './model';
import type { CloseState } from './state';

/** What a request does to one custom field; a value of null unsets it. */
export interface CustomChange {
	id: string;
	action: 'set' | 'add' | 'remove';
	value: CustomValue | null;
}

type Single = string | number;

/**
 * Reads one value, or says what is wrong with it. ASSUMED: a value of another type is refused, not
 * converted (a number for text, "5" for a number); sending one would tell.
 */
function readSingle(
	state: CloseState,
	field: CustomField,
	value: unknown,
): { value: Single } | { problem: string } {
	const bad = (problem: string) => ({ problem });
	if (field.type === 'number') {
		return typeof value === 'number' ? { value } : bad('Value must be of int or float type.');
	}
	if (typeof value !== 'string') return bad('Value must be of str type.');
	switch (field.type) {
		case 'choices':
			return field.choices?.includes(value) ? { value } : bad('Not a valid choice.');
		case 'user':
			return state.users.some(({ id }) => id === value) ? { value } : bad('Object does not exist.');
		case 'date':
			return isIsoDate(value) && value.length === 10 ? { value } : bad('Invalid ISO 8601 date.');
		case 'datetime':
			// ASSUMED: a date without a time is no datetime.
			return isIsoDate(value) && value.length > 10 ? { value } : bad('Invalid ISO 8601 datetime.');
		default:
			return { value };
	}
}

/** Reads a whole value. ASSUMED: several values come as a list, one value never does. */
function readWhole(
	state: CloseState,
	field: CustomField,
	value: unknown,
): { value: CustomValue | null } | { problem: string } {
	if (value === null) return { value: null };
	if (!field.multiple) {
		// ASSUMED: blank text unsets, as it does in Close's validation library.
		if (field.type === 'text' && typeof value === 'string' && value.trim() === '') {
			return { value: null };
		}
		return readSingle(state, field, value);
	}
	if (!Array.isArray(value)) return { problem: 'Value must be of list type.' };
	const values: Single[] = [];
	for (const entry of value) {
		const read = readSingle(state, field, entry);
		if ('problem' in read) return read;
		values.push(read.value);
	}
	return { value: values.length === 0 ? null : values.map(String) };
}

/**
 * Reads the `custom.cf_...` keys of a request (seed 004). ASSUMED: an ID that is not there, and the
 * deprecated `custom` dict and `custom.NAME`, are problems of that key; `.add` and `.remove` are for
 * an update of a field with several values, one value at a time.
 */
export function readCustom(
	state: CloseState,
	raw: Record<string, unknown>,
	isUpdate: boolean,
	problems: FieldProblems,
): CustomChange[] {
	const changes: CustomChange[] = [];
	for (const [key, value] of Object.entries(raw)) {
		if (key !== 'custom' && !key.startsWith('custom.')) continue;
		const [, id, suffix] = /^custom\.(cf_\w+?)(?:\.(add|remove))?$/.exec(key) ?? [];
		const field = state.customFields.find((known) => known.id === id);
		if (!field) {
			problems[key] = 'Unknown custom field.';
		} else if (suffix === 'add' || suffix === 'remove') {
			const read = readSingle(state, field, value);
			if (!isUpdate || !field.multiple) problems[key] = 'Only for updates of multiple values.';
			else if ('problem' in read) problems[key] = read.problem;
			else changes.push({ id: field.id, action: suffix, value: String(read.value) });
		} else {
			const read = readWhole(state, field, value);
			if ('problem' in read) problems[key] = read.problem;
			else changes.push({ id: field.id, action: 'set', value: read.value });
		}
	}
	return changes;
}

/** Applies the changes: sets first, then adds and removes in the order they were sent. */
export function applyCustom(custom: Record<string, CustomValue>, changes: CustomChange[]): void {
	for (const { id, action, value } of changes) {
		if (action !== 'set') continue;
		if (value === null) delete custom[id];
		else custom[id] = value;
	}
	for (const { id, action, value } of changes) {
		if (action === 'set') continue;
		const kept = [custom[id] ?? []].flat().filter((known) => known !== value);
		const next = action === 'add' ? [...kept, value] : kept;
		if (next.length === 0) delete custom[id];
		else custom[id] = next.map(String);
	}
}
