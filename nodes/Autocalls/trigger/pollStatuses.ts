import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { askVendor } from '../../shared/transport/withClient';
import { numberOf, own, textOf, textsIn } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { rawRecord } from '../../shared/actions/outcome/outcome';
import {
	hasTime,
	mostItems,
	mostPolled,
	pageOrNothing,
	readPolled,
	usuallyPolled,
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
interface Walk {
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

const newWalk = (campaign: number): Walk => ({
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
function readWalk(stored: unknown, campaign: number): Walk {
	const text = (name: string) => textOf(own(stored, name)) ?? '';
	const from = own(stored, 'from');
	const isSame = numberOf(own(stored, 'campaign')) === campaign;
	// A first walk that is not whole tells nothing of the leads that it had yet to look at.
	if (!isSame || typeof from !== 'string') return newWalk(campaign);
	return {
		campaign,
		from,
		newestBefore: text('newestBefore'),
		newestAtStart: text('newestAtStart'),
		newest: text('newest'),
		page: numberOf(own(stored, 'page')) ?? 1,
		countBefore: numberOf(own(stored, 'countBefore')) ?? 0,
		count: numberOf(own(stored, 'count')) ?? 0,
	};
}

/** The next walk, after one that came to the end of the list. */
function nextWalk({ campaign, newestBefore, newestAtStart, newest, count }: Walk): Walk {
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
		const changedAt = textOf(lead.updated_at) ?? '';
		return changedAt > latest ? changedAt : latest;
	}, newest);
}

function toOutput(lead: JsonObject, simplify: boolean): IDataObject {
	return { event: 'lead.status_changed', ...(simplify ? simplifyLead(lead) : rawRecord(lead)) };
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
	const statuses = new Set(textsIn(context.getNodeParameter('statuses', [])));
	const [only] = statuses.size === 1 ? statuses : [];
	return await askVendor(context, autocalls, async (client) => {
		const campaign = readCampaignOf(context);
		const query: Record<string, string | number> = { campaign_id: campaign };
		if (only !== undefined) query.status = only;
		const isWanted = (lead: JsonObject) => statuses.has(textOf(lead.status) ?? '');
		if (context.getMode() === 'manual') {
			for (const status of statuses) {
				const { entries } = await leadPage(client, { ...query, status }, 1, 1);
				const sample = entries.find(isWanted);
				if (sample !== undefined) return [[{ json: toOutput(sample, simplify) }]];
			}
			return null;
		}

		const polled = readPolled(context);
		let walk = readWalk(polled.cursor, campaign);
		// The first walk only learns what is there; it has to be whole, or be done again.
		const isFirst = walk.from === undefined;
		let seen = new SeenEvents(mostPolled, isFirst ? undefined : polled.seen);
		const items: INodeExecutionData[] = [];
		const startedAt = Date.now();
		for (let pages = 0; pages === 0 || isFirst || hasTime(context, startedAt); pages++) {
			const page = await pageOrNothing(
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
				const changedAt = textOf(lead.updated_at) ?? '';
				const id = `${textOf(lead.id)} ${textOf(lead.status)} ${changedAt}`;
				if (changedAt < (walk.from ?? walk.newestAtStart)) continue;
				const isKnown = seen.has(id);
				if (isFirst && !isKnown && seen.size >= usuallyPolled) {
					// More than can be remembered: from here on only what is newer than all that was read
					// counts. A text that goes on behind a moment is later than that whole second.
					const newest = `${walk.newest}+`;
					walk = { ...walk, newest, newestBefore: newest, newestAtStart: newest };
					seen = new SeenEvents(mostPolled);
					if (changedAt < newest) continue;
				}
				seen.add(id);
				walk.count++;
				if (!isFirst && !isKnown) items.push({ json: toOutput(lead, simplify) });
			}
			const isLast = !page.more || page.entries.length === 0;
			// The next walk looks at all that this one and the one before did.
			if (isLast) seen.keepNewest(Math.max(usuallyPolled, walk.countBefore + walk.count));
			walk = isLast ? nextWalk(walk) : { ...walk, page: walk.page + 1 };
			if (isLast || !isFirst) polled.keep(walk, seen);
			if (isLast || items.length >= mostItems) break;
		}
		return items.length === 0 ? null : [items];
	});
}
