import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { resourceProperties, runNode } from '../shared/actions/router';
import { campaign } from './actions/campaign';
import { lead } from './actions/lead';
import { methods } from './methods';

const resources = [campaign, lead];

export class Autocalls implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Autocalls',
		name: 'autocalls',
		icon: { light: 'file:../../icons/autocalls.svg', dark: 'file:../../icons/autocalls.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{$parameter["operation"].replace("getAll", "get many") + ": " + $parameter["resource"]}}',
		description: 'Create, get, change and disable leads of Autocalls campaigns',
		defaults: { name: 'Autocalls' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'leadDispatchAutocallsApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'lead',
				options: [
					{ name: 'Campaign', value: 'campaign' },
					{ name: 'Lead', value: 'lead' },
				],
			},
			...resourceProperties(resources),
		],
	};
	methods = methods;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, resources);
	}
}
