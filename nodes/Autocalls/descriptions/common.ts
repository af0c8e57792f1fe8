import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { defaultCountryHint } from '../../shared/descriptions/commonFields';
import { locatorField } from '../../shared/descriptions/locatorField';

/** The statuses of a lead (Autocalls API page, Get leads). */
export const leadStatusOptions: INodePropertyOptions[] = [
	{ name: 'Blacklisted', value: 'blacklisted' },
	{ name: 'Completed', value: 'completed' },
	{ name: 'Created', value: 'created' },
	{ name: 'Processing', value: 'processing' },
	{ name: 'Reached Max Retries', value: 'reached-max-retries' },
	{ name: 'Rescheduled', value: 'rescheduled' },
	{ name: 'Scheduled', value: 'scheduled' },
];

/** @param placeholder what the empty field means, where it may be empty */
export function campaignField(
	overrides: Partial<INodeProperties> = {},
	placeholder = 'Select a campaign...',
): INodeProperties {
	return locatorField({
		displayName: 'Campaign',
		name: 'campaign',
		required: true,
		description: 'The campaign that the lead is in',
		listMethod: 'searchCampaigns',
		listPlaceholder: placeholder,
		idPlaceholder: 'e.g. 42',
		...overrides,
	});
}

const leadIdField: INodeProperties = {
	displayName: 'Lead ID',
	name: 'leadId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 1234',
	description: 'The ID that Autocalls gave the lead',
};

/** Phone Number where it may be empty. */
export const optionalPhoneField: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	default: '',
	placeholder: 'e.g. +1 509-555-1234',
	description: 'Any format works, e.g. (509) 555-1234',
	hint: defaultCountryHint,
};

const findByField: INodeProperties = {
	displayName: 'Find Lead By',
	name: 'findBy',
	type: 'options',
	default: 'phone',
	description: 'How to find the lead',
	options: [
		{ name: 'Lead ID', value: 'id' },
		{ name: 'Phone Number', value: 'phone' },
	],
};

export const findByFields: INodeProperties[] = [
	findByField,
	{ ...leadIdField, displayOptions: { show: { findBy: ['id'] } } },
	{
		...optionalPhoneField,
		required: true,
		description: 'The number of the lead. Any format works, e.g. (509) 555-1234.',
		displayOptions: { show: { findBy: ['phone'] } },
	},
];

/** Finds one lead: by number in one campaign, and only if no other lead there has it. */
export const findOneByFields: INodeProperties[] = [
	...findByFields.map((field) => (field === findByField ? { ...field, default: 'id' } : field)),
	campaignField({
		description:
			'The campaign that the lead is in. If several of its leads have the number, the item fails and nothing is changed.',
		displayOptions: { show: { findBy: ['phone'] } },
	}),
];
