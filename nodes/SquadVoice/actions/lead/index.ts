import type { INodeProperties } from 'n8n-workflow';
import { defineResource, type OperationOption } from '../../../shared/actions/router';
import * as convert from './convert.operation';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as disable from './disable.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as update from './update.operation';

/** By their stored names. */
const operations = { convert, create, delete: remove, disable, get, getAll, update };

const operationSelector: INodeProperties = {
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
				'Add leads to a campaign, so that SquadVoice calls them. Duplicates within the input are sent once.',
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
			description: 'Stop calling leads of a campaign. Harmless to repeat.',
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
	] satisfies Array<OperationOption<keyof typeof operations>>,
};

export const lead = defineResource('lead', operationSelector, operations);
