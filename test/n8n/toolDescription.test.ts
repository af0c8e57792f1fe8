import { NodeHelpers, NodeConnectionTypes } from 'n8n-workflow';
import type { INode, INodeParameters, INodeType } from 'n8n-workflow';
import { toolDescription } from '../../nodes/shared/descriptions/toolDescription';

/** What `toolDescription.ts` relies on, in n8n-workflow: the parameter's name, and `@tool`. */

const nodeType: INodeType = {
	description: {
		displayName: 'Test',
		name: 'test',
		group: ['output'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [toolDescription('lead', 'create', 'Writes: adds a lead.')],
	},
};

const action = { resource: 'lead', operation: 'create' };
const node = (parameters: INodeParameters): INode => ({
	id: 'node',
	name: 'Test',
	type: 'test',
	typeVersion: 1,
	position: [0, 0],
	parameters: { ...action, ...parameters },
});

it('a tool is described by its parameter toolDescription', () => {
	const described = node({ toolDescription: 'Writes: adds a lead.' });
	expect(NodeHelpers.getToolDescriptionForNode(described, nodeType)).toBe('Writes: adds a lead.');
});

it.each([
	['shown in a tool', 'testTool', true],
	['hidden in a node', 'test', false],
])('the parameter is %s', (_title, name, isShown) => {
	const description = { ...nodeType.description, name };
	const shown = NodeHelpers.displayParameter(
		action,
		toolDescription('lead', 'create', ''),
		{ typeVersion: 1 },
		description,
	);
	expect(shown).toBe(isShown);
});
