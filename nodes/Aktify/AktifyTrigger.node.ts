import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { receiveWebhook } from '../shared/trigger/receiveWebhook';
import { triggerFields } from './trigger/description';
import { checkSecret, webhookOf } from './trigger/webhook';

export class AktifyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Aktify Trigger',
		name: 'aktifyTrigger',
		icon: { light: 'file:../../icons/aktify.svg', dark: 'file:../../icons/aktify.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{$parameter["triggerOn"].join(", ").replaceAll("lead.", "").replaceAll(/[._]/g, " ")}}',
		description: 'Starts the workflow on Aktify events such as opt-outs, replies and calls',
		eventTriggerDescription: 'Waiting for Aktify to send a webhook to the Test URL',
		activationMessage:
			'This workflow now starts on webhooks that Aktify sends to the Production URL.',
		defaults: { name: 'Aktify Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'leadDispatchAktifyApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Makes n8n read `webhookResponse`, see `executionCreated.ts`.
				responseData: '',
				path: 'aktify',
			},
		],
		properties: [...triggerFields],
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await checkSecret(this);
			},
			// Aktify's webhooks can only be created and removed in its portal.
			async create(this: IHookFunctions): Promise<boolean> {
				return await checkSecret(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook(this, await webhookOf(this));
	}
}
