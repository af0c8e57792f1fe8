import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { toolDescription } from '../descriptions/toolDescription';
import { InvalidInputError } from '../errors/InvalidInputError';
import { toNodeError } from '../errors/toNodeError';
import type { AccountConfig, Vendor } from '../transport/vendor';
import { toError } from '../values/json';
import { quote } from '../values/quote';
import type { Operation } from './operation';
import { hasErrorOutput } from './outcome/errorOutput';
import { invalidItem, unexpected } from './outcome/failures';
import type { Failure } from './outcome/outcome';
import { toItems } from './outcome/toItems';
import { runOperation } from './runOperation';

/** An operation bound to its vendor, ready to run in a node. */
export type BoundOperation = (
	context: IExecuteFunctions,
	description: readonly INodeProperties[],
) => Promise<INodeExecutionData[][]>;

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
	return async (context, description) =>
		await runOperation(context, vendor, operation, description);
}

/** @param operations by their stored names, the same as in the selector's options */
export function defineResource(
	name: string,
	selector: INodeProperties,
	operations: Record<string, OperationModule>,
): Resource {
	return { name, selector, operations: new Map(Object.entries(operations)) };
}

/** Shown while the option is on: a run then sends nothing. */
const previewNotice: INodeProperties = {
	displayName: 'Preview Only is on: the node shows the requests and sends nothing',
	name: 'previewNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { '/options.previewOnly': [true] } },
};

/** All parameters below the Resource selector. */
export function resourceProperties(resources: readonly Resource[]): INodeProperties[] {
	return [
		...resources.map(({ selector }) => selector),
		previewNotice,
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

/**
 * Runs the node's Resource and Operation. With On Error = Continue every item gets an outcome, whatever fails: what n8n
 * catches itself, it passes on as a success. @throws NodeOperationError for a pair that the node does not have
 */
export async function runNode(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	let asFailure: (error: Error) => Failure = invalidItem;
	try {
		const { operation, description } = chosenOperation(context, resources);
		asFailure = unexpected;
		return await operation(context, description);
	} catch (error) {
		const isCancelled = context.getExecutionCancelSignal()?.aborted === true;
		if (isCancelled || !context.continueOnFail()) throw toNodeError(context, error);
		const failure = asFailure(toError(error));
		const output = {
			includeIndex: true,
			includeInput: false,
			hasErrorOutput: hasErrorOutput(context),
		};
		return [
			context.getInputData().flatMap(({ json }, index) => toItems(failure, index, json, output)),
		];
	}
}

/** @throws InvalidInputError for a pair that the node does not have, or that is not the same for all items */
function chosenOperation(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): OperationModule {
	const name = sameForAllItems(context, 'resource', 'Resource');
	const resource = resources.find((known) => known.name === name);
	if (resource === undefined) {
		throw new InvalidInputError(
			`The resource ${quote(name)} does not exist in this node. Valid values: ${resources.map((known) => known.name).join(', ')}`,
			'Choose Resource again',
		);
	}
	const operation = sameForAllItems(context, 'operation', 'Operation');
	const chosen = typeof operation === 'string' ? resource.operations.get(operation) : undefined;
	if (chosen !== undefined) return chosen;
	throw new InvalidInputError(
		`The operation ${quote(operation)} of ${quote(name)} does not exist in this node. Valid values: ${[...resource.operations.keys()].join(', ')}`,
		'Choose Operation again',
	);
}

/** A parameter that n8n evaluates for the first item, unless it is an expression. @throws InvalidInputError where items differ */
function sameForAllItems(context: IExecuteFunctions, name: string, label: string): unknown {
	const first: unknown = context.getNodeParameter(name, 0, '');
	const stored = context.getNode().parameters[name];
	if (typeof stored !== 'string' || !stored.startsWith('=')) return first;
	const items = context.getInputData();
	const other = items.findIndex((_, index) => context.getNodeParameter(name, index, '') !== first);
	if (other < 0) return first;
	throw new InvalidInputError(
		`${label} is not the same for all items: item ${other} has another one than item 0`,
		`Choose one ${label} for the whole run, and use one node for each`,
	);
}
