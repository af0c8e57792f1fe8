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
import { triggerMethods } from './methods';
import { webhookOf } from './trigger/webhook';
import { triggerFields } from './trigger/description';
import { poll } from './trigger/poll';
import { removeWebhooks, setWebhooks, webhooksExist } from './trigger/registerWebhooks';

export class AutocallsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Autocalls Trigger',
		name: 'autocallsTrigger',
		icon: { light: 'file:../../icons/autocalls.svg', dark: 'file:../../icons/autocalls.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["triggerOn"] === "callEnded" ? "call ended" : "lead status changed"}}',
		description: 'Starts the workflow when an Autocalls call ended or a lead changed its status',
		eventTriggerDescription:
			'Waiting for a call to end. Let one of the chosen assistants make a test call.',
		activationMessage: 'This workflow now starts on the chosen Autocalls events.',
		defaults: { name: 'Autocalls Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'leadDispatchAutocallsApi', required: true }],
		webhooks: [
			{
				name: 'default',
				// Without a method, n8n registers no webhook while the node polls.
				httpMethod: '={{$parameter["triggerOn"] === "callEnded" ? "POST" : ""}}',
				responseMode: 'onReceived',
				// Makes n8n read `webhookResponse`, see `executionCreated.ts`.
				responseData: '',
				path: 'post-call',
				ndvHideUrl: true,
			},
		],
		properties: [...triggerFields],
	};
	methods = triggerMethods;

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await webhooksExist(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await setWebhooks(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await removeWebhooks(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook(this, webhookOf(this));
	}

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
