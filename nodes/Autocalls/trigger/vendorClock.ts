/** Timezones are whole quarters of an hour ahead of UTC. */
const QUARTER_MS = 15 * 60_000;
/** What the clocks of the vendor's machines may differ by. */
const TOLERANCE_MS = 60_000;

const DATE_AND_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:?\d\d)?$/;

/** A time of the list in epoch milliseconds, without a zone as if it were UTC; undefined for anything else. */
export function epochMsOf(text: string): number | undefined {
	const [, date, time, zone = 'Z'] = DATE_AND_TIME.exec(text) ?? [];
	const epochMs = Date.parse(`${date}T${time}${zone}`);
	return Number.isNaN(epochMs) ? undefined : epochMs;
}

/**
 * A moment by the clock of the list, whose timezone is not documented: UTC, unless a time in the list is later than the
 * moment in which the vendor sent it. Then it is as far ahead as that shows.
 */
export function clockAt(
	momentMs: number,
	newestMs: number | undefined,
	answeredAt: number,
): number {
	const aheadMs = (newestMs ?? answeredAt) - answeredAt - TOLERANCE_MS;
	return momentMs + Math.max(0, Math.ceil(aheadMs / QUARTER_MS) * QUARTER_MS);
}
