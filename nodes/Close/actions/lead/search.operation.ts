import type { IDataObject } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { defaultCountryHint, returnAllFields } from '../../../shared/descriptions/commonFields';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { PHONE_OPTIONS, READ_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import type { ItemParameters } from '../../../shared/parameters/ItemParameters';
import { readLimit, readDateTime, readPhoneValue } from '../../../shared/parameters/leadParameters';
import { checkFilters } from '../../../shared/parameters/filters';
import { oneOf } from '../../../shared/parameters/optionReaders';
import { InvalidInputError } from '../../../shared/errors/InvalidInputError';
import { readEmail } from '../../lead/contacts';
import { emailField, statusField } from '../../descriptions/common';
import { leadOutputs } from '../../lead/leadOutput';
import { PAGE_SIZE } from '../../lead/page';
import {
	assertSearchable,
	contactHas,
	contactNamed,
	createdWithin,
	leadHas,
	statusIs,
} from '../../lead/searchQuery';
import { readPastedQuery } from '../../lead/pastedQuery';
import { searchLeads, type LeadSearch } from '../../lead/search';
import { close, phoneRules, readId } from '../../transport/vendor';

export const description = showFor(
	'lead',
	['search'],
	[
		{
			displayName:
				'New leads appear in search after a short delay. To read a lead you just created, use Get.',
			name: 'searchNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Search By',
			name: 'searchBy',
			type: 'options',
			default: 'filters',
			options: [
				{ name: 'Filters', value: 'filters' },
				{ name: 'Query (JSON)', value: 'query', description: "A query in Close's own format" },
			],
		},
		statusField(
			{
				description: 'Leave empty to find leads with any status',
				displayOptions: { show: { searchBy: ['filters'] } },
			},
			'Any status',
		),
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'All filters must match',
			displayOptions: { show: { searchBy: ['filters'] } },
			options: [
				{ displayName: 'Contact Name', name: 'contactName', type: 'string', default: '' },
				{ displayName: 'Created From', name: 'createdFrom', type: 'dateTime', default: '' },
				{
					displayName: 'Created Until',
					name: 'createdUntil',
					type: 'dateTime',
					default: '',
					description: 'Return only leads that were created before this moment',
				},
				{ ...emailField, description: 'The email of a contact' },
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					description: 'Consecutive words of the lead name',
				},
				{
					displayName: 'Phone Number',
					name: 'phoneNumber',
					type: 'string',
					default: '',
					placeholder: 'e.g. +1 509-555-1234',
					description: 'The number of a contact. Any format works, e.g. (509) 555-1234.',
					hint: defaultCountryHint,
				},
			],
		},
		{
			displayName: 'Query',
			name: 'query',
			type: 'json',
			default: '',
			required: true,
			placeholder: 'e.g. { "type": "and", "queries": [] }',
			description:
				'Paste it from Close: in a list of leads, choose More > Copy Filters. Of what Close copies, the node uses query, results_limit and a sort by date of creation; it refuses any other limit or sort. Only leads are searched.',
			displayOptions: { show: { searchBy: ['query'] } },
		},
		...returnAllFields,
		optionsField(
			[...READ_OPTIONS, ...PHONE_OPTIONS, 'dateFormat'],
			[
				{
					displayName: 'Sort',
					name: 'sort',
					type: 'options',
					default: 'desc',
					options: [
						{ name: 'Newest First', value: 'desc' },
						{ name: 'Oldest First', value: 'asc' },
					],
				},
			],
		),
	],
);

export const toolDescription =
	'Reads only: finds leads in the CRM Close by phone number, email, name, status or date, and gives their lead IDs (lead_...). A lead that was made or changed a moment ago may be missing. Harmless to repeat.';

const SORTS = ['asc', 'desc'] as const;

const FILTERS = {
	contactName: 'Contact Name',
	createdFrom: 'Created From',
	createdUntil: 'Created Until',
	email: 'Email',
	name: 'Name',
	phoneNumber: 'Phone Number',
};

/** The conditions of the filters that are filled in. @throws InvalidInputError */
function readFilters(item: ItemParameters): IDataObject[] {
	const statusText = item.filterLocator('status', 'Status');
	const status = statusText && readId(statusText, 'stat', 'Status');
	checkFilters(item, FILTERS, status !== undefined);
	const filter = (name: string, label: string) => item.optionText('filters', name, label);
	const moment = (name: string, label: string) =>
		readDateTime(item, item.option('filters', name), label)?.epochMs;
	const phone = filter('phoneNumber', 'Phone Number');
	const email = filter('email', 'Email');
	const contactName = filter('contactName', 'Contact Name');
	const name = filter('name', 'Name');
	if (contactName !== undefined) assertSearchable(contactName, 'Contact Name');
	if (name !== undefined) assertSearchable(name, 'Name');
	const from = moment('createdFrom', 'Created From');
	const until = moment('createdUntil', 'Created Until');
	return [
		phone && contactHas('phone', readPhoneValue(item, phone, 'Phone Number', phoneRules).phone),
		email && contactHas('email', readEmail(email, 'Email')),
		contactName && contactNamed(contactName),
		name && leadHas('name', name),
		status && statusIs(status),
		from === undefined && until === undefined ? undefined : createdWithin(from, until),
	].filter((condition) => typeof condition === 'object');
}

/** What to search for, in which order, and how many leads to return. @throws InvalidInputError */
function readSearch(item: ItemParameters): Pick<LeadSearch, 'conditions' | 'limit' | 'order'> {
	const limit = readLimit(item);
	const sort = oneOf(item.option('options', 'sort'), SORTS, 'Sort');
	if (item.text('searchBy') !== 'query') {
		return { conditions: readFilters(item), limit, order: sort ?? 'desc' };
	}
	const pasted = readPastedQuery(item.value('query'));
	if (sort !== undefined && pasted.order !== undefined && sort !== pasted.order) {
		throw new InvalidInputError(
			'Query: the option Sort and the sort of the query differ',
			'Remove one of them',
		);
	}
	return {
		conditions: pasted.conditions,
		limit: Math.min(limit, pasted.limit ?? Infinity),
		order: sort ?? pasted.order ?? 'desc',
	};
}

/** `POST /data/search/` (Close docs, Advanced Filtering). */
export const operation = defineOperation(close, {
	safety: 'safe',
	parseItem: (item) => ({
		...readSearch(item),
		simplify: item.simplify,
	}),
	async sendOne(client, { simplify, ...search }) {
		const leads = await searchLeads(client, { ...search, perPage: PAGE_SIZE });
		return { kind: 'found', data: await leadOutputs(client, leads, simplify) };
	},
});
