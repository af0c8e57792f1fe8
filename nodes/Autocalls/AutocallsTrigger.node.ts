import type {
	IHookFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { receiveWebhook } from '../shared/trigger/receiveWebhook';
import { triggerMethods } from './methods';
import { callsOf } from './trigger/webhook';
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
		description: 'Starts the workflow when a call of Autocalls ended or a lead changed its status',
		eventTriggerDescription: 'Waiting for a call of the chosen assistants to end',
		activationMessage: 'Autocalls now starts this workflow.',
		defaults: { name: 'Autocalls Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'leadDispatchAutocallsApi', required: true }],
		webhooks: [
			{
				name: 'default',
				// None while the node polls.
				httpMethod: '={{$parameter["triggerOn"] === "callEnded" ? "POST" : ""}}',
				responseMode: 'onReceived',
				// The node's own, see receiveWebhook.
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
		return await receiveWebhook(this, callsOf(this));
	}

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
