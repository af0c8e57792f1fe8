import type { INodeProperties } from 'n8n-workflow';
import { optionsField } from '../../shared/descriptions/commonFields';
import { campaignField } from '../descriptions/common';

export const triggerFields: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'options',
		noDataExpression: true,
		default: 'callEnded',
		description: 'The news that start the workflow',
		options: [
			{
				name: 'Call Ended',
				value: 'callEnded',
				description: 'At once, by webhook, for every call of the assistants you choose',
			},
			{
				name: 'Lead Status Changed',
				value: 'leadStatusChanged',
				description: 'By looking at the leads of a campaign at the Poll Times',
			},
		],
	},
	{
		displayName:
			'Autocalls has room for one webhook an assistant. The node sets it when the workflow is activated, looks after it at the Poll Times, and takes it back when the workflow is deactivated.',
		name: 'webhookNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { triggerOn: ['callEnded'] } },
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
		description: 'The campaign whose leads are looked at',
		displayOptions: { show: { triggerOn: ['leadStatusChanged'] } },
	}),
	{
		displayName: 'Statuses',
		name: 'statuses',
		type: 'multiOptions',
		noDataExpression: true,
		required: true,
		default: ['completed', 'reached-max-retries'],
		description: 'The statuses a lead has to have reached',
		displayOptions: { show: { triggerOn: ['leadStatusChanged'] } },
		options: [
			{ name: 'Blacklisted', value: 'blacklisted' },
			{ name: 'Completed', value: 'completed' },
			{ name: 'Created', value: 'created' },
			{ name: 'Processing', value: 'processing' },
			{ name: 'Reached Max Retries', value: 'reached-max-retries' },
			{ name: 'Rescheduled', value: 'rescheduled' },
			{ name: 'Scheduled', value: 'scheduled' },
		],
	},
	{
		...optionsField(
			['simplify'],
			[
				{
					displayName: 'Replace Another Webhook',
					name: 'replaceAnother',
					type: 'boolean',
					default: false,
					description:
						'Whether to take the place of a webhook that an assistant has already. It is put back when the workflow is deactivated.',
				},
			],
		),
		displayOptions: { show: { triggerOn: ['callEnded'] } },
	},
	{
		...optionsField(['simplify']),
		displayOptions: { show: { triggerOn: ['leadStatusChanged'] } },
	},
];
