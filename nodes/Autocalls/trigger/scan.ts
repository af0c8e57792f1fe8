import type { Page } from '../../shared/transport/pagination';
import { POLL_LIMITS, type PollStage, type ScanPage } from '../../shared/trigger/polling';
import type { SeenEvents } from '../../shared/trigger/SeenEvents';
import { asNumber, asText, getOwn, type JsonObject } from '../../shared/values/json';
import { clockAt, epochMsOf } from './vendorClock';

/** What a scan selects: all leads of these statuses in a campaign. */
export interface Selection {
	campaign: number;
	/** The statuses in one text. */
	statuses: string;
}

/** A stored scan of all leads: `from` stays two scans behind, as leads may move; times are Autocalls' texts. */
export interface Scan extends Selection {
	/** Changes since then count; undefined in the first scan, which only learns what exists. */
	from: string | undefined;
	/** When the first scan began, in epoch milliseconds; undefined after it and before. */
	startedAt: number | undefined;
	/** The same by the clock of the list, as far as its times show it. The first scan ignores what changed later. */
	learnUpTo: number | undefined;
	/** The newest change that was known when the previous scan started, and this one. */
	newestBefore: string;
	newestAtStart: string;
	newest: string;
	page: number;
	/** Leads that the previous scan selected, and this one so far. */
	countBefore: number;
	count: number;
}

/** The stored scan; a new one for another campaign. The first scan also starts over for other statuses. */
export function readScan(stored: unknown, { campaign, statuses }: Selection): Scan {
	const isSame = asNumber(getOwn(stored, 'campaign')) === campaign;
	const from = isSame ? getOwn(stored, 'from') : undefined;
	const isLearning = isSame && getOwn(stored, 'statuses') === statuses;
	const known = typeof from === 'string' || isLearning ? stored : undefined;
	const text = (name: string) => asText(getOwn(known, name)) ?? '';
	const number = (name: string) => asNumber(getOwn(known, name));
	return {
		campaign,
		statuses,
		from: typeof from === 'string' ? from : undefined,
		startedAt: number('startedAt'),
		learnUpTo: number('learnUpTo'),
		newestBefore: text('newestBefore'),
		newestAtStart: text('newestAtStart'),
		newest: text('newest'),
		page: number('page') ?? 1,
		countBefore: number('countBefore') ?? 0,
		count: number('count') ?? 0,
	};
}

/** The stage that a stored scan is in. */
export function stageOf({ from, startedAt }: Scan): PollStage {
	if (from !== undefined) return 'watch';
	return startedAt === undefined ? 'start' : 'learn';
}

/** The scan after one that reached the end of the list. */
function nextScan(scan: Scan): Scan {
	return {
		...scan,
		startedAt: undefined,
		learnUpTo: undefined,
		countBefore: scan.count,
		count: 0,
		from: scan.newestBefore,
		newestBefore: scan.newestAtStart,
		newestAtStart: scan.newest,
		page: 1,
	};
}

const changedAtOf = (lead: JsonObject) => asText(lead.updated_at) ?? '';
const later = (a: string, b: string) => (a > b ? a : b);
const newestOf = (leads: JsonObject[], newest: string) =>
	leads.map(changedAtOf).reduce(later, newest);

export function eventIdOf(lead: JsonObject): string {
	return `${asText(lead.id)} ${asText(lead.status)} ${changedAtOf(lead)}`;
}

export interface ScanOptions {
	readPage(page: number): Promise<Page<JsonObject>>;
	isSelected(lead: JsonObject): boolean;
	seen: SeenEvents;
	/** Leads that a first scan can remember. */
	maxLearned?: number;
}

/**
 * The start of the first scan by the clock of the list, given one more page. All leads of its first page count as
 * changed before.
 */
function learnFrom(scan: Scan, { entries, answeredAt = Date.now() }: Page<JsonObject>): Scan {
	const startedAt = scan.startedAt ?? answeredAt;
	const newestMs = epochMsOf(newestOf(entries, ''));
	const atStart = scan.startedAt === undefined ? newestMs : undefined;
	const known = [scan.learnUpTo, clockAt(startedAt, newestMs, answeredAt), atStart];
	const learnUpTo = Math.max(...known.map((time) => time ?? startedAt));
	return { ...scan, startedAt, learnUpTo };
}

/** Continues a scan, page by page, to the end of the list. */
export async function* scanLeads(
	start: Scan,
	{ readPage, isSelected, seen, maxLearned = POLL_LIMITS.defaultSeen }: ScanOptions,
): AsyncGenerator<ScanPage, void> {
	const isFirst = start.from === undefined;
	let scan = start;
	for (;;) {
		const page = await readPage(scan.page);
		if (isFirst) scan = learnFrom(scan, page);
		const { learnUpTo = Infinity } = scan;
		// What changes during the first scan is for the second one: it must not be learned.
		const entries = page.entries.filter(
			(lead) => !((epochMsOf(changedAtOf(lead)) ?? 0) > learnUpTo),
		);
		const newest = newestOf(entries, scan.newest);
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
		const isLast = !page.hasMore || page.entries.length === 0;
		scan = isLast ? nextScan(scan) : { ...scan, page: scan.page + 1 };
		yield { events, cursor: scan, isLast, seenAgain };
		if (isLast) return;
	}
}

function newAmong(leads: JsonObject[], seen: SeenEvents): number {
	return new Set(leads.map(eventIdOf).filter((id) => !seen.has(id))).size;
}
