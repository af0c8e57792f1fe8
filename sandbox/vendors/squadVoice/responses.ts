import type { VendorCall, VendorReply } from '../../server/handler';
import type { Campaign } from './accounts';
import { visibleProcessed } from './processing';
import { v1Result, v4Result } from './results';
import type { ResponsesOrder } from './settings';
import type { ApiVersion, Processed, SquadVoiceLead, SquadVoiceStore } from './store';

const DEFAULT_PAGE_SIZE = 100;

const asText = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** A bound in milliseconds; undefined when it is absent, NaN when it is invalid. */
function readEpoch(value: unknown): number | undefined {
	const raw = asText(value);
	if (raw === undefined) return undefined;
	return /^\d+$/.test(raw) ? Number(raw) : Number.NaN;
}

function pageUrl(call: VendorCall, campaign: Campaign, version: ApiVersion, page: number): string {
	const query = new URLSearchParams();
	for (const [key, value] of Object.entries(call.query)) query.set(key, String(value));
	// Django REST omits the page parameter from a link to the first page.
	if (page === 1) query.delete('page');
	else query.set('page', String(page));
	query.sort();
	// The documented link is http:// on the public host: a client that follows it exposes its token.
	// (SquadVoice US API page, Get Leads)
	const host = version === 'v1' ? 'http://app.squadrun.co' : 'http://app.squadiq.in';
	const search = query.toString();
	return `${host}/api/${version}/leads/responses/${campaign.id}/${search ? `?${search}` : ''}`;
}

interface Entry {
	lead: SquadVoiceLead;
	processed: Processed | undefined;
}

/** All leads, or the one with a lead_id; 1 and "1" are the same. */
function candidates(store: SquadVoiceStore, campaign: Campaign, leadId: string | undefined) {
	if (leadId === undefined) return store.leads.values();
	const lead = store.find(campaign.id, leadId);
	return lead ? [lead] : [];
}

function selectEntries(
	store: SquadVoiceStore,
	{ query }: VendorCall,
	campaign: Campaign,
	version: ApiVersion,
): Entry[] | undefined {
	const after = readEpoch(query.processed_after);
	const before = readEpoch(query.processed_before);
	if (Number.isNaN(after) || Number.isNaN(before)) return undefined;
	const margin = store.processedBoundsInclusive ? 0 : 1;
	const entries: Entry[] = [];
	for (const lead of candidates(store, campaign, asText(query.lead_id))) {
		if (lead.campaignId !== campaign.id || lead.erasedAt !== undefined) continue;
		const processed = visibleProcessed(lead, store.visibleAfterMs);
		const isWanted = processed
			? (after === undefined || processed.at >= after + margin) &&
				(before === undefined || processed.at <= before - margin)
			: version === 'v1' && after === undefined && before === undefined;
		if (isWanted) entries.push({ lead, processed });
	}
	return entries;
}

/** Sorts entries, which arrive in order of creation. */
function sortEntries(entries: Entry[], order: ResponsesOrder): Entry[] {
	if (order === 'newest') return entries.reverse();
	if (order === 'oldest') return entries;
	const sorted = entries.map((entry) => ({ id: String(entry.lead.leadId), entry }));
	sorted.sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
	return sorted.map(({ entry }) => entry);
}

/**
 * GET leads/responses: a Django REST page. ASSUMED (disabled and unknown leads in the list):
 * disabled leads are listed too, an unknown lead_id gives an empty page. ASSUMED (a page past the
 * end): a 404 "Invalid page.". Confirmed by one call of each.
 */
export function listResponses(
	store: SquadVoiceStore,
	call: VendorCall,
	campaign: Campaign,
	version: ApiVersion,
): VendorReply {
	const selected = selectEntries(store, call, campaign, version);
	if (!selected) return { status: 400, body: { detail: 'Enter a valid epoch timestamp.' } };
	const entries = sortEntries(selected, store.responsesOrder);
	const requested = Number(asText(call.query.page_size) ?? DEFAULT_PAGE_SIZE);
	// Django REST uses its default for a page_size that is not a positive integer.
	const isValid = Number.isInteger(requested) && requested > 0;
	const size = isValid ? requested : DEFAULT_PAGE_SIZE;
	const pageSize = Math.min(size, store.pageSizeMaximum);
	const page = Number(asText(call.query.page) ?? 1);
	const pages = Math.max(1, Math.ceil(entries.length / pageSize));
	if (!Number.isInteger(page) || page < 1 || page > pages) {
		return { status: 404, body: { detail: 'Invalid page.' } };
	}
	const toResult = version === 'v1' ? v1Result : v4Result;
	return {
		status: 200,
		body: {
			count: entries.length,
			next: page < pages ? pageUrl(call, campaign, version, page + 1) : null,
			previous: page > 1 ? pageUrl(call, campaign, version, page - 1) : null,
			results: entries
				.slice((page - 1) * pageSize, page * pageSize)
				.map(({ lead, processed }) => toResult(lead, campaign, processed)),
		},
	};
}
