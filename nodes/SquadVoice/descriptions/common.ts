import type { INodeProperties } from 'n8n-workflow';

/** By ID, or by any API URL of the campaign: SquadVoice's API cannot list campaigns. */
export const campaignField: INodeProperties = {
	displayName: 'Campaign',
	name: 'campaign',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'id', value: '' },
	description: 'The campaign that the lead is in',
	modes: [
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 0PT711' },
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://app.squadrun.co/api/v1/leads/create/0PT711/',
			extractValue: { type: 'regex', regex: '/leads/[a-z]+/([A-Za-z0-9_-]+)' },
		},
	],
};

export const leadIdField: INodeProperties = {
	displayName: 'Lead ID',
	name: 'leadId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 10042',
	description: 'Your own ID for the lead; must be unique in the campaign',
};

/** For operations that API v1 does not have. */
export const v4Notice: INodeProperties = {
	displayName: 'Needs API v4: choose it in the credential if SquadVoice gave you access to it',
	name: 'v4Notice',
	type: 'notice',
	default: '',
};

export const contactNameField: INodeProperties = {
	displayName: 'Contact Name',
	name: 'contactName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Nathan Smith',
	description: 'The name of the person to call',
};
