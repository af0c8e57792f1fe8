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
import { methods } from './methods';
import { toolTexts } from './descriptions/toolTexts';

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
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'getAll',
				displayOptions: { show: { resource: ['campaign'] } },
				options: [
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many campaigns',
						description: 'Get the campaigns of the account. Writes nothing.',
					},
					{
						name: 'Start',
						value: 'start',
						action: 'Start campaign',
						description: 'Let a campaign call its leads. Repeating this is harmless.',
					},
					{
						name: 'Stop',
						value: 'stop',
						action: 'Stop campaign',
						description: 'Stop a campaign from calling its leads. Repeating this is harmless.',
					},
				],
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
							'Add a lead to a campaign, so that Autocalls calls it. A number that is there already is not added again, unless duplicates are allowed.',
					},
					{
						name: 'Delete',
						value: 'delete',
						action: 'Delete lead',
						description: 'Delete a lead and its secondary contacts for good',
					},
					{
						name: 'Disable',
						value: 'disable',
						action: 'Disable lead',
						description:
							'Set the status of a lead, by its ID or number, so that it is not called again. Repeating this is harmless.',
					},
					{
						name: 'Get',
						value: 'get',
						action: 'Get lead',
						description: 'Get a lead by its ID or number. Writes nothing.',
					},
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many leads',
						description: 'Get leads by campaign, status, number and date. Writes nothing.',
					},
					{
						name: 'Update',
						value: 'update',
						action: 'Update lead',
						description: 'Change the number, campaign, status or variables of a lead',
					},
				],
			},
			...toolDescriptions(toolTexts),
			...fields,
		],
	};

	methods = methods;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, actions);
	}
}
