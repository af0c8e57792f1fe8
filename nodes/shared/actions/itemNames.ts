import type { INodeExecutionData } from 'n8n-workflow';
import { ItemParameters } from '../parameters/ItemParameters';
import type { NodeParameters } from '../parameters/NodeParameters';
import type { AccountConfig } from '../transport/vendor';
import { asText, getOwn } from '../values/json';
import type { Operation } from './operation';
import type { NameOfItem } from './outcome/reasons';

/** What identifies an item in most operations, the most specific first. */
const NAMING_PARAMETERS = ['leadId', 'phoneNumber', 'name'];

/** Names the items of a run for messages. Reads each only when it is asked for: most runs name none. */
export function itemNames<Lead, A extends AccountConfig, Found>(
	operation: Operation<Lead, A, Found>,
	items: readonly INodeExecutionData[],
	parameters: NodeParameters,
): NameOfItem {
	return (itemIndex) => {
		const item = new ItemParameters(parameters, itemIndex, items[itemIndex]?.json ?? {});
		try {
			const own = asText(operation.itemName?.(item));
			if (own !== undefined) return own;
			for (const name of NAMING_PARAMETERS) {
				const value = item.value(name);
				const text = asText(getOwn(value, 'value') ?? value);
				if (text !== undefined) return text;
			}
		} catch {
			// An item that cannot be read has no name.
		}
		return undefined;
	};
}
