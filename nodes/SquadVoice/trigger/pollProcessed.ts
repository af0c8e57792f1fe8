import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { askVendor } from '../../shared/transport/withClient';
import { hasList } from '../../shared/transport/responseValidators';
import { testEvent } from '../../shared/trigger/testEvent';
import { numberOf, objectsIn, own } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { collectPages } from '../../shared/transport/pagination';
import {
	hasTime,
	mostItems,
	mostPolled,
	oneAtATime,
	pageOrNothing,
	readPolled,
	usuallyPolled,
} from '../../shared/trigger/polling';
import { SeenEvents } from '../../shared/trigger/SeenEvents';
import type { Reply, VendorClient } from '../../shared/transport/ApiClient';
import { readSimplify } from '../../shared/parameters/triggerParameters';
import { leadsCall, requireStandard, squadVoice } from '../transport/vendor';
import type { SquadVoiceAccount } from '../transport/vendor';
import { eventIdOf, goesByWebhook, readCampaignOf, readLookBack, toOutput } from './parameters';

type Client = VendorClient<SquadVoiceAccount>;

/** A span of the vendor's clock, in milliseconds since 1970. */
interface Span {
	from: number;
	to: number;
}

const pageSize = 100;
/** Neighbouring spans overlap by this: whether a span holds its own bounds is not documented. */
const seamMs = 1000;
/** Spans shorter than this are not cut any more; longer than a seam, so that each goes further. */
const shortestSpanMs = 2 * seamMs;
const sampleSpanMs = 30 * 24 * 3_600_000;

async function page(
	client: Client,
	campaign: string,
	{ from, to }: Span,
	number = 1,
	size = pageSize,
): Promise<Reply> {
	return await client.call(
		leadsCall(client.account, 'responses', campaign, {
			method: 'GET',
			effect: 'read',
			query: { processed_after: from, processed_before: to, page: number, page_size: size },
			accept: number > 1 ? [404] : [],
			holds: hasList('results'),
		}),
	);
}

const resultsIn = (body: unknown) => objectsIn(own(body, 'results'));
const hasMore = (body: unknown) => typeof own(body, 'next') === 'string';

/**
 * The leads that were processed in a span, or the span to try instead when they do not fit one page.
 *
 * The list has no order that is promised, and leads come into it while it is read: what is spread
 * over pages may slip from one to another. So a span is cut until it fits one page, which is one
 * answer; only the leads of two seconds are read page by page.
 */
async function leadsIn(
	client: Client,
	campaign: string,
	span: Span,
): Promise<{ leads: JsonObject[] } | { tryInstead: Span }> {
	const { body } = await page(client, campaign, span);
	const leads = resultsIn(body);
	if (!hasMore(body)) return { leads };
	const width = span.to - span.from;
	if (width > shortestSpanMs) {
		const count = numberOf(own(body, 'count')) ?? 2 * pageSize;
		const share = Math.min(0.5, (0.8 * pageSize) / Math.max(count, 1));
		const narrower = Math.max(shortestSpanMs, Math.floor(width * share));
		return { tryInstead: { from: span.from, to: span.from + narrower } };
	}
	const others = await collectPages(Infinity, async (number) => {
		const reply = await page(client, campaign, span, number + 1);
		return { entries: resultsIn(reply.body), more: hasMore(reply.body) };
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
	return await askVendor(context, squadVoice, async (client) => {
		requireStandard(client.account);
		const campaign = readCampaignOf(context);
		const now = await vendorNow(client, campaign);
		if (context.getMode() === 'manual') {
			const { body } = await page(client, campaign, { from: now - sampleSpanMs, to: now }, 1, 1);
			const [sample] = resultsIn(body);
			return sample === undefined ? null : [[{ json: toOutput(sample, simplify) }]];
		}

		const polled = readPolled(context);
		const seen = new SeenEvents(mostPolled, polled.seen);
		const cursor = own(polled.cursor, 'campaign') === campaign ? polled.cursor : undefined;
		const known = numberOf(own(cursor, 'processedUpTo'));
		// Where the poll before had to stop.
		const goOnFrom = numberOf(own(cursor, 'goOnFrom'));
		// How many leads this poll, and those that it goes on for, have looked at.
		let count = goOnFrom === undefined ? 0 : (numberOf(own(cursor, 'count')) ?? 0);
		const items: INodeExecutionData[] = [];
		const startedAt = Date.now();
		let span = { from: goOnFrom ?? (known ?? now) - readLookBack(context), to: now };
		// The first poll only learns what is there; it has to be whole, or be done again.
		const isFirst = known === undefined;
		for (let spansRead = 0; ; ) {
			const asked = span;
			const found = await pageOrNothing(
				async () => await leadsIn(client, campaign, asked),
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
			const next = span.to - seamMs;
			if (isLast) {
				// The next poll looks back at nothing that these have not looked at.
				seen.keepNewest(Math.max(usuallyPolled, count));
				// Polls that went on have not looked back again from where they did.
				polled.keep({ campaign, processedUpTo: goOnFrom ?? now }, seen);
			} else if (!isFirst) {
				polled.keep({ campaign, processedUpTo: known, goOnFrom: next, count }, seen);
			}
			if (isLast || items.length >= mostItems) break;
			if (!isFirst && !hasTime(context, startedAt)) break;
			// Twice as wide, in case that the leads are fewer from here on.
			const width = 2 * (span.to - span.from);
			span = { from: next, to: Math.min(now, span.to + width) };
		}
		return items.length === 0 ? null : [items];
	});
}

/** What the trigger does at its Poll Times; by webhook there is nothing to do. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (!goesByWebhook(context)) {
		return await oneAtATime(context, async () => await pollProcessed(context));
	}
	return context.getMode() === 'manual' ? testEvent(context) : null;
}
