import type { IDataObject, INodeExecutionData, IWebhookResponseData } from 'n8n-workflow';

/**
 * A webhook's result that starts the workflow, with a callback for when n8n has created the execution.
 *
 * Relies on n8n 2.39 (`webhook-helpers`, `executeWebhook`): it creates the execution, and resets
 * "the static data has changed" in doing so; then it reads `webhookResponse`, provided that the
 * webhook's description has `responseData: ''`; then it stores the static data if they have changed.
 * Where n8n cannot create the execution, it never reads `webhookResponse`.
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
