import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { toError, getOwn } from '../values/json';
import type { SeenEvents } from './SeenEvents';

/** So many events a polling trigger remembers; they are stored only when it has news. */
export const DEFAULT_SEEN = 20_000;
/** And so many where it has to: those that it will look at again, or else they would come out again. */
export const MAX_SEEN = 100_000;
/** So many items start one execution; the rest comes with the next poll. */
export const MAX_ITEMS_PER_POLL = 10_000;
/** Of the time that n8n gives a poll, this part; the rest is for the request that is under way then. */
const BUDGET_SHARE = 0.5;
const STORAGE_KEY = 'leadDispatchPoll';

/** What a polling trigger has stored, and how it stores more. */
export interface PollState {
	cursor: unknown;
	seen: unknown;
	/** n8n stores it together with the execution that the poll starts. */
	save(cursor: object, seen: SeenEvents): void;
}

export function loadPollState(context: IPollFunctions): PollState {
	const staticData = context.getWorkflowStaticData('node');
	const stored: unknown = staticData[STORAGE_KEY];
	return {
		cursor: getOwn(stored, 'cursor'),
		seen: getOwn(stored, 'seen'),
		save: (cursor, seen) => {
			const kept: IDataObject = { cursor: { ...cursor }, seen: seen.toJSON() };
			staticData[STORAGE_KEY] = kept;
		},
	};
}

/** Whether a poll may go on with another page. */
export function withinBudget(context: IPollFunctions, startedAtMs: number): boolean {
	return Date.now() - startedAtMs < context.getPollBudgetMs() * BUDGET_SHARE;
}

/**
 * Fetches a page. Where one fails after others were read, those are not thrown away: the poll ends
 * with them, and the next one begins at this page.
 * @throws what the fetch threw, for the first page of a poll
 */
export async function fetchPageOrStop<Page>(
	fetchPage: () => Promise<Page>,
	pagesRead: number,
): Promise<Page | undefined> {
	try {
		return await fetchPage();
	} catch (error) {
		if (pagesRead === 0) throw toError(error);
		return undefined;
	}
}

const running = new Set<string>();

/** Runs a poll, unless the one before is still running: n8n starts the next one all the same. */
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
