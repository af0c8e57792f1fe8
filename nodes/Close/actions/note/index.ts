import type { INodeProperties } from 'n8n-workflow';
import { defineResource, type OperationOption } from '../../../shared/actions/router';
import * as create from './create.operation';

const operations = { create };

const operationSelector: INodeProperties = {
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
			description: 'Write a note on a lead. A repeat writes it again.',
		},
	] satisfies Array<OperationOption<keyof typeof operations>>,
};

export const note = defineResource('note', operationSelector, operations);
