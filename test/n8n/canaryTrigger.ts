import { NodeConnectionTypes, Workflow } from 'n8n-workflow';
import type { IDataObject, INode, INodeType, INodeTypeDescription } from 'n8n-workflow';

/** A trigger of the test's own: only n8n's behavior decides what happens to it. */
export const node: INode = {
	id: 'node',
	name: 'Trigger',
	type: 'test',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const description: INodeTypeDescription = {
	displayName: 'Test',
	name: 'test',
	group: ['trigger'],
	version: 1,
	description: '',
	defaults: {},
	inputs: [],
	outputs: [NodeConnectionTypes.Main],
	properties: [],
};

/** What a canary gives the trigger. */
interface Options extends Omit<INodeType, 'description'> {
	webhooks?: INodeTypeDescription['webhooks'];
	staticData?: IDataObject;
}

/** A workflow of that trigger alone. */
export function workflowOf({ webhooks, staticData, ...type }: Options): Workflow {
	const nodeType: INodeType = { description: { ...description, webhooks }, ...type };
	return new Workflow({
		id: 'workflow',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
		staticData,
	});
}
