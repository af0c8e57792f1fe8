import type { INodeProperties } from 'n8n-workflow';
import { optionalPhoneField } from './common';

/** Any variables of a contact, next to the two of the API page. */
const variablesField: INodeProperties = {
	displayName: 'Variables',
	name: 'variables',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Variable',
	description: "More of the assistant's variables for this contact",
	options: [
		{
			displayName: 'Variable',
			name: 'variable',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. role',
					description: 'The name of the variable in the assistant',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					description: 'An empty value is not sent',
				},
			],
		},
	],
};

export const secondaryContactsField: INodeProperties = {
	displayName: 'Secondary Contacts',
	name: 'secondaryContacts',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Contact',
	description:
		'Up to ten other people to call for this lead; contacts without a phone number are left out. Not available in text campaigns.',
	options: [
		{
			displayName: 'Contact',
			name: 'contact',
			values: [
				optionalPhoneField,
				{
					displayName: 'Customer Name',
					name: 'customerName',
					type: 'string',
					default: '',
					placeholder: 'e.g. Nathan Smith',
					description: 'Sent as the variable customer_name',
				},
				{
					displayName: 'Email',
					name: 'email',
					type: 'string',
					default: '',
					placeholder: 'e.g. nathan@example.com',
					description: 'Sent as the variable email',
				},
				variablesField,
			],
		},
	],
};
