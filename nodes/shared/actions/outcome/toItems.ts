import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { withoutRunColumns } from '../../parameters/columns';
import { toErrorOutput } from './errorOutput';
import { isFailure, type Failure, type Outcome } from './outcome';

/** How the items of one run come out. */
export interface OutputSettings {
	/** Items that did not fail have the number of their input, too; what is read says nothing about the input. */
	includeIndex: boolean;
	/** Include Input Fields: they also have its columns. */
	includeInput: boolean;
	/** On Error = Continue (using error output). */
	hasErrorOutput: boolean;
}

/**
 * The output items of one input item: first what happened to it, then the columns of the input, whose names never replace
 * ours. n8n (2.41) reruns a node whose first item has an `error`, so only failed items have one.
 */
export function toItems(
	outcome: Outcome,
	itemIndex: number,
	input: IDataObject,
	{ includeIndex, includeInput, hasErrorOutput }: OutputSettings,
): INodeExecutionData[] {
	if (isFailure(outcome)) {
		const json = failureJson(outcome, itemIndex, input);
		return hasErrorOutput
			? [toErrorOutput(json, itemIndex, outcome.message)]
			: [{ json, pairedItem: { item: itemIndex } }];
	}
	const records = Array.isArray(outcome.data) ? outcome.data : [outcome.data];
	const columns = includeInput ? withoutRunColumns(input) : {};
	return records.map(({ error, ...data }) => {
		// First, so that it is the first column of n8n's table; the vendor's data cannot overwrite it.
		const own: IDataObject = { outcome: outcome.kind, ...data };
		own.outcome = outcome.kind;
		if (error !== undefined) own.vendorError = error;
		if (includeIndex) own.itemIndex = itemIndex;
		const json = includeInput ? { ...own, ...columns, ...own } : own;
		return { json, pairedItem: { item: itemIndex } };
	});
}

/** `details` repeats the outcome for workflows that read it there. */
function failureJson(failure: Failure, itemIndex: number, input: IDataObject): IDataObject {
	const { kind, message, description, httpCode, vendorMessage } = failure;
	const details: IDataObject = { outcome: kind, itemIndex };
	if (description !== undefined) details.description = description;
	if (httpCode !== undefined) details.httpCode = httpCode;
	if (vendorMessage !== undefined) details.vendorMessage = vendorMessage;
	const own = { outcome: kind, error: message, itemIndex };
	return { ...own, ...withoutRunColumns(input), ...own, details };
}
