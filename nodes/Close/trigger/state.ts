import { asNumber, getOwn, asText } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { MAX_SEEN, MAX_SEEN_STORED } from '../../shared/trigger/TriggerState';
import type { TriggerState } from '../../shared/trigger/TriggerState';
import { momentOf } from './events';

/** What the trigger keeps besides the events it has seen. */
export const kept = {
	/** The subscription's ID. */
	id: 'subscriptionId',
	/** The address that it goes to. */
	url: 'subscriptionUrl',
	/** Its secret, in hex: Close tells it once, when the subscription is made. */
	secret: 'signatureKey',
	/** By kind of event, such as `lead.created`: from when on the log is to be read, in ISO 8601. */
	readFrom: 'logReadFrom',
	/** The organization whose log that is. */
	organization: 'organizationId',
	/** When the newest event was, in ISO 8601. */
	moment: 'newestEventAt',
	/** Up to this moment every event counts as seen: not all of their marks are stored any more. */
	floor: 'seenUpTo',
	/** What `floor` will be when as many events again have come. */
	nextFloor: 'seenUpToNext',
	/** How many events came since `nextFloor` was kept. */
	count: 'eventsSince',
} as const;

/** The marks of two such portions are stored, so an event of the last but one is known by its mark. */
const portion = MAX_SEEN_STORED / 2;

/** Keeps the moment of an event if it is the newest so far. */
export function keepMoment(state: TriggerState, event: JsonObject): void {
	const moment = momentOf(event);
	if (moment === undefined || moment <= (asText(state.fact(kept.moment)) ?? '')) return;
	state.keep({ [kept.moment]: moment });
}

/** Events may enter the log a little late; Close's docs say to read the last five minutes again. */
const overlapMs = 300_000;

const overlapBefore = (moment: string) => new Date(Date.parse(moment) - overlapMs).toISOString();

/** What Close says of its event log. */
export interface LogNow {
	/** The moment by Close's clock, in ISO 8601. */
	now: string;
	organization: string | undefined;
}

/**
 * From when on the log is to be read, for each kind of event. Only reading it moves that: a webhook
 * says nothing of those that did not come. A kind that is new begins now.
 */
export function readFromOf(
	state: TriggerState,
	kinds: ReadonlySet<string>,
	{ now, organization }: LogNow,
): Map<string, string> {
	const known = state.fact(kept.organization) ?? organization;
	const isAnother = organization !== undefined && known !== organization;
	const stored = isAnother ? {} : state.fact(kept.readFrom);
	const newest = asText(state.fact(kept.moment));
	// Earlier versions of this package stored no more than the newest event.
	const otherwise = stored === undefined && newest !== undefined ? overlapBefore(newest) : now;
	return new Map([...kinds].map((kind) => [kind, asText(getOwn(stored, kind)) ?? otherwise]));
}

/** Keeps that the log was read up to now. */
export function keepRead(
	state: TriggerState,
	from: ReadonlyMap<string, string>,
	{ now, organization }: LogNow,
): void {
	const next = [...from].map(([kind, moment]) => [
		kind,
		moment > overlapBefore(now) ? moment : overlapBefore(now),
	]);
	state.keep({ [kept.readFrom]: Object.fromEntries(next) });
	knownOf(state).sinceRead = 0;
	if (organization !== undefined) state.keep({ [kept.organization]: organization });
}

/** Keeps that the log is not read: when it is read again, it begins then. */
export function keepUnread(state: TriggerState): void {
	state.keep({ [kept.readFrom]: {} });
}

/** Of each state, the floor that this process found, and how many events came since the log was read. */
const known = new WeakMap<TriggerState, { floor?: string; sinceRead: number }>();

function knownOf(state: TriggerState): { floor?: string; sinceRead: number } {
	const found = known.get(state) ?? { sinceRead: 0 };
	found.floor ??= asText(state.fact(kept.floor));
	known.set(state, found);
	return found;
}

/**
 * Up to this moment every event counts as seen. A process remembers far more events than are stored: as
 * long as it does, what is not among them was not seen, though the stored floor has moved on.
 */
export function floorOf(state: TriggerState): string {
	const { floor, sinceRead } = knownOf(state);
	const remembersAll = sinceRead < MAX_SEEN - portion;
	return (remembersAll ? floor : asText(state.fact(kept.floor))) ?? '';
}

/** Counts an event that was marked as seen. To be called after `keepMoment`. */
export function countSeen(state: TriggerState): void {
	knownOf(state).sinceRead++;
	const count = (asNumber(state.fact(kept.count)) ?? 0) + 1;
	if (count < portion) return state.keep({ [kept.count]: count });
	state.keep({
		[kept.count]: 0,
		[kept.floor]: asText(state.fact(kept.nextFloor)),
		[kept.nextFloor]: asText(state.fact(kept.moment)),
	});
}

/** For a trigger that begins: what happened up to a moment, in ISO 8601, is none of its business. */
export function beginAt(state: TriggerState, moment: string): void {
	const newest = asText(state.fact(kept.moment)) ?? '';
	state.keep({
		[kept.moment]: newest > moment ? newest : moment,
		[kept.floor]: moment,
		[kept.nextFloor]: moment,
	});
}
