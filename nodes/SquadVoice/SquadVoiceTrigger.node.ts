import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { receiveWebhook } from '../shared/trigger/receiveWebhook';
import { triggerFields } from './trigger/description';
import { poll } from './trigger/pollProcessed';
import { checkToken, webhookOf } from './trigger/webhook';

export class SquadVoiceTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SquadVoice Trigger',
		name: 'squadVoiceTrigger',
		icon: {
			light: 'file:../../icons/squadVoice.svg',
			dark: 'file:../../icons/squadVoice.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{"lead processed, by " + $parameter["source"]}}',
		description: 'Starts the workflow when SquadVoice has processed a lead',
		eventTriggerDescription: 'Waiting for SquadVoice to send a webhook to the Test URL',
		activationMessage: 'This workflow now starts when SquadVoice has processed a lead.',
		defaults: { name: 'SquadVoice Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'leadDispatchSquadVoiceApi', required: true }],
		webhooks: [
			{
				name: 'default',
				// Without a method, n8n registers no webhook while the node polls.
				httpMethod: '={{$parameter["source"] === "webhook" ? "POST" : ""}}',
				responseMode: 'onReceived',
				// Makes n8n read `webhookResponse`, see `executionCreated.ts`.
				responseData: '',
				// SquadVoice expects 201 (SquadVoice US API page, Lead Processed webhook).
				responseCode: '={{201}}',
				path: 'lead-processed',
				ndvHideUrl: '={{$parameter["source"] !== "webhook"}}',
				ndvHideMethod: '={{$parameter["source"] !== "webhook"}}',
			},
		],
		properties: [...triggerFields],
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await checkToken(this);
			},
			// Only SquadVoice can create and remove its webhooks.
			async create(this: IHookFunctions): Promise<boolean> {
				return await checkToken(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook(this, await webhookOf(this));
	}

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
