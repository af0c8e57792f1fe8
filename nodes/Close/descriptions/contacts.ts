import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { defaultCountryHint } from '../../shared/descriptions/commonFields';
import { emailField } from './common';

/** A list inside a contact: values with a type each. */
function typedList(
	value: INodeProperties,
	list: { displayName: string; name: string; placeholder: string },
	types: INodePropertyOptions[],
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
						default: 'office',
						options: types,
					},
				],
			},
		],
	};
}

const emails = typedList(
	emailField,
	{ displayName: 'Emails', name: 'emails', placeholder: 'Add Email' },
	[
		{ name: 'Direct', value: 'direct' },
		{ name: 'Home', value: 'home' },
		{ name: 'Office', value: 'office' },
		{ name: 'Other', value: 'other' },
	],
);

const phones = typedList(
	{
		displayName: 'Phone Number',
		name: 'phone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +1 509-555-1234',
		description: 'Any format works, e.g. (509) 555-1234',
		hint: defaultCountryHint,
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
					description: 'Label for this URL',
				},
			],
		},
	],
};

/** One contact in plain fields, and more. @param note ends each description */
export function contactFields(note = ''): INodeProperties[] {
	const fields: INodeProperties[] = [
		{
			displayName: 'Contact Name',
			name: 'contactName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Nathan Smith',
			description: 'The name of the first contact of the lead',
		},
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. +1 509-555-1234',
			description: 'The number of the first contact, in any format, e.g. (509) 555-1234',
			hint: defaultCountryHint,
		},
		{ ...emailField, description: 'The email of the first contact' },
		moreContactsField,
	];
	return fields.map((field) => ({
		...field,
		description: note === '' ? field.description : `${field.description}. ${note}`,
	}));
}

const moreContactsField: INodeProperties = {
	displayName: 'More Contacts',
	name: 'contacts',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Contact',
	description:
		'Other people of the lead, or more numbers and emails of the first contact: a contact with the same number or email, and no other name, is the same one',
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
