import { collectPages } from '../../shared/transport/pagination';
import type { PollStage, ScanPage } from '../../shared/trigger/polling';
import { asNumber, getOwn, type JsonObject } from '../../shared/values/json';

/** A window of the vendor's clock, in milliseconds since 1970. */
export interface TimeWindow {
	from: number;
	to: number;
}

/** One page of the leads that were processed in a window. */
export interface ResultsPage {
	leads: JsonObject[];
	hasMore: boolean;
	/** All leads of the window; undefined if the vendor does not say. */
	count: number | undefined;
}

/** Reads a page, the first is 1. */
export type ReadPage = (window: TimeWindow, page: number) => Promise<ResultsPage>;

/** Leads on one page. */
export const PAGE_SIZE = 100;
/** Adjacent windows overlap: it is not documented whether a window includes its bounds. */
const OVERLAP_MS = 1000;
/** The shortest window; longer than the overlap, so that each window gets further. */
const MIN_WINDOW_MS = 2 * OVERLAP_MS;
/** The part of a page that a narrower window should fill. */
const TARGET_FILL = 0.8;

/** Where the trigger is, as it is stored; times in milliseconds since 1970. */
export interface Cursor {
	campaign: string;
	/** Up to when leads were read; undefined in the first scan. */
	processedUpTo: number | undefined;
	/** Where an unfinished scan ends: when its first poll began. */
	scanUpTo: number | undefined;
	/** Where an unfinished scan continues. */
	resumeFrom: number | undefined;
	/** Leads that the unfinished scan has read. */
	count: number;
}

/** The stored cursor; a new one for another campaign. */
export function readCursor(stored: unknown, campaign: string): Cursor {
	const cursor = getOwn(stored, 'campaign') === campaign ? stored : undefined;
	const resumeFrom = asNumber(getOwn(cursor, 'goOnFrom'));
	return {
		campaign,
		processedUpTo: asNumber(getOwn(cursor, 'processedUpTo')),
		scanUpTo: asNumber(getOwn(cursor, 'scanUpTo')),
		resumeFrom,
		count: resumeFrom === undefined ? 0 : (asNumber(getOwn(cursor, 'count')) ?? 0),
	};
}

/** The stage that a stored cursor is in. */
export function stageOf({ processedUpTo, scanUpTo }: Cursor): PollStage {
	if (processedUpTo !== undefined) return 'watch';
	return scanUpTo === undefined ? 'start' : 'learn';
}

/**
 * The leads of a window, narrowed until they fit one page: the list has no documented order, and a lead may move between
 * pages unseen. Only the shortest window is read page by page.
 */
async function readNarrowed(
	read: ReadPage,
	window: TimeWindow,
): Promise<{ leads: JsonObject[]; window: TimeWindow }> {
	const { leads, hasMore, count = 2 * PAGE_SIZE } = await read(window, 1);
	if (!hasMore) return { leads, window };
	const widthMs = window.to - window.from;
	if (widthMs > MIN_WINDOW_MS) {
		const share = Math.min(0.5, (TARGET_FILL * PAGE_SIZE) / Math.max(count, 1));
		const narrowerMs = Math.max(MIN_WINDOW_MS, Math.floor(widthMs * share));
		return await readNarrowed(read, { from: window.from, to: window.from + narrowerMs });
	}
	const others = await collectPages(Infinity, async (page) => {
		const next = await read(window, page + 1);
		return { entries: next.leads, hasMore: next.hasMore };
	});
	return { leads: [...leads, ...others], window };
}

/**
 * Scans leads processed since the last scan, and `lookBackMs` before it.
 * @param upTo where the scan ends, by the vendor's clock: a scan over several polls ends where its first one began
 */
export async function* scanProcessed(
	read: ReadPage,
	{ campaign, processedUpTo, scanUpTo, resumeFrom, count: countBefore }: Cursor,
	upTo: number,
	lookBackMs: number,
): AsyncGenerator<ScanPage, void> {
	let count = countBefore;
	let next: TimeWindow = { from: resumeFrom ?? (processedUpTo ?? upTo) - lookBackMs, to: upTo };
	for (;;) {
		const { leads, window } = await readNarrowed(read, next);
		count += leads.length;
		const isLast = window.to >= upTo;
		const continueAt = window.to - OVERLAP_MS;
		const cursor = isLast
			? // A scan of an earlier version has no end of its own: the next one looks back from its last part.
				{ campaign, processedUpTo: scanUpTo ?? resumeFrom ?? upTo }
			: { campaign, processedUpTo, scanUpTo: upTo, goOnFrom: continueAt, count };
		yield { events: leads, cursor, isLast, seenAgain: count };
		if (isLast) return;
		// Twice as wide, in case there are fewer leads from here on.
		const widthMs = 2 * (window.to - window.from);
		next = { from: continueAt, to: Math.min(upTo, window.to + widthMs) };
	}
}
