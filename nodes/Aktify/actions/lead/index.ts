import type { INodeProperties } from 'n8n-workflow';
import { defineResource, type OperationOption } from '../../../shared/actions/router';
import * as create from './create.operation';
import * as disable from './disable.operation';

/** By their stored names. */
const operations = { create, disable };

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
				'Add a lead to the campaign of the API key, so that Aktify contacts it. Harmless to repeat: a number counts once.',
		},
		{
			name: 'End Contact',
			value: 'disable',
			action: 'End contact with lead',
			description:
				'Stop contacting numbers in this campaign, unless they write first. Harmless to repeat.',
		},
	] satisfies Array<OperationOption<keyof typeof operations>>,
};

export const lead = defineResource('lead', operationSelector, operations);
