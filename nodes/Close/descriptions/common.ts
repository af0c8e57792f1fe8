import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

export const leadIdField: INodeProperties = {
	displayName: 'Lead ID',
	name: 'leadId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. lead_QyNaWw4fdSwxl5Mc5daMFf3Y',
	description: 'The ID of the lead, or the address of its page in Close',
};

/** @param whenEmpty what the empty field stands for, where it may be empty */
export function statusField(
	more: Partial<INodeProperties> = {},
	whenEmpty = 'Select a status...',
): INodeProperties {
	return {
		displayName: 'Status',
		name: 'status',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description: 'The status of the lead',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: whenEmpty,
				typeOptions: { searchListMethod: 'searchStatuses', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. stat_1ZdiZqcSIkoGVn' },
		],
		...more,
	};
}

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Bluth Company',
	description: 'The name of the lead, usually a company; empty takes the name of the contact',
};

/** Texts of the lead itself. */
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

/** A list inside a contact: values with a type each. */
function typedList(
	value: INodeProperties,
	list: { displayName: string; name: string; placeholder: string },
	types: INodePropertyOptions[],
	defaultType: string,
): INodeProperties {
	return {
		...list,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		options: [
			{
				displayName: value.displayName,
				name: value.name,
				values: [
					value,
					{
						displayName: 'Type',
						name: 'type',
						type: 'options',
						default: defaultType,
						options: types,
					},
				],
			},
		],
	};
}

const emails = typedList(
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. nathan@example.com',
	},
	{ displayName: 'Emails', name: 'emails', placeholder: 'Add Email' },
	[
		{ name: 'Direct', value: 'direct' },
		{ name: 'Home', value: 'home' },
		{ name: 'Office', value: 'office' },
		{ name: 'Other', value: 'other' },
	],
	'office',
);

const phones = typedList(
	{
		displayName: 'Phone Number',
		name: 'phone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +1 509-555-1234',
		description:
			'In any spelling; a number without a country code is read in Default Country (see Options)',
	},
	{ displayName: 'Phone Numbers', name: 'phones', placeholder: 'Add Phone Number' },
	[
		{ name: 'Direct', value: 'direct' },
		{ name: 'Fax', value: 'fax' },
		{ name: 'Home', value: 'home' },
		{ name: 'Mobile', value: 'mobile' },
		{ name: 'Office', value: 'office' },
		{ name: 'Other', value: 'other' },
	],
	'office',
);

const urls: INodeProperties = {
	displayName: 'URLs',
	name: 'urls',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add URL',
	options: [
		{
			displayName: 'URL',
			name: 'url',
			values: [
				{
					displayName: 'URL',
					name: 'url',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://www.example.com/nathan',
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'string',
					default: 'url',
					description: 'What kind of address it is, in your own words',
				},
			],
		},
	],
};

export const contactsField: INodeProperties = {
	displayName: 'Contacts',
	name: 'contacts',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Contact',
	description: 'The people of the lead, and how to reach them',
	options: [
		{
			displayName: 'Contact',
			name: 'contact',
			values: [
				{
					displayName: 'Contact Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Nathan Smith',
				},
				emails,
				phones,
				{
					displayName: 'Title',
					name: 'title',
					type: 'string',
					default: '',
					placeholder: 'e.g. Head of Sales',
				},
				urls,
			],
		},
	],
};

const addressPart = (displayName: string, name: string, placeholder: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
});

export const addressesField: INodeProperties = {
	displayName: 'Addresses',
	name: 'addresses',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Address',
	description: 'The addresses of the lead',
	options: [
		{
			displayName: 'Address',
			name: 'address',
			values: [
				addressPart('Address Line 1', 'address1', 'e.g. 123 Main St'),
				addressPart('Address Line 2', 'address2', 'e.g. Suite 500'),
				addressPart('City', 'city', 'e.g. Los Angeles'),
				addressPart('Country', 'country', 'e.g. US'),
				addressPart('Label', 'label', 'e.g. business'),
				addressPart('State', 'state', 'e.g. CA'),
				addressPart('ZIP Code', 'zipCode', 'e.g. 90210'),
			],
		},
	],
};

export const customFieldsMapper: INodeProperties = {
	displayName: 'Custom Fields',
	name: 'customFields',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	description: 'Fields of your own; one with several values takes a list, such as ["A", "B"]',
	typeOptions: {
		resourceMapper: {
			resourceMapperMethod: 'leadCustomFields',
			mode: 'add',
			// n8n shows these words in place of the display name.
			valuesLabel: 'Custom Fields',
			fieldWords: { singular: 'custom field', plural: 'custom fields' },
			addAllFields: false,
			supportAutoMap: true,
		},
	},
};

export const ifAlreadyThereOption: INodeProperties = {
	displayName: 'If Already There',
	name: 'ifAlreadyThere',
	type: 'options',
	default: 'duplicate',
	description:
		'What to do with a lead that Close has already. Close itself takes every lead as a new one, so the node searches first: by the phone numbers and emails of the contacts, or by name where there are none.',
	options: [
		{ name: 'Create Anyway', value: 'create' },
		{ name: 'Fail', value: 'error' },
		{ name: 'Return as Duplicate', value: 'duplicate' },
	],
};
