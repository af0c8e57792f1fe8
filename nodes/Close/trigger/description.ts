import type { INodeProperties } from 'n8n-workflow';
import { optionsField } from '../../shared/descriptions/commonFields';

/** The events by their names in Close's docs (list of event types). */
export const triggerOnField: INodeProperties = {
	displayName: 'Trigger On',
	name: 'triggerOn',
	type: 'multiOptions',
	noDataExpression: true,
	required: true,
	default: ['lead.created'],
	description: 'The news that start the workflow',
	options: [
		{ name: 'Lead Created', value: 'lead.created' },
		{ name: 'Lead Deleted', value: 'lead.deleted' },
		{ name: 'Lead Merged', value: 'lead.merged' },
		{ name: 'Lead Updated', value: 'lead.updated' },
	],
};

export const triggerFields: INodeProperties[] = [
	triggerOnField,
	{
		displayName: 'Changed Field Names or IDs',
		name: 'changedFields',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'changeableFields' },
		default: [],
		description:
			'Start on an update only when one of these fields changed; empty means any field. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		displayOptions: { show: { triggerOn: ['lead.updated'] } },
	},
	optionsField(
		['simplify'],
		[
			{
				displayName: 'Catch Up After Downtime',
				name: 'catchUp',
				type: 'boolean',
				default: true,
				description:
					'Whether to read what was missed from the event log of Close when n8n starts again, and once an hour. The log goes back 30 days.',
			},
		],
	),
];

/**
 * What counts as a change of a field in the list: Close names what changed by its own keys, and a
 * change of a contact by the list of contacts.
 */
export const fieldKeys: ReadonlyMap<string, readonly string[]> = new Map([
	['addresses', ['addresses']],
	['contacts', ['contact_ids', 'contacts', 'primary_email', 'primary_phone']],
	['description', ['description']],
	['name', ['name', 'display_name']],
	['status', ['status_id', 'status_label']],
	['url', ['url']],
]);
