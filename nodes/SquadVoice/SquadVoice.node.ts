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

export class SquadVoice implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SquadVoice',
		name: 'squadVoice',
		icon: {
			light: 'file:../../icons/squadVoice.svg',
			dark: 'file:../../icons/squadVoice.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle:
			'={{$parameter["operation"].replace("getAll", "get many") + ": " + $parameter["resource"]}}',
		description: 'Create, get and disable leads in SquadVoice calling campaigns',
		defaults: { name: 'SquadVoice' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'leadDispatchSquadVoiceApi', required: true }],
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
