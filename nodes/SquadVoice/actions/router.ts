import type { INodeProperties } from 'n8n-workflow';
import type { BoundOperation } from '../../shared/actions/router';
import * as convert from './lead/convert.operation';
import * as create from './lead/create.operation';
import * as remove from './lead/delete.operation';
import * as disable from './lead/disable.operation';
import * as get from './lead/get.operation';
import * as getAll from './lead/getAll.operation';
import * as update from './lead/update.operation';

/** What the node can do, by `resource.operation` as stored in workflows. */
export const actions: ReadonlyMap<string, BoundOperation> = new Map([
	['lead.convert', convert.execute],
	['lead.create', create.execute],
	['lead.delete', remove.execute],
	['lead.disable', disable.execute],
	['lead.get', get.execute],
	['lead.getAll', getAll.execute],
	['lead.update', update.execute],
]);

export const fields: INodeProperties[] = [
	...convert.fields,
	...create.fields,
	...remove.fields,
	...disable.fields,
	...get.fields,
	...getAll.fields,
	...update.fields,
];
