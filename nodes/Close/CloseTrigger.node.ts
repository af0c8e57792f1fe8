import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { receiveWebhook } from '../shared/trigger/receiveWebhook';
import { authenticationField, closeCredentials } from './descriptions/common';
import { triggerMethods } from './methods';
import { startCatchUp } from './trigger/catchUp';
import { triggerFields } from './trigger/description';
import { subscribe, subscriptionExists, unsubscribe } from './trigger/subscription';
import { webhookOf } from './trigger/webhook';

export class CloseTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Close Trigger',
		name: 'closeTrigger',
		icon: { light: 'file:../../icons/close.svg', dark: 'file:../../icons/close.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["triggerOn"].join(", ").replaceAll(/[._]/g, " ")}}',
		description:
			'Starts the workflow when a lead is created, changed, merged or deleted in Close, or an email is unsubscribed',
		eventTriggerDescription:
			'Waiting for one of the chosen events. Make such a change in Close, such as adding a lead.',
		activationMessage: 'This workflow now starts when leads change in Close.',
		defaults: { name: 'Close Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: closeCredentials,
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Makes n8n read `webhookResponse`, see `executionCreated.ts`.
				responseData: '',
				path: 'close',
				ndvHideUrl: true,
			},
		],
		properties: [authenticationField, ...triggerFields],
	};
	methods = triggerMethods;

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await subscriptionExists(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await subscribe(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unsubscribe(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook(this, webhookOf(this));
	}

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return await startCatchUp(this);
	}
}
