import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { withClient } from '../../shared/transport/withClient';
import { asNumber, getOwn, asText, asTexts } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { toRawOutput } from '../../shared/actions/outcome/outcome';
import {
	withinBudget,
	MAX_ITEMS_PER_POLL,
	MAX_SEEN,
	fetchPageOrStop,
	loadPollState,
	DEFAULT_SEEN,
} from '../../shared/trigger/polling';
import { SeenEvents } from '../../shared/trigger/SeenEvents';
import { leadPage, simplifyLead } from '../lead/lead';
import { autocalls } from '../transport/vendor';
import { readSimplify } from '../../shared/parameters/triggerParameters';
import { readCampaignOf } from './parameters';

/**
 * A walk through the leads of a campaign, which may take several polls.
 *
 * The vendor's list has no order that is promised, and no filter by change. So every walk looks at
 * all leads, and takes those that changed since `from`. A lead may slip past a walk when others move
 * in the list meanwhile: `from` therefore stays two walks behind, and what was seen is dropped. All
 * times are the vendor's own, compared as it writes them, so that no clock of ours matters.
 */
interface Scan {
	campaign: number;
	/** Changes from here on count; undefined in the first walk, which only learns what is there. */
	from: string | undefined;
	/** The newest change that was known when the walk before, and this one, began. */
	newestBefore: string;
	newestAtStart: string;
	newest: string;
	page: number;
	/** How many leads the walk before, and this one, took or found that an earlier one had taken. */
	countBefore: number;
	count: number;
}

const newScan = (campaign: number): Scan => ({
	campaign,
	from: undefined,
	newestBefore: '',
	newestAtStart: '',
	newest: '',
	page: 1,
	countBefore: 0,
	count: 0,
});

/** What is stored of the walk, if it is of this campaign. */
function readScan(stored: unknown, campaign: number): Scan {
	const text = (name: string) => asText(getOwn(stored, name)) ?? '';
	const from = getOwn(stored, 'from');
	const isSame = asNumber(getOwn(stored, 'campaign')) === campaign;
	// A first walk that is not whole tells nothing of the leads that it had yet to look at.
	if (!isSame || typeof from !== 'string') return newScan(campaign);
	return {
		campaign,
		from,
		newestBefore: text('newestBefore'),
		newestAtStart: text('newestAtStart'),
		newest: text('newest'),
		page: asNumber(getOwn(stored, 'page')) ?? 1,
		countBefore: asNumber(getOwn(stored, 'countBefore')) ?? 0,
		count: asNumber(getOwn(stored, 'count')) ?? 0,
	};
}

/** The next walk, after one that came to the end of the list. */
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

function newestOf(leads: JsonObject[], newest: string): string {
	return leads.reduce((latest, lead) => {
		const changedAt = asText(lead.updated_at) ?? '';
		return changedAt > latest ? changedAt : latest;
	}, newest);
}

function toOutput(lead: JsonObject, simplify: boolean): IDataObject {
	return { event: 'lead.status_changed', ...(simplify ? simplifyLead(lead) : toRawOutput(lead)) };
}

/**
 * Looks for leads that reached one of the chosen statuses since the last poll.
 * @returns their items, or null when there are none
 * @throws NodeOperationError when not even one page could be read; what was read is never lost
 */
export async function pollStatuses(
	context: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
	const simplify = readSimplify(context);
	const statuses = new Set(asTexts(context.getNodeParameter('statuses', [])));
	const [only] = statuses.size === 1 ? statuses : [];
	return await withClient(context, autocalls, async (client) => {
		const campaign = readCampaignOf(context);
		const query: Record<string, string | number> = { campaign_id: campaign };
		if (only !== undefined) query.status = only;
		const isWanted = (lead: JsonObject) => statuses.has(asText(lead.status) ?? '');
		if (context.getMode() === 'manual') {
			for (const status of statuses) {
				const { entries } = await leadPage(client, { ...query, status }, 1, 1);
				const sample = entries.find(isWanted);
				if (sample !== undefined) return [[{ json: toOutput(sample, simplify) }]];
			}
			return null;
		}

		const polled = loadPollState(context);
		let walk = readScan(polled.cursor, campaign);
		// The first walk only learns what is there; it has to be whole, or be done again.
		const isFirst = walk.from === undefined;
		let seen = new SeenEvents(MAX_SEEN, isFirst ? undefined : polled.seen);
		const items: INodeExecutionData[] = [];
		const startedAt = Date.now();
		for (let pages = 0; pages === 0 || isFirst || withinBudget(context, startedAt); pages++) {
			const page = await fetchPageOrStop(
				async () => await leadPage(client, query, walk.page),
				isFirst ? 0 : pages,
			);
			if (page === undefined) break;
			walk.newest = newestOf(page.entries, walk.newest);
			// Of the first walk's beginning nothing is known but its first page.
			if (isFirst && walk.page === 1) {
				walk = { ...walk, newestBefore: walk.newest, newestAtStart: walk.newest };
			}
			for (const lead of page.entries.filter(isWanted)) {
				const changedAt = asText(lead.updated_at) ?? '';
				const id = `${asText(lead.id)} ${asText(lead.status)} ${changedAt}`;
				if (changedAt < (walk.from ?? walk.newestAtStart)) continue;
				const isKnown = seen.has(id);
				if (isFirst && !isKnown && seen.size >= DEFAULT_SEEN) {
					// More than can be remembered: from here on only what is newer than all that was read
					// counts. A text that goes on behind a moment is later than that whole second.
					const newest = `${walk.newest}+`;
					walk = { ...walk, newest, newestBefore: newest, newestAtStart: newest };
					seen = new SeenEvents(MAX_SEEN);
					if (changedAt < newest) continue;
				}
				seen.add(id);
				walk.count++;
				if (!isFirst && !isKnown) items.push({ json: toOutput(lead, simplify) });
			}
			const isLast = !page.hasMore || page.entries.length === 0;
			// The next walk looks at all that this one and the one before did.
			if (isLast) seen.truncate(Math.max(DEFAULT_SEEN, walk.countBefore + walk.count));
			walk = isLast ? nextScan(walk) : { ...walk, page: walk.page + 1 };
			if (isLast || !isFirst) polled.save(walk, seen);
			if (isLast || items.length >= MAX_ITEMS_PER_POLL) break;
		}
		return items.length === 0 ? null : [items];
	});
}
