import type { INodeProperties } from 'n8n-workflow';

/** @param whenEmpty what the empty field stands for, where it may be empty */
export function campaignField(
	more: Partial<INodeProperties> = {},
	whenEmpty = 'Select a campaign...',
): INodeProperties {
	return {
		displayName: 'Campaign',
		name: 'campaign',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The campaign that the lead is in',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: whenEmpty,
				typeOptions: { searchListMethod: 'searchCampaigns', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 42' },
		],
		...more,
	};
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

/** By what a lead that exists is found. */
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
		displayName: 'Phone Number',
		name: 'phoneNumber',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. +1 509-555-1234',
		description:
			'The number of the lead, in any spelling. A number without a country code is read in Default Country (see Options).',
		displayOptions: { show: { findBy: ['phone'] } },
	},
];
