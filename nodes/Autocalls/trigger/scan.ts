import { POLL_LIMITS, type ScanPage } from '../../shared/trigger/polling';
import type { SeenEvents } from '../../shared/trigger/SeenEvents';
import { asNumber, asText, getOwn, type JsonObject } from '../../shared/values/json';

/** A stored scan of all leads: `from` stays two scans behind, as leads may move; times are Autocalls' texts. */
export interface Scan {
	campaign: number;
	/** Changes since then count; undefined in the first scan, which only learns what exists. */
	from: string | undefined;
	/** The newest change that was known when the previous scan started, and this one. */
	newestBefore: string;
	newestAtStart: string;
	newest: string;
	page: number;
	/** Leads that the previous scan selected, and this one so far. */
	countBefore: number;
	count: number;
}

/** The stored scan; a new one for another campaign, or if the first scan was not complete. */
export function readScan(stored: unknown, campaign: number): Scan {
	const isSame = asNumber(getOwn(stored, 'campaign')) === campaign;
	const from = isSame ? getOwn(stored, 'from') : undefined;
	const known = typeof from === 'string' ? stored : undefined;
	const text = (name: string) => asText(getOwn(known, name)) ?? '';
	const number = (name: string) => asNumber(getOwn(known, name));
	return {
		campaign,
		from: typeof from === 'string' ? from : undefined,
		newestBefore: text('newestBefore'),
		newestAtStart: text('newestAtStart'),
		newest: text('newest'),
		page: number('page') ?? 1,
		countBefore: number('countBefore') ?? 0,
		count: number('count') ?? 0,
	};
}

/** The scan after one that reached the end of the list. */
function nextScan({ campaign, newestBefore, newestAtStart, newest, count }: Scan): Scan {
	return {
		campaign,
		countBefore: count,
		count: 0,
		from: newestBefore,
		newestBefore: newestAtStart,
		newestAtStart: newest,
		newest,
		page: 1,
	};
}

const changedAtOf = (lead: JsonObject) => asText(lead.updated_at) ?? '';
const later = (a: string, b: string) => (a > b ? a : b);

export function eventIdOf(lead: JsonObject): string {
	return `${asText(lead.id)} ${asText(lead.status)} ${changedAtOf(lead)}`;
}

export interface ScanOptions {
	readPage(page: number): Promise<{ entries: JsonObject[]; hasMore: boolean }>;
	isSelected(lead: JsonObject): boolean;
	seen: SeenEvents;
	/** Leads that a first scan can remember. */
	maxLearned?: number;
}

/** Continues a scan, page by page, to the end of the list. */
export async function* scanLeads(
	start: Scan,
	{ readPage, isSelected, seen, maxLearned = POLL_LIMITS.defaultSeen }: ScanOptions,
): AsyncGenerator<ScanPage, void> {
	const isFirst = start.from === undefined;
	let scan = start;
	for (;;) {
		const { entries, hasMore } = await readPage(scan.page);
		const newest = entries.map(changedAtOf).reduce(later, scan.newest);
		scan = { ...scan, newest };
		// All that a first scan knows of its start is its first page.
		if (isFirst && scan.page === 1) scan = { ...scan, newestBefore: newest, newestAtStart: newest };
		const since = scan.from ?? scan.newestAtStart;
		let events = entries.filter((lead) => isSelected(lead) && changedAtOf(lead) >= since);
		if (isFirst && seen.size + newAmong(events, seen) > maxLearned) {
			// More than can be remembered: from here on, only changes later than all those read so far
			// count. The suffix makes the text later than every time within the same second.
			const after = `${newest}+`;
			scan = { ...scan, newest: after, newestBefore: after, newestAtStart: after };
			seen.truncate(0);
			events = [];
		}
		scan = { ...scan, count: scan.count + events.length };
		// The next scan reads again what this one and the previous one selected.
		const seenAgain = scan.countBefore + scan.count;
		const isLast = !hasMore || entries.length === 0;
		scan = isLast ? nextScan(scan) : { ...scan, page: scan.page + 1 };
		yield { events, cursor: scan, isLast, seenAgain };
		if (isLast) return;
	}
}

function newAmong(leads: JsonObject[], seen: SeenEvents): number {
	return new Set(leads.map(eventIdOf).filter((id) => !seen.has(id))).size;
}
