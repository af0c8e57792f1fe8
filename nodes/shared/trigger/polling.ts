import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { toError, type JsonObject } from '../values/json';
import type { PollState } from './pollState';
import { SeenEvents } from './SeenEvents';

/** Bounds of a poll, in events. */
export interface PollLimits {
	/** Events that are remembered when nothing more is needed; only stored when a poll finds something. */
	defaultSeen: number;
	/** Events that are remembered at most: those that the next scan reads again. */
	maxSeen: number;
	/** Items that start one execution; a page more may. The next poll takes the rest. */
	maxItems: number;
}

export const POLL_LIMITS: PollLimits = { defaultSeen: 20_000, maxSeen: 100_000, maxItems: 10_000 };

/** Share of the poll's time in which requests are started; the rest is for the last one. */
const START_SHARE = 0.5;
/** Longest poll, whatever n8n allows: n8n gives up an activation, and with it the first poll, after 84 seconds. */
const MAX_POLL_MS = 75_000;
/** Time for a request at least. */
const MIN_POLL_MS = 5_000;

export interface ScanPage {
	/** The events that count; known ones included. */
	events: JsonObject[];
	/** Where the scan continues after this page, as it is stored. */
	cursor: object;
	/** True at the end of the scan; the cursor then starts the next one. */
	isLast: boolean;
	/** Events that the next scan will read again. */
	seenAgain: number;
}

/**
 * `start`: the first poll of the first scan, which only learns what exists and outputs nothing; `learn`: a later poll of
 * the first scan; `watch`: the polls after it.
 */
export type PollStage = 'start' | 'learn' | 'watch';

export interface Poll {
	state: PollState;
	stage: PollStage;
	/** Reads page after page from the stored cursor on; is not asked for pages that do not fit the poll. */
	scan(seen: SeenEvents): AsyncIterator<ScanPage, void>;
	eventIdOf(event: JsonObject): string;
	toOutput(event: JsonObject): IDataObject;
	/** True while the poll may start to read another page. */
	hasTime(): boolean;
	limits?: PollLimits;
}

/**
 * Polls once: reads pages until the scan or the time ends, a page fails, or enough items are found. The next poll
 * continues. @returns the new events, or null
 * @throws what reading the first page threw; a later page only ends the poll, so that no item is lost
 */
export async function runPoll(poll: Poll): Promise<INodeExecutionData[][] | null> {
	const { state, stage, limits = POLL_LIMITS } = poll;
	const seen = new SeenEvents(limits.maxSeen, stage === 'start' ? undefined : state.seen);
	const pages = poll.scan(seen);
	const items: INodeExecutionData[] = [];
	let lastRead: ScanPage | undefined;
	do {
		const page = await nextPage(pages, lastRead === undefined);
		if (page === undefined) break;
		lastRead = page;
		for (const event of page.events) {
			const id = poll.eventIdOf(event);
			const isNew = !seen.has(id);
			seen.add(id);
			if (isNew && stage === 'watch') items.push({ json: poll.toOutput(event) });
		}
	} while (!lastRead.isLast && items.length < limits.maxItems && poll.hasTime());
	if (lastRead?.isLast) seen.truncate(Math.max(limits.defaultSeen, lastRead.seenAgain));
	if (lastRead !== undefined) state.save(lastRead.cursor, seen, items.length > 0);
	return items.length === 0 ? null : [items];
}

async function nextPage(
	pages: AsyncIterator<ScanPage, void>,
	isRequired: boolean,
): Promise<ScanPage | undefined> {
	try {
		return (await pages.next()).value ?? undefined;
	} catch (error) {
		if (isRequired) throw toError(error);
		return undefined;
	}
}

/** The time of the poll that starts now: when its last request is aborted, and a check for `Poll.hasTime`. */
export function pollTime(context: Pick<IPollFunctions, 'getPollBudgetMs'>): {
	maxMs: number;
	hasTime: () => boolean;
} {
	const startedAt = Date.now();
	const budgetMs = Math.min(context.getPollBudgetMs(), MAX_POLL_MS);
	return {
		maxMs: Math.max(budgetMs, MIN_POLL_MS),
		hasTime: () => Date.now() - startedAt < budgetMs * START_SHARE,
	};
}

const running = new Set<string>();

/** Runs a poll unless the previous one of the node is still running: n8n does not wait for it. */
export async function skipIfRunning(
	context: IPollFunctions,
	poll: () => Promise<INodeExecutionData[][] | null>,
): Promise<INodeExecutionData[][] | null> {
	const key = `${context.getMode()}|${context.getWorkflow().id ?? ''}|${context.getNode().id}`;
	if (running.has(key)) return null;
	running.add(key);
	try {
		return await poll();
	} finally {
		running.delete(key);
	}
}
