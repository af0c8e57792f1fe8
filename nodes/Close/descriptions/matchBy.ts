import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { asObjects, getOwn, asText } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import type { LeadBody } from '../lead/leadBody';
import type { MatchKey } from '../lead/matching';
import { readId } from '../transport/vendor';

/** The keys by which Create or Update finds a lead, in order. */
export const matchField: INodeProperties = {
	displayName: 'Match By',
	name: 'matchBy',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	default: { key: [{ by: 'email' }, { by: 'phone' }] },
	placeholder: 'Add Key',
	description:
		'How to find an existing lead. Keys are tried from top to bottom; empty ones are skipped. If several input items match each other, only the first is written.',
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
					displayName: 'Field Name or ID',
					name: 'fieldId',
					type: 'options',
					typeOptions: { loadOptionsMethod: 'customFieldOptions' },
					default: '',
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

/** The keys that have a value in this item, in their order. @throws InvalidInputError when there is none */
export function readMatches(item: ItemParameters, lead: LeadBody): MatchKey[] {
	const rows = asObjects(getOwn(item.value('matchBy'), 'key'));
	const matches = rows.flatMap((row) => readMatch(row, lead) ?? []);
	if (matches.length > 0) return matches;
	throw new InvalidInputError(
		'None of the keys in Match By has a value',
		'Fill in a field that one of the keys uses, add a key, or use Create',
	);
}

function readMatch(row: JsonObject, { body, contacts, name }: LeadBody): MatchKey | undefined {
	const value = asText(row.value);
	switch (row.by) {
		case 'leadId':
			if (value === undefined) return undefined;
			return { by: 'leadId', value: readId(value, 'lead', 'Match By: Lead ID') };
		case 'customField': {
			if (value === undefined) return undefined;
			const fieldId = readId(asText(row.fieldId) ?? '', 'cf', 'Match By: Custom Field');
			return { by: 'customField', fieldId, value };
		}
		case 'phone':
			return contacts.phones.length > 0 ? { by: 'phone', values: contacts.phones } : undefined;
		case 'url': {
			const url = asText(body.url);
			return url === undefined ? undefined : { by: 'url', value: url };
		}
		case 'name':
			return name === undefined ? undefined : { by: 'name', value: name };
		default:
			return contacts.emails.length > 0 ? { by: 'email', values: contacts.emails } : undefined;
	}
}
