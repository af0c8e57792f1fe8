import type { INodeProperties } from 'n8n-workflow';
import { defineResource, type OperationOption } from '../../../shared/actions/router';
import * as getAll from './getAll.operation';
import { start, stop } from './changeStatus.operation';

const operations = { getAll, start, stop };

const operationSelector: INodeProperties = {
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
			description: 'Let a campaign call its leads. Harmless to repeat.',
		},
		{
			name: 'Stop',
			value: 'stop',
			action: 'Stop campaign',
			description: 'Stop a campaign from calling its leads. Harmless to repeat.',
		},
	] satisfies Array<OperationOption<keyof typeof operations>>,
};

export const campaign = defineResource('campaign', operationSelector, operations);
