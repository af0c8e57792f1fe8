/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, which never runs inside n8n */
import 'reflect-metadata';
import { WorkflowExecute } from 'n8n-core';
import { createRunExecutionData, NodeConnectionTypes, Workflow } from 'n8n-workflow';
import type { IDataObject, INode, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { additionalData } from '../support/engine';

/** What `testEvent.ts` relies on, in n8n-core: which output a test run takes after `webhook()`. */

const node: INode = {
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
	webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'test' }],
	properties: [],
};

/** The output of a test run of a node, after its `webhook()` returned `{ from: 'webhook' }`. */
async function outputOf(type: Omit<INodeType, 'description'>): Promise<IDataObject[]> {
	const nodeType: INodeType = { description, ...type };
	const workflow = new Workflow({
		id: 'workflow',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
	});
	const data = createRunExecutionData();
	data.executionData?.nodeExecutionStack.push({
		node,
		data: { main: [[{ json: { from: 'webhook' } }]] },
		source: null,
	});
	const execution = new WorkflowExecute(additionalData({}), 'manual', data);
	const result = await execution.processRunExecutionData(workflow);
	const [task] = result.data.resultData.runData.Trigger ?? [];
	return (task?.data?.main?.[0] ?? []).map(({ json }) => json);
}

describe('a test run of a trigger with a webhook', () => {
	it('takes the items of poll() if the node polls', async () => {
		const poll = async () => [[{ json: { from: 'poll' } }]];
		expect(await outputOf({ poll })).toEqual([{ from: 'poll' }]);
	});

	it('takes the items of manualTriggerFunction() if the node has a trigger function', async () => {
		async function trigger(this: { emit(items: Array<Array<{ json: IDataObject }>>): void }) {
			return { manualTriggerFunction: async () => this.emit([[{ json: { from: 'trigger' } }]]) };
		}
		expect(await outputOf({ trigger })).toEqual([{ from: 'trigger' }]);
	});

	it('takes the items of webhook() if the node has only a webhook', async () => {
		const webhook = async () => ({});
		expect(await outputOf({ webhook })).toEqual([{ from: 'webhook' }]);
	});
});
