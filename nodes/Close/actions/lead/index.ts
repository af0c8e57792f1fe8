import type { INodeProperties } from 'n8n-workflow';
import { defineResource, type OperationOption } from '../../../shared/actions/router';
import * as create from './create.operation';
import * as upsert from './upsert.operation';
import * as remove from './delete.operation';
import * as disable from './disable.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as merge from './merge.operation';
import * as search from './search.operation';
import * as update from './update.operation';

const operations = { create, upsert, delete: remove, disable, get, getAll, merge, search, update };

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
				'Add a lead with its contacts. A person whom Close already has is not added again unless you choose so.',
		},
		{
			name: 'Create or Update',
			value: 'upsert',
			action: 'Create or update lead',
			description: 'Create a new record, or update the current one if it already exists (upsert)',
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
				'Set the status you choose, such as Bad Fit. Deletes nothing. Harmless to repeat.',
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
			description: 'Change, clear or extend fields of a lead. Harmless to repeat.',
		},
	] satisfies Array<OperationOption<keyof typeof operations>>,
};

export const lead = defineResource('lead', operationSelector, operations);
