import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { countries } from '../values/phone';

/** Fields that mean the same carry the same name in every node. */

export const phoneNumberField: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +1 509-555-1234',
	description:
		'The number to call, in any spelling. A number without a country code is read in Default Country (see Options).',
};

export function stateField(description: string): INodeProperties {
	return {
		displayName: 'State',
		name: 'state',
		type: 'string',
		default: '',
		placeholder: 'e.g. CA',
		description,
	};
}

/** Return All and Limit, for Get Many. */
export const returnAllFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

/** Fields of the user's own: none, name by name, or all other input columns. */
export function customFields(
	displayName: string,
	description: string,
	valueDescription: string,
): INodeProperties[] {
	return [
		{
			displayName,
			name: 'customFieldsMode',
			type: 'options',
			default: 'none',
			description,
			options: [
				{ name: 'Define Each Below', value: 'define' },
				{
					name: 'Map Automatically From Input',
					value: 'auto',
					description:
						'Every input column that no other field of this node uses, under its own name',
				},
				{ name: 'None', value: 'none' },
			],
		},
		{
			displayName: 'Columns to Leave Out',
			name: 'excludedColumns',
			type: 'string',
			default: '',
			placeholder: 'e.g. row_number, notes',
			description: 'Input columns that are not to be sent, separated by commas',
			displayOptions: { show: { customFieldsMode: ['auto'] } },
		},
		{
			displayName: `${displayName} to Send`,
			name: 'customFields',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Field',
			displayOptions: { show: { customFieldsMode: ['define'] } },
			options: [
				{
					displayName: 'Field',
					name: 'field',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. favorite_color',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							description: valueDescription,
						},
					],
				},
			],
		},
	];
}

const countryOptions: INodePropertyOptions[] = countries.map(({ code, name, callingCode }) => ({
	name: `${name} (+${callingCode})`,
	value: code,
}));

/** The options that operations share, by name. */
const options = {
	defaultCountry: {
		displayName: 'Default Country',
		name: 'defaultCountry',
		type: 'options',
		options: countryOptions,
		default: 'US',
		description: 'The country of phone numbers that are written without a country code',
	},
	giveUpAfter: {
		displayName: 'Give Up After',
		name: 'giveUpAfter',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 300,
		description:
			'How long one request may wait in all, in seconds, for the rate limit and for outages of the vendor',
	},
	ifAlreadyThere: {
		displayName: 'If Already There',
		name: 'ifAlreadyThere',
		type: 'options',
		options: [
			{ name: 'Return as Duplicate', value: 'duplicate' },
			{ name: 'Fail', value: 'error' },
		],
		default: 'duplicate',
		description: 'What to do with a lead that the vendor has already',
	},
	leadsPerRequest: {
		displayName: 'Leads per Request',
		name: 'leadsPerRequest',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 100,
		description: 'The most leads to put into one list',
	},
	phoneCheck: {
		displayName: 'Phone Check',
		name: 'phoneCheck',
		type: 'options',
		options: [
			{ name: 'Off', value: 'off', description: 'Send the text as it is' },
			{ name: 'E.164 Shape', value: 'e164Shape', description: 'A plus sign and 7 to 15 digits' },
			{
				name: 'Possible',
				value: 'possible',
				description: 'A country that exists and as many digits as its numbers have',
			},
			{
				name: 'Valid',
				value: 'valid',
				description: 'Also in a range that the country has given out',
			},
		],
		default: 'possible',
		description: 'How strictly phone numbers are checked before anything is sent',
	},
	phoneFormat: {
		displayName: 'Phone Format',
		name: 'phoneFormat',
		type: 'options',
		options: [
			{ name: 'E.164', value: 'e164', description: 'For example +15095551234' },
			{
				name: 'E.164 Without Plus',
				value: 'e164WithoutPlus',
				description: 'For example 15095551234',
			},
			{
				name: 'National',
				value: 'national',
				description: 'As dialled in the default country, for example 5095551234',
			},
		],
		default: 'e164',
		description: 'How phone numbers are written in requests',
	},
	previewOnly: {
		displayName: 'Preview Only',
		name: 'previewOnly',
		type: 'boolean',
		// On as soon as it is added: who forgets the switch has sent nothing.
		default: true,
		description: 'Whether to output the requests that would be sent, and send none',
	},
	rememberSentLeads: {
		displayName: 'Remember Sent Leads',
		name: 'rememberSentLeads',
		type: 'options',
		options: [
			{ name: 'Off', value: 'off' },
			{
				name: 'Per Node',
				value: 'node',
				description: 'Leads that this node sent in an earlier execution are not sent again',
			},
			{
				name: 'Per Workflow',
				value: 'workflow',
				description: 'The same for all nodes of the workflow with the same credential',
			},
		],
		default: 'off',
		description:
			'Whether to leave out leads that an earlier execution sent, such as when the same file is run again. They come out as duplicates.',
	},
	requestsAtOnce: {
		displayName: 'Requests at Once',
		name: 'requestsAtOnce',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: 10,
		description: 'The most requests that are open at the same time',
	},
	requestsPerMinute: {
		displayName: 'Requests per Minute',
		name: 'requestsPerMinute',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 100,
		description:
			"The most requests to send in any minute, with this credential, from this n8n process. 0 for no limit but the vendor's own.",
	},
	simplify: {
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	timeout: {
		displayName: 'Time-Out',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 30,
		description: 'How long one request may take, in seconds, until its reply is complete',
	},
} satisfies Record<string, INodeProperties>;

export type OptionName = keyof typeof options;

/** The Options collection of an operation: the named options and more of its own, in alphabetical order. */
export function optionsField(
	names: readonly OptionName[],
	more: readonly INodeProperties[] = [],
): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...names.map((name): INodeProperties => options[name]), ...more].sort((a, b) =>
			a.displayName.localeCompare(b.displayName),
		),
	};
}
