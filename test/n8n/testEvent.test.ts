/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, which never runs inside n8n */
import 'reflect-metadata';
import { WorkflowExecute } from 'n8n-core';
import { createRunExecutionData } from 'n8n-workflow';
import type { IDataObject, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { additionalData } from '../support/engine';
import { node, workflowOf } from './canaryTrigger';

/** What `testEvent.ts` relies on, in n8n-core: which output a test run takes after `webhook()`. */

const webhooks: INodeTypeDescription['webhooks'] = [
	{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'test' },
];

/** The output of a test run of a node, after its `webhook()` returned `{ from: 'webhook' }`. */
async function outputOf(type: Omit<INodeType, 'description'>): Promise<IDataObject[]> {
	const workflow = workflowOf({ webhooks, ...type });
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
