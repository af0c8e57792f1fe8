import type { INode, INodeCredentials, INodeParameters } from 'n8n-workflow';
import type { N8nApi } from '../../n8n/restApi';
import { packageName } from '../../n8n/installPackage';

/** The name of the trigger node in every workflow that the tests make. */
export const triggerName = 'Trigger';

/** A trigger node as a person sets it up. */
export interface TriggerNode {
	/** Such as `closeTrigger`. */
	type: string;
	parameters: INodeParameters;
	credentials: INodeCredentials;
}

/** A workflow of a trigger and a node that does nothing. */
export class TriggerWorkflow {
	private constructor(
		private readonly n8n: N8nApi,
		readonly id: string,
		readonly name: string,
		/** The part of the webhook's address that n8n gives the node. */
		readonly webhookId: string | undefined,
	) {}

	static async create(n8n: N8nApi, name: string, node: TriggerNode): Promise<TriggerWorkflow> {
		const nodes = [
			{
				...node,
				id: `trigger ${name}`,
				name: triggerName,
				type: `${packageName}.${node.type}`,
				typeVersion: 1,
				position: [0, 0],
			},
			{
				id: `nothing ${name}`,
				name: 'Nothing',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [240, 0],
				parameters: {},
			},
		];
		const made = await n8n.call<{ id: string; nodes: INode[] }>('POST', '/workflows', {
			name: `Trigger test: ${name}`,
			nodes,
			connections: { [triggerName]: { main: [[{ node: 'Nothing', type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
		});
		return new TriggerWorkflow(n8n, made.id, name, made.nodes[0]?.webhookId);
	}

	/** @throws Error with what the node said, when it could not be activated */
	async activate(): Promise<void> {
		await this.n8n.publish(this.id);
	}

	async deactivate(): Promise<void> {
		await this.n8n.call('POST', `/workflows/${this.id}/deactivate`, {});
	}

	/** Starts a test run, as the button of the trigger does in the editor. */
	async startTestRun(): Promise<{ executionId?: string; waitingForWebhook?: boolean }> {
		return await this.n8n.call('POST', `/workflows/${this.id}/run`, {
			triggerToStartFrom: { name: triggerName },
		});
	}
}
