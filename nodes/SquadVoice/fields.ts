import type { INodeProperties } from 'n8n-workflow';

export const leadIdField: INodeProperties = {
	displayName: 'Lead ID',
	name: 'leadId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 10042',
	description: 'Your own ID of the lead, unique within the campaign',
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

/** Names in a lead's body that SquadVoice defines itself (seeds 000 and 001). */
export const documentedNames: ReadonlySet<string> = new Set([
	'lead_id',
	'phone_number',
	'contact_name',
	'affiliate_id',
	'state_code',
	'ebr_datetime',
]);
