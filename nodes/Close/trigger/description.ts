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
		{
			name: 'Email Unsubscribed',
			value: 'unsubscribed_email.created',
			description: 'A person no longer wants bulk emails; the event has the email, and no lead',
		},
		{ name: 'Lead Created', value: 'lead.created' },
		{
			name: 'Lead Deleted',
			value: 'lead.deleted',
			description:
				'Also one that was merged into another lead: mergedInto is the lead in which the person lives on',
		},
		{ name: 'Lead Merged', value: 'lead.merged' },
		{
			name: 'Lead Status Changed',
			value: 'activity.lead_status_change.created',
			description: 'With the status before; the same change is also an update of the lead',
		},
		{
			name: 'Lead Updated',
			value: 'lead.updated',
			description: 'A field of the lead or of one of its contacts changed',
		},
	],
};

export const triggerFields: INodeProperties[] = [
	triggerOnField,
	{
		displayName:
			'To test: click Listen for Test Event, then make such a change in Close, such as adding a lead for Lead Created',
		name: 'testNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Changed Field Names or IDs',
		name: 'changedFields',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'changeableFields' },
		default: [],
		description:
			'Start on an update only if one of these fields changed. Contacts means that one was added, removed or changed, such as its number. Leave empty for any field, contacts included. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
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

/** The field of the list for which events of contacts count, too. */
export const contactsField = 'contacts';

/** The keys of a lead whose change counts, by field of the list; contacts have several. */
export const fieldKeys: ReadonlyMap<string, readonly string[]> = new Map([
	['addresses', ['addresses']],
	[contactsField, ['contact_ids', 'contacts', 'primary_email', 'primary_phone']],
	['description', ['description']],
	['name', ['name', 'display_name']],
	['status', ['status_id', 'status_label']],
	['url', ['url']],
]);
