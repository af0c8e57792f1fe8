import type { INodeProperties } from 'n8n-workflow';
import { optionsField } from '../../shared/descriptions/options';
import { campaignField } from '../descriptions/common';

export const triggerFields: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'options',
		noDataExpression: true,
		default: 'leadProcessed',
		description: 'The events that start the workflow',
		options: [
			{
				name: 'Lead Processed',
				value: 'leadProcessed',
				description: 'A lead of the campaign was called and has an outcome',
			},
		],
	},
	{
		displayName: 'Receive Leads By',
		name: 'source',
		type: 'options',
		noDataExpression: true,
		default: 'polling',
		description: 'How the node receives processed leads',
		options: [
			{
				name: 'Polling',
				value: 'polling',
				description: 'The node asks SquadVoice at the Poll Times',
			},
			{
				name: 'Webhook (API V4)',
				value: 'webhook',
				description: 'SquadVoice sends them to the node; set up with SquadVoice',
			},
		],
	},
	{
		displayName:
			'Ask SquadVoice to set up the Lead Processed webhook. Give them the Production URL above plus ?token= and your Webhook Token from the credential. Calls without the token are rejected. Poll Times are ignored.',
		name: 'webhookNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { source: ['webhook'] } },
	},
	campaignField,
	{
		...optionsField(
			['simplify'],
			[
				{
					displayName: 'Look Back (Minutes)',
					name: 'lookBack',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 1440, numberPrecision: 0 },
					default: 10,
					description:
						'Minutes to look back at each poll, to catch leads that appear late. No lead starts the workflow twice.',
				},
			],
		),
		displayOptions: { show: { source: ['polling'] } },
	},
	{ ...optionsField(['simplify']), displayOptions: { show: { source: ['webhook'] } } },
];
