import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import { locatorField } from '../../shared/descriptions/locatorField';

export const authenticationField: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	default: 'apiKey',
	options: [
		{ name: 'API Key', value: 'apiKey' },
		{ name: 'OAuth2', value: 'oAuth2' },
	],
};

export const closeCredentials: INodeCredentialDescription[] = [
	{
		name: 'leadDispatchCloseApi',
		required: true,
		displayOptions: { show: { authentication: ['apiKey'] } },
	},
	{
		name: 'leadDispatchCloseOAuth2Api',
		required: true,
		displayOptions: { show: { authentication: ['oAuth2'] } },
	},
];

/** A lead that Close has; by ID at first, as items have it. */
export const leadIdField: INodeProperties = locatorField({
	displayName: 'Lead ID',
	name: 'leadId',
	required: true,
	default: { mode: 'id', value: '' },
	description: 'The lead: by name from the list, by its ID, or by the address of its page in Close',
	listMethod: 'searchLeadsByName',
	listPlaceholder: 'Select a lead...',
	idPlaceholder: 'e.g. lead_QyNaWw4fdSwxl5Mc5daMFf3Y',
	urlPlaceholder: 'e.g. https://app.close.com/lead/lead_QyNaWw4fdSwxl5Mc5daMFf3Y',
});

/** @param placeholder what the empty field means, where it may be empty */
export function statusField(
	overrides: Partial<INodeProperties> = {},
	placeholder = 'Select a status...',
): INodeProperties {
	return locatorField({
		displayName: 'Status',
		name: 'status',
		description: 'The status of the lead',
		listMethod: 'searchStatuses',
		listPlaceholder: placeholder,
		idPlaceholder: 'e.g. stat_1ZdiZqcSIkoGVn',
		...overrides,
	});
}

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Bluth Company',
	description:
		'The name of the lead, usually a company. Leave empty to use the name of the contact.',
};

export const detailOptions: INodeProperties[] = [
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
	},
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://www.example.com',
		description: 'The website of the lead',
	},
];

export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: detailOptions,
};

export const customFieldsMapper: INodeProperties = {
	displayName: 'Custom Fields',
	name: 'customFields',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	description:
		'Custom fields of your organization. For several values enter a list, such as ["A", "B"].',
	typeOptions: {
		resourceMapper: {
			resourceMapperMethod: 'leadCustomFields',
			mode: 'add',
			// n8n shows this in place of the display name.
			valuesLabel: 'Custom Fields',
			fieldWords: { singular: 'custom field', plural: 'custom fields' },
			addAllFields: false,
			supportAutoMap: true,
		},
	},
};

/** @param loadOptionsMethod which custom fields the list has */
export const customFieldIdField = (loadOptionsMethod: string): INodeProperties => ({
	displayName: 'Field Name or ID',
	name: 'fieldId',
	type: 'options',
	typeOptions: { loadOptionsMethod },
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
});

export const emailField: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	default: '',
	placeholder: 'e.g. nathan@example.com',
};

export const ifAlreadyThereOption: INodeProperties = {
	displayName: 'If Lead Exists',
	name: 'ifAlreadyThere',
	type: 'options',
	default: 'duplicate',
	description:
		'What to do when Close already has the lead. Close itself accepts every lead as a new one, so the node searches first: by the phone numbers and emails of the contacts, or by name if there are none. Same Person decides which of the leads found are the same.',
	options: [
		{ name: 'Create Anyway', value: 'create' },
		{ name: 'Report as Duplicate', value: 'duplicate' },
		{ name: 'Report as Error', value: 'error' },
	],
};

export const samePersonOption: INodeProperties = {
	displayName: 'Same Person',
	name: 'samePerson',
	type: 'options',
	default: 'nameAgrees',
	description:
		'When two leads that share a phone number or an email are the same lead. People of one company may share its number.',
	options: [
		{
			name: 'Name or Other Value Agrees',
			value: 'nameAgrees',
			description:
				'They also share the name of the contact, or both the phone number and the email',
		},
		{
			name: 'Any Shared Phone or Email',
			value: 'sharedValue',
			description: 'One phone number or email in common is enough, whatever the names',
		},
	],
};
