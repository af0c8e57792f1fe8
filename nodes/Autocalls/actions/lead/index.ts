import type { INodeProperties } from 'n8n-workflow';
import { defineResource, type OperationOption } from '../../../shared/actions/router';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as disable from './disable.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as update from './update.operation';

const operations = { create, delete: remove, disable, get, getAll, update };

const operationSelector: INodeProperties = {
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
				'Add a lead to a campaign, so that Autocalls calls it. A number that is already there is not added again, unless duplicates are allowed.',
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
				'Set the status of a lead, by its ID or number, so that it is not called again. Harmless to repeat.',
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
	] satisfies Array<OperationOption<keyof typeof operations>>,
};

export const lead = defineResource('lead', operationSelector, operations);
