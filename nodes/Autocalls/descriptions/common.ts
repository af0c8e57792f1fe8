import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
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

export const leadIdField: INodeProperties = {
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
};

export const findByFields: INodeProperties[] = [
	{
		displayName: 'Find Lead By',
		name: 'findBy',
		type: 'options',
		default: 'phone',
		description: 'How to find the lead',
		options: [
			{ name: 'Lead ID', value: 'id' },
			{ name: 'Phone Number', value: 'phone' },
		],
	},
	{ ...leadIdField, displayOptions: { show: { findBy: ['id'] } } },
	{
		...optionalPhoneField,
		required: true,
		description:
			'The number of the lead. Any format works, e.g. (509) 555-1234. Numbers without a country code need Default Country under Options.',
		displayOptions: { show: { findBy: ['phone'] } },
	},
];
