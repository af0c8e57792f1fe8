import type { INodeProperties } from 'n8n-workflow';
import { optionsField } from '../../shared/descriptions/options';
import { campaignField, leadStatusOptions } from '../descriptions/common';

export const triggerFields: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'options',
		noDataExpression: true,
		default: 'callEnded',
		description: 'The events that start the workflow',
		options: [
			{
				name: 'Call Ended',
				value: 'callEnded',
				description: 'Immediately, by webhook, for every call of the selected assistants',
			},
			{
				name: 'Lead Status Changed',
				value: 'leadStatusChanged',
				description: 'Checks the leads of a campaign at the Poll Times',
			},
		],
	},
	{
		displayName:
			'Each Autocalls assistant can have only one webhook. This node adds it when you publish the workflow, checks it at the Poll Times and removes it when you unpublish.',
		name: 'webhookNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { triggerOn: ['callEnded'] } },
	},
	{
		displayName:
			'To test: with the workflow unpublished, click Fetch Test Event, then let one of the chosen assistants make a test call',
		name: 'testCallNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { triggerOn: ['callEnded'] } },
	},
	{
		displayName:
			'To test: click Fetch Test Event. It returns a lead of the campaign that has one of the statuses now.',
		name: 'testLeadNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { triggerOn: ['leadStatusChanged'] } },
	},
	{
		displayName: 'Assistant Names or IDs',
		name: 'assistants',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'assistants' },
		required: true,
		default: [],
		description:
			'The assistants whose calls start the workflow. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		displayOptions: { show: { triggerOn: ['callEnded'] } },
	},
	campaignField({
		description: 'The campaign to watch',
		displayOptions: { show: { triggerOn: ['leadStatusChanged'] } },
	}),
	{
		displayName: 'Statuses',
		name: 'statuses',
		type: 'multiOptions',
		noDataExpression: true,
		required: true,
		default: ['completed', 'reached-max-retries'],
		description: 'Start when a lead reaches one of these statuses',
		displayOptions: { show: { triggerOn: ['leadStatusChanged'] } },
		options: leadStatusOptions,
	},
	{
		...optionsField(
			['simplify'],
			[
				{
					displayName: 'Replace Existing Webhook',
					name: 'replaceAnother',
					type: 'boolean',
					default: false,
					description:
						'Whether to replace a webhook that an assistant already has. It is restored when you unpublish the workflow.',
				},
			],
		),
		displayOptions: { show: { triggerOn: ['callEnded'] } },
	},
	{ ...optionsField(['simplify']), displayOptions: { show: { triggerOn: ['leadStatusChanged'] } } },
];
