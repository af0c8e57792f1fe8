import type { IDataObject } from 'n8n-workflow';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { compact } from '../../shared/values/compact';
import { isoDay } from '../../shared/values/dates';
import { quote } from '../../shared/values/quote';

// Queries as JSON (Close API page, Advanced Filtering).

function condition(objectType: string, fieldName: string, test: IDataObject): IDataObject {
	return {
		type: 'field_condition',
		field: { type: 'regular_field', object_type: objectType, field_name: fieldName },
		condition: test,
	};
}

/** Consecutive words; the node filters what matches beyond that. */
const phrase = (value: string): IDataObject => ({ type: 'text', mode: 'phrase', value });

/** False for a text that Close refuses to search for: it has no word in it. */
export const isSearchable = (text: string) => /[\p{L}\p{N}]/u.test(text);

/** @throws InvalidInputError for a value that Close cannot search for */
export function assertSearchable(value: string, label: string): void {
	if (isSearchable(value)) return;
	throw InvalidInputError.ofField(
		label,
		{
			shown: quote(value),
			problem: 'has no letters or digits, so Close cannot search for it',
		},
		'Correct it, or give a phone number or an email to search by',
	);
}

/** Beginnings of words, as queries that Close's own app exports have it. */
const beginning = (value: string): IDataObject => ({
	type: 'text',
	mode: 'beginning_of_words',
	value,
});

/** A lead whose name, or the name of one of its contacts, matches by beginnings of words. */
export const isNamedLike = (value: string) =>
	anyOf([
		condition('lead', 'name', beginning(value)),
		hasRelated('lead', 'contact', condition('contact', 'name', beginning(value))),
	]);

export const leadHas = (field: 'name' | 'url', value: string) =>
	condition('lead', field, phrase(value));

const hasRelated = (from: string, to: string, query: IDataObject): IDataObject => ({
	type: 'has_related',
	this_object_type: from,
	related_object_type: to,
	related_query: query,
});

export function contactHas(field: 'email' | 'phone', value: string): IDataObject {
	const related = `contact_${field}`;
	const query = condition(related, field, phrase(value));
	return hasRelated('lead', 'contact', hasRelated('contact', related, query));
}

export const contactNamed = (value: string) =>
	hasRelated('lead', 'contact', condition('contact', 'name', phrase(value)));

export function customFieldMatches(fieldId: string, test: IDataObject): IDataObject {
	return {
		type: 'field_condition',
		field: { type: 'custom_field', custom_field_id: fieldId },
		condition: test,
	};
}

// Conditions by type of the field, as in queries that Close's own app exports.

/** The whole text, whatever its case. */
export const exactly = (value: string): IDataObject => ({
	type: 'text',
	mode: 'exact_value',
	value,
});

export const termIs = (value: string): IDataObject => ({ type: 'term', values: [value] });

export const numberIs = (value: string): IDataObject => ({
	type: 'number_range',
	gte: Number(value),
	lte: Number(value),
});

export const userIs = (id: string): IDataObject => ({
	type: 'reference',
	reference_type: 'user_or_group',
	object_ids: [id],
});

const DAY_MS = 86_400_000;

/** The day and its neighbors: which time zone Close counts days in is not documented. @param value `YYYY-MM-DD` */
export function dayIs(value: string): IDataObject {
	const day = (offsetMs: number, which: 'start' | 'end') => ({
		type: 'fixed_local_date',
		value: isoDay(Date.parse(value) + offsetMs, 0),
		which,
	});
	return { type: 'moment_range', on_or_after: day(-DAY_MS, 'start'), before: day(DAY_MS, 'end') };
}

/** @param value in ISO 8601 */
export function momentIs(value: string): IDataObject {
	const epochMs = Date.parse(value);
	return momentsBetween(epochMs, epochMs + 1_000);
}

export const statusIs = (statusId: string) =>
	condition('lead', 'status_id', {
		type: 'reference',
		reference_type: 'status.lead',
		object_ids: [statusId],
	});

/** A span that excludes its end, in epoch milliseconds. */
function momentsBetween(from: number | undefined, before: number | undefined): IDataObject {
	const moment = (epochMs: number | undefined): IDataObject | undefined =>
		epochMs === undefined
			? undefined
			: { type: 'fixed_utc', value: new Date(epochMs).toISOString() };
	return {
		type: 'moment_range',
		...compact({ on_or_after: moment(from), before: moment(before) }),
	};
}

/** A lead that was created in this span, which excludes its end; in epoch milliseconds. */
export const createdWithin = (from: number | undefined, before: number | undefined) =>
	condition('lead', 'date_created', momentsBetween(from, before));

export const anyOf = (queries: IDataObject[]): IDataObject => ({ type: 'or', queries });

export function leadsWhere(queries: IDataObject[]): IDataObject {
	return { type: 'and', queries: [{ type: 'object_type', object_type: 'lead' }, ...queries] };
}
