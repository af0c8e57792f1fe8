import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { withClient } from '../../shared/transport/withClient';
import { hasList } from '../../shared/transport/responseValidators';
import { pollTestEvent } from '../../shared/trigger/testEvent';
import { asNumber, asObjects, getOwn } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { collectPages } from '../../shared/transport/pagination';
import {
	withinBudget,
	MAX_ITEMS_PER_POLL,
	MAX_SEEN,
	skipIfRunning,
	fetchPageOrStop,
	loadPollState,
	DEFAULT_SEEN,
} from '../../shared/trigger/polling';
import { SeenEvents } from '../../shared/trigger/SeenEvents';
import type { ApiResponse, ApiClient } from '../../shared/transport/ApiClient';
import { readSimplify } from '../../shared/parameters/triggerParameters';
import { leadsRequest, requireStandard, squadVoice } from '../transport/vendor';
import type { SquadVoiceAccount } from '../transport/vendor';
import { eventIdOf, usesWebhook, readCampaign, readLookBack, toOutput } from './parameters';

type Client = ApiClient<SquadVoiceAccount>;

/** A span of the vendor's clock, in milliseconds since 1970. */
interface TimeWindow {
	from: number;
	to: number;
}

const PAGE_SIZE = 100;
/** Neighbouring spans overlap by this: whether a span holds its own bounds is not documented. */
const OVERLAP_MS = 1000;
/** Spans shorter than this are not cut any more; longer than a seam, so that each goes further. */
const MIN_WINDOW_MS = 2 * OVERLAP_MS;
const SAMPLE_WINDOW_MS = 30 * 24 * 3_600_000;

async function page(
	client: Client,
	campaign: string,
	{ from, to }: TimeWindow,
	number = 1,
	size = PAGE_SIZE,
): Promise<ApiResponse> {
	return await client.request(
		leadsRequest(client.account, 'responses', campaign, {
			method: 'GET',
			safety: 'safe',
			query: { processed_after: from, processed_before: to, page: number, page_size: size },
			expectedStatuses: number > 1 ? [404] : [],
			validateBody: hasList('results'),
		}),
	);
}

const resultsIn = (body: unknown) => asObjects(getOwn(body, 'results'));
const hasMore = (body: unknown) => typeof getOwn(body, 'next') === 'string';

/**
 * The leads that were processed in a span, or the span to try instead when they do not fit one page.
 *
 * The list has no order that is promised, and leads come into it while it is read: what is spread
 * over pages may slip from one to another. So a span is cut until it fits one page, which is one
 * answer; only the leads of two seconds are read page by page.
 */
async function fetchWindow(
	client: Client,
	campaign: string,
	span: TimeWindow,
): Promise<{ leads: JsonObject[] } | { tryInstead: TimeWindow }> {
	const { body } = await page(client, campaign, span);
	const leads = resultsIn(body);
	if (!hasMore(body)) return { leads };
	const width = span.to - span.from;
	if (width > MIN_WINDOW_MS) {
		const count = asNumber(getOwn(body, 'count')) ?? 2 * PAGE_SIZE;
		const share = Math.min(0.5, (0.8 * PAGE_SIZE) / Math.max(count, 1));
		const narrower = Math.max(MIN_WINDOW_MS, Math.floor(width * share));
		return { tryInstead: { from: span.from, to: span.from + narrower } };
	}
	const others = await collectPages(Infinity, async (number) => {
		const reply = await page(client, campaign, span, number + 1);
		return { entries: resultsIn(reply.body), hasMore: hasMore(reply.body) };
	});
	return { leads: [...leads, ...others] };
}

/** Where to begin: now, by the clock that the vendor's `processed_at` is told in. */
async function vendorNow(client: Client, campaign: string): Promise<number> {
	const span = { from: Date.now(), to: Date.now() + 1 };
	const { answeredAt = Date.now() } = await page(client, campaign, span, 1, 1);
	return answeredAt;
}

/**
 * Looks for leads that were processed since the last poll, and a little before.
 * @returns their items, or null when there are none
 * @throws NodeOperationError when not even one page could be read; what was read is never lost
 */
async function pollProcessed(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const simplify = readSimplify(context);
	return await withClient(context, squadVoice, async (client) => {
		requireStandard(client.account);
		const campaign = readCampaign(context);
		const now = await vendorNow(client, campaign);
		if (context.getMode() === 'manual') {
			const { body } = await page(
				client,
				campaign,
				{ from: now - SAMPLE_WINDOW_MS, to: now },
				1,
				1,
			);
			const [sample] = resultsIn(body);
			return sample === undefined ? null : [[{ json: toOutput(sample, simplify) }]];
		}

		const polled = loadPollState(context);
		const seen = new SeenEvents(MAX_SEEN, polled.seen);
		const cursor = getOwn(polled.cursor, 'campaign') === campaign ? polled.cursor : undefined;
		const known = asNumber(getOwn(cursor, 'processedUpTo'));
		// Where the poll before had to stop.
		const goOnFrom = asNumber(getOwn(cursor, 'goOnFrom'));
		// How many leads this poll, and those that it goes on for, have looked at.
		let count = goOnFrom === undefined ? 0 : (asNumber(getOwn(cursor, 'count')) ?? 0);
		const items: INodeExecutionData[] = [];
		const startedAt = Date.now();
		let span = { from: goOnFrom ?? (known ?? now) - readLookBack(context), to: now };
		// The first poll only learns what is there; it has to be whole, or be done again.
		const isFirst = known === undefined;
		for (let spansRead = 0; ; ) {
			const asked = span;
			const found = await fetchPageOrStop(
				async () => await fetchWindow(client, campaign, asked),
				isFirst ? 0 : spansRead,
			);
			if (found === undefined) break;
			if ('tryInstead' in found) {
				span = found.tryInstead;
				continue;
			}
			spansRead++;
			count += found.leads.length;
			for (const lead of found.leads) {
				const id = eventIdOf(lead);
				const isKnown = seen.has(id);
				seen.add(id);
				if (!isFirst && !isKnown) items.push({ json: toOutput(lead, simplify) });
			}
			const isLast = span.to >= now;
			const next = span.to - OVERLAP_MS;
			if (isLast) {
				// The next poll looks back at nothing that these have not looked at.
				seen.truncate(Math.max(DEFAULT_SEEN, count));
				// Polls that went on have not looked back again from where they did.
				polled.save({ campaign, processedUpTo: goOnFrom ?? now }, seen);
			} else if (!isFirst) {
				polled.save({ campaign, processedUpTo: known, goOnFrom: next, count }, seen);
			}
			if (isLast || items.length >= MAX_ITEMS_PER_POLL) break;
			if (!isFirst && !withinBudget(context, startedAt)) break;
			// Twice as wide, in case that the leads are fewer from here on.
			const width = 2 * (span.to - span.from);
			span = { from: next, to: Math.min(now, span.to + width) };
		}
		return items.length === 0 ? null : [items];
	});
}

/** What the trigger does at its Poll Times; by webhook there is nothing to do. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (!usesWebhook(context)) {
		return await skipIfRunning(context, async () => await pollProcessed(context));
	}
	return context.getMode() === 'manual' ? pollTestEvent(context) : null;
}
