import type { INodeProperties } from 'n8n-workflow';
import { optionsField } from '../../shared/descriptions/options';

/** The events, by their names in the list of event types (Close API page, Event Log). */
const triggerOnField: INodeProperties = {
	displayName: 'Trigger On',
	name: 'triggerOn',
	type: 'multiOptions',
	noDataExpression: true,
	required: true,
	default: ['lead.created'],
	description: 'The events that start the workflow',
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
			'Start on an update only if one of these fields changed. Leave empty for any field. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
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
					'Whether to read missed events from the event log of Close when n8n starts, and once an hour. The log goes back 30 days.',
			},
		],
	),
];

/** The keys whose change counts, by field of the list; contacts have several. */
export const fieldKeys: ReadonlyMap<string, readonly string[]> = new Map([
	['addresses', ['addresses']],
	['contacts', ['contact_ids', 'contacts', 'primary_email', 'primary_phone']],
	['description', ['description']],
	['name', ['name', 'display_name']],
	['status', ['status_id', 'status_label']],
	['url', ['url']],
]);
