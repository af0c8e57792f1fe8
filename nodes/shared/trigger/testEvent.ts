import type { INodeExecutionData } from 'n8n-workflow';
import { LruMap } from '../values/LruMap';
import { nodeKey, type TriggerContext } from './TriggerState';

/**
 * Items of a test event between the two calls that n8n makes for it, by workflow and node. Relies on n8n 2.41: it calls
 * `webhook()`, drops its items, and takes those of `poll()` or `manualTriggerFunction()`, which it calls next.
 */
const stashed = new LruMap<string, INodeExecutionData[]>(100);

/** Leaves the items of a test event for `takeTestEvent`. */
export function stashTestEvent(context: TriggerContext, items: INodeExecutionData[]): void {
	stashed.set(nodeKey(context), items);
}

/** Takes the items of a test event, once; undefined when there are none. */
export function takeTestEvent(context: TriggerContext): INodeExecutionData[] | undefined {
	const items = stashed.get(nodeKey(context));
	stashed.delete(nodeKey(context));
	return items;
}

/** The output of a poll where events come by webhook: a test event's items, otherwise nothing. */
export function pollTestEvent(context: TriggerContext): INodeExecutionData[][] | null {
	const items = takeTestEvent(context);
	return items === undefined ? null : [items];
}
