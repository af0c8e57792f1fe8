import type { IDataObject } from 'n8n-workflow';
import { hashOf } from '../values/hash';
import { getOwn } from '../values/json';
import { LruMap } from '../values/LruMap';
import type { SeenEvents } from './SeenEvents';
import type { TriggerContext } from './TriggerState';

const STORAGE_KEY = 'leadDispatchPoll';

/**
 * How far polls without items came, by workflow and node, and a hash of what n8n had stored when they began. n8n's durable
 * scheduler drops the static data of such a poll, so that a scan of several polls would start over each time. True for
 * as long as n8n has stored the same: from there on, nothing new was found.
 */
const progress = new LruMap<string, { storedHash: string; state: IDataObject }>(500);

/** What a polling trigger has stored, not narrowed yet. */
export interface PollState {
	cursor: unknown;
	seen: unknown;
	/** Call once, at the end of a poll. @param hasItems n8n stores the static data only with an execution */
	save(cursor: object, seen: SeenEvents, hasItems: boolean): void;
}

/** Where the next poll of a node continues. Not for test runs, which neither read nor change it. */
export function loadPollState(context: TriggerContext): PollState {
	const staticData = context.getWorkflowStaticData('node');
	const key = `${context.getWorkflow().id ?? ''}|${context.getNode().id}`;
	const storedHash = hashOf(staticData[STORAGE_KEY]);
	const found = progress.get(key);
	const start: unknown = found?.storedHash === storedHash ? found.state : staticData[STORAGE_KEY];
	return {
		cursor: getOwn(start, 'cursor'),
		seen: getOwn(start, 'seen'),
		save: (cursor, seen, hasItems) => {
			const state: IDataObject = { cursor: { ...cursor }, seen: seen.toJSON() };
			staticData[STORAGE_KEY] = state;
			// Of a poll with items, n8n stores the state with the execution, or drops both: they are found again.
			if (!hasItems) progress.set(key, { storedHash, state });
		},
	};
}
