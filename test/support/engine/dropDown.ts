import { LoadOptionsContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type { INode, INodeListSearchResult, INodeParameters } from 'n8n-workflow';
import { additionalData } from './additionalData';
import { nodeType } from './packages';
import type { StoredCredentials } from './TestCredentials';

/** Fills a drop-down as the editor does it: `name` is one of the node's list search methods. */
export async function searchDropDown(
	node: string,
	name: string,
	credentials: StoredCredentials,
	{ filter, parameters = {} }: { filter?: string; parameters?: INodeParameters } = {},
): Promise<INodeListSearchResult> {
	const type = await nodeType(node);
	const search = type.methods?.listSearch?.[name];
	if (search === undefined) throw new Error(`${node} has no list search "${name}"`);
	const credentialType = Object.keys(credentials)[0] ?? '';
	const editing: INode = {
		id: 'a',
		name: 'Node',
		type: node,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { [credentialType]: { id: 'drop-down', name: credentialType } },
	};
	const workflow = new Workflow({
		nodes: [editing],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => type,
			getByNameAndVersion: () => type,
			getKnownTypes: () => ({}),
		},
	});
	const context = new LoadOptionsContext(workflow, editing, additionalData(credentials), '');
	return await search.call(context, filter);
}
