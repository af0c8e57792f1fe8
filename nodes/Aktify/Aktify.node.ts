import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { resourceProperties, runNode } from '../shared/actions/router';
import { lead } from './actions/lead';

const resources = [lead];

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
			...resourceProperties(resources),
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, resources);
	}
}
