import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { toolDescription } from '../descriptions/toolDescription';
import type { AccountConfig, Vendor } from '../transport/vendor';
import type { Operation } from './operation';
import { runOperation } from './runOperation';

/** An operation bound to its vendor, ready to run in a node. */
export type BoundOperation = (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** What an operation's own file exports. */
export interface OperationModule {
	/** Its fields, shown for this operation only. */
	description: INodeProperties[];
	/** What an AI model reads about it: whether it writes, and what a repeat does. */
	toolDescription: string;
	operation: BoundOperation;
}

/** An entry of the Operation selector. */
export interface OperationOption<Name> extends INodePropertyOptions {
	value: Name & string;
	/** Text of the operation in the node picker. */
	action: string;
	description: string;
}

/** A resource of a node, with its operations. */
export interface Resource {
	/** As stored in workflows. */
	name: string;
	/** The Operation selector. */
	selector: INodeProperties;
	/** By operation, as stored in workflows. */
	operations: ReadonlyMap<string, OperationModule>;
}

/** Binds an operation to its vendor. */
export function defineOperation<Lead, A extends AccountConfig, Found = never>(
	vendor: Vendor<A>,
	operation: Operation<Lead, A, Found>,
): BoundOperation {
	return async (context) => await runOperation(context, vendor, operation);
}

/** @param operations by their stored names, the same as in the selector's options */
export function defineResource(
	name: string,
	selector: INodeProperties,
	operations: Record<string, OperationModule>,
): Resource {
	return { name, selector, operations: new Map(Object.entries(operations)) };
}

/** All parameters below the Resource selector. */
export function resourceProperties(resources: readonly Resource[]): INodeProperties[] {
	return [
		...resources.map(({ selector }) => selector),
		...resources.flatMap(({ name, operations }) =>
			[...operations].map(([operation, module]) =>
				toolDescription(name, operation, module.toolDescription),
			),
		),
		...resources.flatMap(({ operations }) =>
			[...operations.values()].flatMap(({ description }) => description),
		),
	];
}

/** Runs the node's Resource and Operation. @throws NodeOperationError for a pair that the node does not have */
export async function runNode(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	const resource = String(context.getNodeParameter('resource', 0, ''));
	const operation = String(context.getNodeParameter('operation', 0, ''));
	const chosen = resources.find(({ name }) => name === resource)?.operations.get(operation);
	if (chosen === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			`The operation "${operation}" of "${resource}" does not exist in this node`,
			{ description: 'Choose Resource and Operation again' },
		);
	}
	return await chosen.operation(context);
}
