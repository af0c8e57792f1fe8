import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { countries } from '../values/phone/countries';

const countryOptions: INodePropertyOptions[] = countries.map(({ code, name, callingCode }) => ({
	name: `${name} (+${callingCode})`,
	value: code,
}));

/** The options that operations share, by their stored name. */
export const options = {
	dateFormat: {
		displayName: 'Date Format',
		name: 'dateFormat',
		type: 'options',
		options: [
			{
				name: 'ISO 8601 Only',
				value: 'iso',
				description: 'For example 2025-11-01; a date such as 11/01/2025 is refused',
			},
			{
				name: 'Month/Day/Year',
				value: 'monthDayYear',
				description: '11/01/2025 is November 1',
			},
			{ name: 'Day/Month/Year', value: 'dayMonthYear', description: '11/01/2025 is January 11' },
		],
		default: 'iso',
		description: 'How dates are written that consist of numbers, such as 11/01/2025',
	},
	defaultCountry: {
		displayName: 'Default Country',
		name: 'defaultCountry',
		type: 'options',
		options: countryOptions,
		default: 'US',
		description: 'The country of phone numbers that are written without a country code',
	},
	giveUpAfter: {
		displayName: 'Max Retry Time',
		name: 'giveUpAfter',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 86_400 },
		default: 300,
		description:
			'How long to keep trying, in seconds, while the vendor is down or limits requests. If it gives no usable reply for that long, the rest of the items is not sent.',
	},
	ifAlreadyThere: {
		displayName: 'If Lead Exists',
		name: 'ifAlreadyThere',
		type: 'options',
		options: [
			{ name: 'Report as Duplicate', value: 'duplicate' },
			{ name: 'Report as Error', value: 'error' },
		],
		default: 'duplicate',
		description: 'What to do when the vendor already has the lead',
	},
	includeInputFields: {
		displayName: 'Include Input Fields',
		name: 'includeInputFields',
		type: 'boolean',
		default: true,
		description:
			"Whether output items also have the columns of their input. Where a column has the name of one of the node's own output fields, the node's field wins; a column named error is left out. Failed items always have their columns.",
	},
	leadsPerRequest: {
		displayName: 'Batch Size',
		name: 'leadsPerRequest',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
		default: 100,
		description: 'How many leads to send in one request',
	},
	phoneCheck: {
		displayName: 'Phone Validation',
		name: 'phoneCheck',
		type: 'options',
		options: [
			{ name: 'Off', value: 'off', description: 'Send the number exactly as it is' },
			{
				name: 'International Format Only',
				value: 'e164Shape',
				description: 'A + and 7 to 15 digits',
			},
			{
				name: 'Possible',
				value: 'possible',
				description: 'The country exists and the number of digits fits',
			},
			{
				name: 'Valid',
				value: 'valid',
				description: 'Also checks that the area code or range exists',
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
				description: 'Without country code, for example 5095551234',
			},
		],
		default: 'e164',
		description: 'How phone numbers are written in requests',
	},
	previewOnly: {
		displayName: 'Preview Only',
		name: 'previewOnly',
		type: 'boolean',
		// On as soon as it is added: a forgotten switch sends nothing.
		default: true,
		description: 'Whether to only show what would be sent. Nothing is sent.',
	},
	rememberSentLeads: {
		displayName: 'Remember Sent Leads',
		name: 'rememberSentLeads',
		type: 'options',
		options: [
			{
				name: 'Off',
				value: 'off',
				description: 'Another run sends them again, unless the vendor recognizes them',
			},
			{
				name: 'Per Node',
				value: 'node',
				description: 'Leads that this node sent in an earlier run are not sent again',
			},
			{
				name: 'Per Workflow',
				value: 'workflow',
				description:
					'Leads that any node of this workflow with the same credential sent are not sent again',
			},
		],
		default: 'node',
		description:
			'Whether to skip leads that an earlier run already sent, for example when you run the same file again. They are reported as duplicates.',
	},
	requestsAtOnce: {
		displayName: 'Max Concurrent Requests',
		name: 'requestsAtOnce',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 0 },
		default: 10,
		description: 'How many requests to send at the same time',
	},
	requestsPerMinute: {
		displayName: 'Requests per Minute',
		name: 'requestsPerMinute',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100_000, numberPrecision: 0 },
		default: 0,
		description:
			"Maximum requests per minute for this credential. 0 = only the vendor's own limit.",
	},
	simplify: {
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	timeout: {
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 0.1, maxValue: 3600 },
		default: 30,
		description: "How long to wait for the vendor's complete reply, in seconds",
	},
} satisfies Record<string, INodeProperties>;
