import { numberOf, textOf } from '../../shared/json';
import type { JsonObject } from '../../shared/json';
import { mostSeenStored } from '../../shared/triggerState';
import type { TriggerState } from '../../shared/triggerState';
import { momentOf } from './events';

/** What the trigger keeps besides the events it has seen. */
export const kept = {
	/** The subscription's ID. */
	id: 'subscriptionId',
	/** Its secret, in hex: Close tells it once, when the subscription is made. */
	secret: 'signatureKey',
	/** When the newest event was, in ISO 8601: the event log is read from there after a downtime. */
	moment: 'newestEventAt',
	/** Up to this moment every event counts as seen: not all of their marks are stored any more. */
	floor: 'seenUpTo',
	/** What `floor` will be when as many events again have come. */
	nextFloor: 'seenUpToNext',
	/** How many events came since `nextFloor` was kept. */
	count: 'eventsSince',
} as const;

/** The marks of two such portions are stored, so an event of the last but one is known by its mark. */
const portion = mostSeenStored / 2;

/** Keeps the moment of an event if it is the newest so far. */
export function keepMoment(state: TriggerState, event: JsonObject): void {
	const moment = momentOf(event);
	if (moment === undefined || moment <= (textOf(state.fact(kept.moment)) ?? '')) return;
	state.keep({ [kept.moment]: moment });
}

/** Counts an event that was marked as seen. To be called after `keepMoment`. */
export function countSeen(state: TriggerState): void {
	const count = (numberOf(state.fact(kept.count)) ?? 0) + 1;
	if (count < portion) return state.keep({ [kept.count]: count });
	state.keep({
		[kept.count]: 0,
		[kept.floor]: textOf(state.fact(kept.nextFloor)),
		[kept.nextFloor]: textOf(state.fact(kept.moment)),
	});
}

/** For a trigger that begins: what happened up to a moment, in ISO 8601, is none of its business. */
export function beginAt(state: TriggerState, moment: string): void {
	const newest = textOf(state.fact(kept.moment)) ?? '';
	state.keep({
		[kept.moment]: newest > moment ? newest : moment,
		[kept.floor]: moment,
		[kept.nextFloor]: moment,
	});
}
