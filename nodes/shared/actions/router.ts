import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Operation } from './operation';
import { runOperation } from './runOperation';
import type { AccountConfig, Vendor } from '../transport/vendor';

/** An operation bound to its vendor, ready to run in a node. */
export type BoundOperation = (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** Binds an operation to its vendor. */
export function defineOperation<Lead, A extends AccountConfig>(
	vendor: Vendor<A>,
	operation: Operation<Lead, A>,
): BoundOperation {
	return async (context) => await runOperation(context, vendor, operation);
}

/**
 * Runs the action that the node's Resource and Operation name.
 * @param actions by `resource.operation`, as stored in workflows
 * @throws NodeOperationError for a pair that the node does not offer (a workflow made by hand)
 */
export async function runNode(
	context: IExecuteFunctions,
	actions: ReadonlyMap<string, BoundOperation>,
): Promise<INodeExecutionData[][]> {
	const resource = String(context.getNodeParameter('resource', 0, ''));
	const operation = String(context.getNodeParameter('operation', 0, ''));
	const chosen = actions.get(`${resource}.${operation}`);
	if (chosen === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			`The operation "${operation}" of "${resource}" does not exist in this node`,
			{ description: 'Choose Resource and Operation again' },
		);
	}
	return await chosen(context);
}
