import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { optionsField, returnAllFields } from '../../../shared/descriptions/commonFields';
import type { ItemParameters } from '../../../shared/parameters/ItemParameters';
import { isObject, getOwn, parseBody, asText } from '../../../shared/values/json';
import { readLimit, readDateTime, readPhoneValue } from '../../../shared/parameters/leadParameters';
import { InvalidInputError } from '../../../shared/errors/InvalidInputError';
import { showFor } from '../../../shared/transport/vendor';
import { readEmail } from '../../lead/contacts';
import { statusField } from '../../descriptions/common';
import { readStatus } from '../../lead/leadBody';
import { PAGE_SIZE, outputMapper } from '../../lead/lead';
import { contactHas, contactNamed, createdWithin, leadHas, statusIs } from '../../lead/searchQuery';
import { searchLeads } from '../../lead/search';
import { close, phoneRules } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'lead',
	['search'],
	[
		{
			displayName:
				'Close shows a new or changed lead in its search only after a moment. To get a lead that was just created, use Get with its ID.',
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
				{ name: 'Query (JSON)', value: 'query', description: "A query in Close's own notation" },
			],
		},
		statusField(
			{
				description: 'Empty finds leads of any status',
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
			description: 'All of them have to hold',
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
				{
					displayName: 'Email',
					name: 'email',
					type: 'string',
					default: '',
					placeholder: 'e.g. nathan@example.com',
					description: 'The email of a contact',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					description: 'Words in the name of the lead, side by side',
				},
				{
					displayName: 'Phone Number',
					name: 'phoneNumber',
					type: 'string',
					default: '',
					placeholder: 'e.g. +1 509-555-1234',
					description: 'The number of a contact, in any spelling',
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
				'Paste it from Close: in a list of leads, choose More > Copy Filters. Only leads are searched.',
			displayOptions: { show: { searchBy: ['query'] } },
		},
		...returnAllFields,
		optionsField(
			[
				'defaultCountry',
				'giveUpAfter',
				'phoneCheck',
				'requestsAtOnce',
				'requestsPerMinute',
				'simplify',
				'timeout',
			],
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

/** The conditions of the filters that are filled in. @throws InvalidInputError */
function readFilters(item: ItemParameters): IDataObject[] {
	const filter = (name: string) => asText(item.option('filters', name));
	const moment = (name: string, label: string) =>
		readDateTime(item, item.option('filters', name), label)?.epochMs;
	const phone = filter('phoneNumber');
	const email = filter('email');
	const contactName = filter('contactName');
	const name = filter('name');
	const status = readStatus(item);
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

/** The user's own query: text or an object, with or without `query` around it. @throws InvalidInputError */
function readQuery(item: ItemParameters): IDataObject[] {
	const value = item.value('query');
	const parsed = typeof value === 'string' ? parseBody(value).body : value;
	const query = getOwn(parsed, 'query') ?? parsed;
	if (isObject(query) && asText(query.type) !== undefined) {
		return [JSON.parse(JSON.stringify(query))];
	}
	throw new InvalidInputError(
		'Query is not a query of Close',
		'It is a JSON object with a type, such as { "type": "and", "queries": [] }',
	);
}

/** `POST /data/search/` (Close docs, Advanced Filtering). */
export const execute = defineOperation(close, {
	safety: 'safe',

	parseItem: (item) => ({
		conditions: item.text('searchBy') === 'query' ? readQuery(item) : readFilters(item),
		limit: readLimit(item),
		order: item.option('options', 'sort') === 'asc' ? ('asc' as const) : ('desc' as const),
		simplify: item.option('options', 'simplify') !== false,
	}),

	maxBatchSize: () => 1,

	async sendBatch(vendor, [wanted]) {
		if (wanted === undefined) return [];
		const { simplify, ...search } = wanted;
		const leads = await searchLeads(vendor, { ...search, perPage: PAGE_SIZE });
		return [{ kind: 'found', data: leads.map(outputMapper(simplify)) }];
	},
});
