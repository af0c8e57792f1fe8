import { randomUUID } from 'node:crypto';
import type { INode, INodeCredentials, INodeParameters } from 'n8n-workflow';
import type { N8nApi, Publication } from '../../n8n/restApi';
import { PACKAGE_NAME } from '../../n8n/installPackage';

/** The name of the trigger node in every workflow that the tests make. */
export const TRIGGER_NAME = 'Trigger';

/** A trigger node as a user configures it. */
export interface TriggerNode {
	/** Such as `closeTrigger`. */
	type: string;
	parameters: INodeParameters;
	credentials: INodeCredentials;
}

/** A workflow of a trigger and a No Operation node. */
export class TriggerWorkflow {
	private constructor(
		private readonly n8n: N8nApi,
		readonly id: string,
		readonly name: string,
		/** The part of the webhook's address that n8n generates. */
		readonly webhookId: string | undefined,
	) {}

	static async create(n8n: N8nApi, name: string, node: TriggerNode): Promise<TriggerWorkflow> {
		const nodes = [
			{
				...node,
				id: randomUUID(),
				name: TRIGGER_NAME,
				type: `${PACKAGE_NAME}.${node.type}`,
				typeVersion: 1,
				position: [0, 0],
			},
			{
				id: randomUUID(),
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
			connections: { [TRIGGER_NAME]: { main: [[{ node: 'Nothing', type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
		});
		return new TriggerWorkflow(n8n, made.id, name, made.nodes[0]?.webhookId);
	}

	/** @throws Error with the node's message when it cannot be published */
	async publish(): Promise<void> {
		await this.n8n.publish(this.id);
	}

	async unpublish(): Promise<void> {
		await this.n8n.unpublish(this.id);
	}

	/** Starts to publish it; does not wait until the trigger is registered. */
	async startPublishing(): Promise<void> {
		await this.n8n.startPublishing(this.id);
	}

	/** Starts to unpublish it; does not wait until the trigger is gone. */
	async startUnpublishing(): Promise<void> {
		await this.n8n.startUnpublishing(this.id);
	}

	/** Whether it is published, be its trigger registered or not. */
	async isPublished(): Promise<boolean> {
		return await this.n8n.isPublished(this.id);
	}

	/** Whether its trigger is registered; undefined if n8n does not say. */
	async publication(): Promise<Publication | undefined> {
		return await this.n8n.publication(this.id);
	}

	/** Starts a test run, as the trigger's button in the editor does. */
	async startTestRun(): Promise<{ executionId?: string; waitingForWebhook?: boolean }> {
		return await this.n8n.call('POST', `/workflows/${this.id}/run`, {
			triggerToStartFrom: { name: TRIGGER_NAME },
		});
	}
}
