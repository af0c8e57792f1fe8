import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { toError, getOwn, type JsonObject } from '../values/json';
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

/** Share of the poll's time budget in which requests are started; the rest is for the last one. */
const BUDGET_SHARE = 0.5;
const STORAGE_KEY = 'leadDispatchPoll';

/** What a polling trigger has stored, not narrowed yet. */
export interface PollState {
	cursor: unknown;
	seen: unknown;
	/** Takes effect when the poll returns items: n8n stores static data only with an execution. */
	save(cursor: object, seen: SeenEvents): void;
}

export function loadPollState(context: IPollFunctions): PollState {
	const staticData = context.getWorkflowStaticData('node');
	const stored: unknown = staticData[STORAGE_KEY];
	return {
		cursor: getOwn(stored, 'cursor'),
		seen: getOwn(stored, 'seen'),
		save: (cursor, seen) => {
			const state: IDataObject = { cursor: { ...cursor }, seen: seen.toJSON() };
			staticData[STORAGE_KEY] = state;
		},
	};
}

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

export interface Poll {
	state: PollState;
	/** The first scan after publishing only learns what exists: no output, no time limit, starts over if a page fails. */
	isFirstScan: boolean;
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
	const { state, isFirstScan, limits = POLL_LIMITS } = poll;
	const seen = new SeenEvents(limits.maxSeen, isFirstScan ? undefined : state.seen);
	const pages = poll.scan(seen);
	const items: INodeExecutionData[] = [];
	let lastRead: ScanPage | undefined;
	do {
		const page = await nextPage(pages, isFirstScan || lastRead === undefined);
		if (page === undefined) break;
		lastRead = page;
		for (const event of page.events) {
			const id = poll.eventIdOf(event);
			const isNew = !seen.has(id);
			seen.add(id);
			if (isNew && !isFirstScan) items.push({ json: poll.toOutput(event) });
		}
	} while (!lastRead.isLast && items.length < limits.maxItems && (isFirstScan || poll.hasTime()));
	if (lastRead?.isLast) seen.truncate(Math.max(limits.defaultSeen, lastRead.seenAgain));
	if (lastRead !== undefined) state.save(lastRead.cursor, seen);
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

/** A check for `Poll.hasTime`, by the time budget that n8n gives to the poll that starts now. */
export function timeBudget(context: IPollFunctions): () => boolean {
	const startedAt = Date.now();
	return () => Date.now() - startedAt < context.getPollBudgetMs() * BUDGET_SHARE;
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
