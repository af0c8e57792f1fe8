import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** True for On Error = Continue (using error output): failed items come out on an output of their own. */
export function hasErrorOutput(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	return context.getNode().onError === 'continueErrorOutput';
}

/**
 * An item for the error output with exactly this JSON. n8n (2.41) sends an item with an `error` there, and leaves its JSON
 * alone if `pairedItem` is a number; later it replaces the JSON by the error's message. That replacement is declined, and
 * leaves a plain item behind: an `error` that stayed would empty the item again in each node that passes it on.
 * Should n8n copy the item before, it still comes out there, with the message only.
 */
export function toErrorOutput(
	json: IDataObject,
	itemIndex: number,
	message: string,
): INodeExecutionData {
	const item: INodeExecutionData = { json, pairedItem: itemIndex };
	const visible = { enumerable: true, configurable: true };
	Object.defineProperty(item, 'error', { ...visible, value: { message } });
	Object.defineProperty(item, 'json', {
		...visible,
		get: () => json,
		set() {
			delete item.error;
			Object.defineProperty(item, 'json', { ...visible, writable: true, value: json });
			item.pairedItem = { item: itemIndex };
		},
	});
	return item;
}
