import type { INodeProperties } from 'n8n-workflow';
import { optionsField } from '../../shared/descriptions/commonFields';
import { campaignField } from '../descriptions/common';

export const triggerFields: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'options',
		noDataExpression: true,
		default: 'leadProcessed',
		description: 'The news that start the workflow',
		options: [
			{
				name: 'Lead Processed',
				value: 'leadProcessed',
				description: 'A lead of the campaign was called and has its outcome',
			},
		],
	},
	{
		displayName: 'Get Leads By',
		name: 'source',
		type: 'options',
		noDataExpression: true,
		default: 'polling',
		description: 'How the node learns of processed leads',
		options: [
			{
				name: 'Polling',
				value: 'polling',
				description: 'The node asks SquadVoice at the Poll Times',
			},
			{
				name: 'Webhook (API V4)',
				value: 'webhook',
				description: 'SquadVoice tells the node; set up with SquadVoice',
			},
		],
	},
	{
		displayName:
			'SquadVoice sets up its Lead Processed webhook for you: in its dashboard, or by your contact there. Give it the Production URL above with ?token=... at the end, where the token is the Webhook Token of the credential. SquadVoice does not sign its webhooks: one without the token is refused. Poll Times do not matter here.',
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
					typeOptions: { minValue: 1, maxValue: 1440 },
					default: 10,
					description:
						'How far before the last poll to look again, for leads that SquadVoice lists late. None comes out twice.',
				},
			],
		),
		displayOptions: { show: { source: ['polling'] } },
	},
	{
		...optionsField(['simplify']),
		displayOptions: { show: { source: ['webhook'] } },
	},
];
