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
		credentials: [
			{
				name: 'leadDispatchCloseApi',
				required: true,
				displayOptions: { show: { authentication: ['apiKey'] } },
			},
			{
				name: 'leadDispatchCloseOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
		],
		properties: [
			{
				displayName: 'Authentication',
				name: 'authentication',
				type: 'options',
				noDataExpression: true,
				default: 'apiKey',
				options: [
					{ name: 'API Key', value: 'apiKey' },
					{ name: 'OAuth2', value: 'oAuth2' },
				],
			},
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
							'Add a lead with its contacts. A lead that Close has already, by phone number or email, is not added again unless you choose so.',
					},
					{
						name: 'Create or Update',
						value: 'upsert',
						action: 'Create or update lead',
						description:
							'Create a new record, or update the current one if it already exists (upsert)',
					},
					{
						name: 'Delete',
						value: 'delete',
						action: 'Delete lead',
						description: 'Delete a lead and all that belongs to it for good',
					},
					{
						name: 'Disable',
						value: 'disable',
						action: 'Disable lead',
						description:
							'Give a lead the status that you choose, such as Bad Fit. Deletes nothing; repeating this is harmless.',
					},
					{
						name: 'Get',
						value: 'get',
						action: 'Get lead',
						description: 'Get a lead by its ID. Writes nothing.',
					},
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many leads',
						description: 'Get the leads of the organization. Writes nothing.',
					},
					{
						name: 'Merge',
						value: 'merge',
						action: 'Merge leads',
						description: 'Merge a lead into another and delete it. This cannot be undone.',
					},
					{
						name: 'Search',
						value: 'search',
						action: 'Search leads',
						description: 'Find leads by status, contact, name and date. Writes nothing.',
					},
					{
						name: 'Update',
						value: 'update',
						action: 'Update lead',
						description: 'Change, clear or extend fields of a lead. Repeating this is harmless.',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'create',
				displayOptions: { show: { resource: ['note'] } },
				options: [
					{
						name: 'Create',
						value: 'create',
						action: 'Create note',
						description: 'Write a note on a lead. Repeating this writes it once more.',
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
