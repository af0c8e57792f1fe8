import type { IDataObject } from 'n8n-workflow';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { compact } from '../../shared/values/compact';
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

export function customFieldIs(fieldId: string, value: string): IDataObject {
	return {
		type: 'field_condition',
		field: { type: 'custom_field', custom_field_id: fieldId },
		condition: { type: 'term', values: [value] },
	};
}

export const statusIs = (statusId: string) =>
	condition('lead', 'status_id', {
		type: 'reference',
		reference_type: 'status.lead',
		object_ids: [statusId],
	});

/** A lead that was created in this span, which excludes its end; in epoch milliseconds. */
export function createdWithin(from: number | undefined, before: number | undefined): IDataObject {
	const moment = (epochMs: number | undefined): IDataObject | undefined =>
		epochMs === undefined
			? undefined
			: { type: 'fixed_utc', value: new Date(epochMs).toISOString() };
	return condition('lead', 'date_created', {
		type: 'moment_range',
		...compact({ on_or_after: moment(from), before: moment(before) }),
	});
}

export const anyOf = (queries: IDataObject[]): IDataObject => ({ type: 'or', queries });

export function leadsWhere(queries: IDataObject[]): IDataObject {
	return { type: 'and', queries: [{ type: 'object_type', object_type: 'lead' }, ...queries] };
}
