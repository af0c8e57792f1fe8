import type { INodeProperties } from 'n8n-workflow';
import type { BoundOperation } from '../../shared/actions/router';
import * as create from './lead/create.operation';
import * as disable from './lead/disable.operation';

/** What the node can do, by `resource.operation` as stored in workflows. */
export const actions: ReadonlyMap<string, BoundOperation> = new Map([
	['lead.create', create.execute],
	['lead.disable', disable.execute],
]);

export const fields: INodeProperties[] = [...create.fields, ...disable.fields];
