import type { INodeExecutionData } from 'n8n-workflow';
import type { TriggerContext } from './TriggerState';

/**
 * A test run of a trigger that is a webhook and something else besides: n8n receives the event, and
 * then runs the node's other half and takes the items from there. So the items are handed over.
 */
const waiting = new Map<string, INodeExecutionData[]>();

const keyOf = (context: TriggerContext) =>
	`${context.getWorkflow().id ?? ''}|${context.getNode().id}`;

/** Leaves the items of a test event for the other half of the node. */
export function stashTestEvent(context: TriggerContext, items: INodeExecutionData[]): void {
	waiting.set(keyOf(context), items);
}

/** Takes the items of a test event, once; undefined when there was none. */
export function takeTestEvent(context: TriggerContext): INodeExecutionData[] | undefined {
	const items = waiting.get(keyOf(context));
	waiting.delete(keyOf(context));
	return items;
}

/** What a poll of a trigger that goes by webhook gives: a test event's items, otherwise nothing. */
export function pollTestEvent(context: TriggerContext): INodeExecutionData[][] | null {
	const items = takeTestEvent(context);
	return items === undefined ? null : [items];
}
