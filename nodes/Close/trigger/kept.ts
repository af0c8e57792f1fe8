import { textOf } from '../../shared/json';
import type { JsonObject } from '../../shared/json';
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
} as const;

/** Keeps the moment of an event if it is the newest so far. */
export function keepMoment(state: TriggerState, event: JsonObject): void {
	const moment = momentOf(event);
	if (moment === undefined || moment <= (textOf(state.fact(kept.moment)) ?? '')) return;
	state.keep({ [kept.moment]: moment });
}
