import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isFailure, type Outcome } from './outcome';

/**
 * The output items of one input item. n8n (2.41) sends an item to the error output, with the input's columns, only if
 * its json has no keys but `error`, `message` and `details`, and reruns a node whose first item has an `error`.
 */
export function toItems(outcome: Outcome, itemIndex: number): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	if (isFailure(outcome)) {
		const { kind, message, description, httpCode, vendorMessage } = outcome;
		const details: IDataObject = { outcome: kind, itemIndex };
		if (description !== undefined) details.description = description;
		if (httpCode !== undefined) details.httpCode = httpCode;
		if (vendorMessage !== undefined) details.vendorMessage = vendorMessage;
		return [{ json: { error: message, details }, pairedItem }];
	}
	const records = Array.isArray(outcome.data) ? outcome.data : [outcome.data];
	return records.map(({ error, ...data }) => {
		// First, so that it is the first column of n8n's table; the vendor's data cannot overwrite it.
		const json: IDataObject = { outcome: outcome.kind, ...data };
		json.outcome = outcome.kind;
		if (error !== undefined) json.vendorError = error;
		return { json, pairedItem };
	});
}
