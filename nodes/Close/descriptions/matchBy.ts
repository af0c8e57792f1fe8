import type { INodeProperties } from 'n8n-workflow';
import { customFieldIdField } from './common';

/** The keys by which Create or Update finds a lead, in order. */
export const matchField: INodeProperties = {
	displayName: 'Match By',
	name: 'matchBy',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	default: { key: [{ by: 'email' }, { by: 'phone' }] },
	placeholder: 'Add Key',
	description:
		'How to find an existing lead. Keys are tried from top to bottom; empty ones are skipped. For Contact Email and Contact Phone Number, the option Same Person decides which of the leads found are the same. If several input items match each other, only the first is written.',
	options: [
		{
			displayName: 'Key',
			name: 'key',
			values: [
				{
					displayName: 'Key',
					name: 'by',
					type: 'options',
					default: 'email',
					options: [
						{ name: 'Contact Email', value: 'email' },
						{ name: 'Contact Phone Number', value: 'phone' },
						{ name: 'Custom Field', value: 'customField' },
						{ name: 'Lead ID', value: 'leadId' },
						{ name: 'Name', value: 'name' },
						{ name: 'URL', value: 'url' },
					],
				},
				{
					...customFieldIdField('matchableFieldOptions'),
					description:
						'The custom field that identifies a lead. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					displayOptions: { show: { by: ['customField'] } },
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. customer-1234',
					description: 'The value of the lead in this field',
					displayOptions: { show: { by: ['customField', 'leadId'] } },
				},
			],
		},
	],
};
