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
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'create',
				displayOptions: { show: { resource: ['lead'] } },
				options: [
					{
						name: 'Convert',
						value: 'convert',
						action: 'Convert lead',
						description: 'Report that a lead has converted (API v4 only)',
					},
					{
						name: 'Create',
						value: 'create',
						action: 'Create lead',
						description:
							'Add leads to a campaign, so that SquadVoice calls them. Repeats within the input are sent once.',
					},
					{
						name: 'Delete',
						value: 'delete',
						action: 'Delete lead',
						description: 'Erase the personal data of a lead and stop calling it (API v4 only)',
					},
					{
						name: 'Disable',
						value: 'disable',
						action: 'Disable lead',
						description: 'Stop calling leads of a campaign. Repeating this is harmless.',
					},
					{
						name: 'Get',
						value: 'get',
						action: 'Get lead',
						description: 'Get a lead and its calls by its ID. Writes nothing.',
					},
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many leads',
						description: 'Get leads of a campaign and their calls. Writes nothing.',
					},
					{
						name: 'Update',
						value: 'update',
						action: 'Update lead',
						description: 'Change the number, name or custom fields of a lead (API v4 only)',
					},
				],
			},
			...toolDescriptions(toolTexts),
			...fields,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, actions);
	}
}
