import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { runNode } from '../shared/actions/router';
import { toolDescriptions } from '../shared/descriptions/toolDescriptions';
import { actions, fields } from './actions/router';
import { toolTexts } from './descriptions/toolTexts';

export class Aktify implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Aktify',
		name: 'aktify',
		icon: { light: 'file:../../icons/aktify.svg', dark: 'file:../../icons/aktify.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] === "disable" ? "end contact: lead" : "create: lead"}}',
		description:
			"Create leads in an Aktify campaign and end contact with them. Aktify's API cannot read leads.",
		defaults: { name: 'Aktify' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'leadDispatchAktifyApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'lead',
				options: [{ name: 'Lead', value: 'lead' }],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'create',
				displayOptions: { show: { resource: ['lead'] } },
				options: [
					{
						name: 'Create',
						value: 'create',
						action: 'Create lead',
						description:
							'Add a lead to the campaign of the API key, so that Aktify contacts it. Repeating this is harmless: a number counts once.',
					},
					{
						name: 'End Contact',
						value: 'disable',
						action: 'End contact with lead',
						description:
							'Stop contacting numbers in the campaign of the API key, unless they write first. Repeating this is harmless.',
					},
				],
			},
			{
				displayName:
					"Aktify's API cannot read leads, so there is no Get. To follow what becomes of them, keep the output of this node, and use the Aktify Trigger.",
				name: 'noGetNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { resource: ['lead'], operation: ['create'] } },
			},
			...toolDescriptions(toolTexts),
			...fields,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, actions);
	}
}
