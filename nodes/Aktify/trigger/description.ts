import type { INodeProperties } from 'n8n-workflow';
import { optionsField } from '../../shared/descriptions/options';

/** All events of webhooks v2 and v1, by their names (Aktify API page, Webhooks). */
const triggerOnField: INodeProperties = {
	displayName: 'Trigger On',
	name: 'triggerOn',
	type: 'multiOptions',
	noDataExpression: true,
	required: true,
	default: ['dnc.created', 'lead.carrier_optout_received'],
	description: 'The events that start the workflow. Choose the same events in the Aktify Portal.',
	options: [
		{ name: 'Call Ended', value: 'lead.call_ended' },
		{ name: 'Call Initiated', value: 'lead.call_initiated' },
		{ name: 'Call Key Pressed', value: 'lead.call_key_pressed' },
		{ name: 'Call Received', value: 'lead.call_received' },
		{ name: 'Call Scheduled', value: 'lead.call_scheduled' },
		{ name: 'Call Transferred', value: 'lead.call_transferred' },
		{
			name: 'Carrier Help Received',
			value: 'lead.carrier_help_received',
			description: 'The lead answered HELP',
		},
		{
			name: 'Carrier Opt-In Received',
			value: 'lead.carrier_optin_received',
			description: 'The lead answered START',
		},
		{
			name: 'Carrier Opt-Out Received',
			value: 'lead.carrier_optout_received',
			description: 'The lead answered STOP',
		},
		{ name: 'Conversation Started', value: 'lead.conversation_started' },
		{
			name: 'DNC Created',
			value: 'dnc.created',
			description: 'The number must no longer be contacted, in any campaign',
		},
		{
			name: 'Landline Detected',
			value: 'lead.landline_detected',
			description: 'The number cannot be texted',
		},
		{
			name: 'Lead Created',
			value: 'campaign.lead_created',
			description: 'Aktify has accepted the lead and can text it',
		},
		{ name: 'Link Clicked', value: 'lead.link_clicked' },
		{ name: 'Link Delivered', value: 'lead.link_delivered' },
		{ name: 'Link Sent', value: 'lead.link_sent' },
		{ name: 'Message Delivered', value: 'lead.message_delivered' },
		{ name: 'Message Received', value: 'lead.message_received' },
		{ name: 'Message Sent', value: 'lead.message_sent' },
		{
			name: 'Webchat Lead Created',
			value: 'webchat.lead.created',
			description: 'Webhooks v1 only',
		},
	],
};

export const triggerFields: INodeProperties[] = [
	triggerOnField,
	{
		displayName: 'Verify With',
		name: 'verifyWith',
		type: 'options',
		noDataExpression: true,
		default: 'signature',
		description: 'How to check that a webhook really comes from Aktify. Others are rejected.',
		options: [
			{ name: 'Aktify Signature', value: 'signature' },
			{ name: 'Basic Auth (Custom Payloads)', value: 'basicAuth' },
			{ name: 'Webhook Token (Custom Payloads)', value: 'token' },
		],
	},
	{
		displayName:
			'Aktify webhooks are set up in the Aktify Portal: open Settings > Webhooks, add a webhook with the Production URL above, choose the same events there, and set a client secret. Put the same client secret into the credential. Each webhook at Aktify has its own: use the same one in each, or one credential per webhook.',
		name: 'portalNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { verifyWith: ['signature'] } },
	},
	{
		displayName:
			'Aktify does not sign custom payloads. Set a Webhook Token in the credential, and make Aktify send it with each of the events above: as the header X-Webhook-Token, as a Bearer token, or at the end of the Production URL as ?token=...',
		name: 'tokenNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { verifyWith: ['token'] } },
	},
	{
		displayName:
			'Aktify does not sign custom payloads. Set Webhook User Name and Webhook Password in the credential. In the Aktify Portal, under Settings > Webhooks > Custom Payloads, choose Basic Auth for each of the events above, with the same user name and password.',
		name: 'basicAuthNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { verifyWith: ['basicAuth'] } },
	},
	optionsField(['simplify']),
];
