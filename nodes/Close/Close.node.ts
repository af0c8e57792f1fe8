import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { resourceProperties, runNode } from '../shared/actions/router';
import { lead } from './actions/lead';
import { note } from './actions/note';
import { authenticationField, closeCredentials } from './descriptions/common';
import { methods } from './methods';

const resources = [lead, note];

export class Close implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Close',
		name: 'close',
		icon: { light: 'file:../../icons/close.svg', dark: 'file:../../icons/close.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{$parameter["operation"].replace("getAll", "get many").replace("upsert", "create or update") + ": " + $parameter["resource"]}}',
		description: 'Create, find, change, merge and disable leads in the CRM Close',
		defaults: { name: 'Close' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: closeCredentials,
		properties: [
			authenticationField,
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'lead',
				options: [
					{ name: 'Lead', value: 'lead' },
					{ name: 'Note', value: 'note' },
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
