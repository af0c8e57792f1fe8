import { ExecutionLifecycleHooks } from 'n8n-core';
import type { IWorkflowBase, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { TestCredentials } from './TestCredentials';
import type { StoredCredentials } from './TestCredentials';

let executions = 0;

/** What n8n's contexts need of the n8n around them; each call stands for another execution. */
export function additionalData(stored: StoredCredentials): IWorkflowExecuteAdditionalData {
	const executionId = String(++executions);
	const workflowData: IWorkflowBase = {
		id: 'test',
		name: 'Test',
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes: [],
		connections: {},
	};
	const partial: Partial<IWorkflowExecuteAdditionalData> = {
		executionId,
		credentialsHelper: new TestCredentials(stored),
		hooks: new ExecutionLifecycleHooks('trigger', executionId, workflowData),
		currentNodeExecutionIndex: 0,
		variables: {},
		webhookBaseUrl: 'http://localhost/',
		webhookWaitingBaseUrl: 'http://localhost/waiting',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
	};
	return partial as IWorkflowExecuteAdditionalData;
}
