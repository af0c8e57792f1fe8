import { registrationState, type RegistrationContext } from '../../shared/trigger/TriggerState';
import { CloseTriggerState } from './state';

/** Events may enter the log late: Close API page, Event Log, says to read the last five minutes again. */
const OVERLAP_MS = 300_000;

const withOverlap = (time: string) => new Date(Date.parse(time) - OVERLAP_MS).toISOString();

export interface LogPosition {
	/** The time by Close's clock, in ISO 8601. */
	now: string;
	/** Whose log it is; undefined while the log is empty. */
	organization: string | undefined;
}

/** The time from which to read the log, by kind of event; webhooks do not move it. A new kind starts now. */
export function logReadFrom(
	{ data }: CloseTriggerState,
	kinds: ReadonlySet<string>,
	{ now, organization }: LogPosition,
): Map<string, string> {
	const isOtherOrganization =
		organization !== undefined && (data.organizationId ?? organization) !== organization;
	const stored = isOtherOrganization ? {} : data.logReadFrom;
	// Earlier versions of this package stored only the time of the newest event.
	const start =
		stored === undefined && data.newestEventAt !== undefined
			? withOverlap(data.newestEventAt)
			: now;
	return new Map([...kinds].map((kind) => [kind, stored?.[kind] ?? start]));
}

/** Stores that the log was read from these times up to now, except for the kinds that Close refused. */
export function saveLogPosition(
	state: CloseTriggerState,
	readFrom: ReadonlyMap<string, string>,
	{ now, organization }: LogPosition,
	refused: ReadonlySet<string>,
): void {
	const next = withOverlap(now);
	const times = [...readFrom].map(([kind, time]) => [
		kind,
		refused.has(kind) || time > next ? time : next,
	]);
	state.update({ logReadFrom: Object.fromEntries(times) });
	if (organization !== undefined) state.update({ organizationId: organization });
	state.watermark.logWasRead();
}

/** Stores from where to read a log that cannot be read now, so that nothing is skipped once it can. */
export function keepLogPosition(context: RegistrationContext, kinds: ReadonlySet<string>): void {
	const state = registrationState(context, CloseTriggerState);
	const now = new Date().toISOString();
	const readFrom = logReadFrom(state, kinds, { now, organization: undefined });
	if (!state.watermark.isStarted) state.watermark.startAt(now);
	state.update({ logReadFrom: Object.fromEntries(readFrom) });
}
