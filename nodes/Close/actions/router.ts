import type { INodeProperties } from 'n8n-workflow';
import type { BoundOperation } from '../../shared/actions/router';
import * as create from './lead/create.operation';
import * as remove from './lead/delete.operation';
import * as disable from './lead/disable.operation';
import * as get from './lead/get.operation';
import * as getAll from './lead/getAll.operation';
import * as merge from './lead/merge.operation';
import * as search from './lead/search.operation';
import * as update from './lead/update.operation';
import * as upsert from './lead/upsert.operation';
import * as createNote from './note/create.operation';

/** What the node can do, by `resource.operation` as stored in workflows. */
export const actions: ReadonlyMap<string, BoundOperation> = new Map([
	['lead.create', create.execute],
	['lead.delete', remove.execute],
	['lead.disable', disable.execute],
	['lead.get', get.execute],
	['lead.getAll', getAll.execute],
	['lead.merge', merge.execute],
	['lead.search', search.execute],
	['lead.update', update.execute],
	['lead.upsert', upsert.execute],
	['note.create', createNote.execute],
]);

export const fields: INodeProperties[] = [
	...create.fields,
	...remove.fields,
	...disable.fields,
	...get.fields,
	...getAll.fields,
	...merge.fields,
	...search.fields,
	...update.fields,
	...upsert.fields,
	...createNote.fields,
];
