import type { IDataObject, INodeExecutionData, IWebhookResponseData } from 'n8n-workflow';

/**
 * A webhook's result that starts the workflow, with a callback once n8n has created the execution. Relies on n8n 2.41
 * (`webhook-helpers`): it creates the execution, forgets that static data changed, then reads `webhookResponse` (only
 * with `responseData: ''`), then stores static data that changed. If creation fails, it never reads it.
 */
export function startWorkflow(
	items: INodeExecutionData[],
	onExecutionCreated: () => void,
): IWebhookResponseData {
	return {
		workflowData: [items],
		get webhookResponse(): IDataObject {
			onExecutionCreated();
			return { message: 'Workflow was started' };
		},
	};
}
