import type { VendorReply, VendorCall } from '../../server/vendorServer';
import type { Campaign } from './accounts';
import { visibleProcessed, type Processed } from './processing';
import { v1Result, v4Result } from './results';
import type { ResponsesOrder } from './settings';
import type { SquadVoiceLead, SquadVoiceState } from './state';

export type Version = 'v1' | 'v4';

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** undefined: not asked for; NaN: no epoch. */
function epoch(value: unknown): number | undefined {
	const raw = text(value);
	if (raw === undefined) return undefined;
	return /^\d+$/.test(raw) ? Number(raw) : Number.NaN;
}

function pageUrl(call: VendorCall, campaign: Campaign, version: Version, page: number): string {
	const query = new URLSearchParams();
	for (const [key, value] of Object.entries(call.query)) query.set(key, String(value));
	// Django REST leaves the page out of a link to the first one.
	if (page === 1) query.delete('page');
	else query.set('page', String(page));
	query.sort();
	// The seed's own link is http:// on the public host: whoever follows it sends a token in the clear.
	const host = version === 'v1' ? 'http://app.squadrun.co' : 'http://app.squadiq.in';
	const asked = query.toString();
	return `${host}/api/${version}/leads/responses/${campaign.id}/${asked ? `?${asked}` : ''}`;
}

interface Entry {
	lead: SquadVoiceLead;
	processed: Processed | undefined;
}

/** The leads that a lead_id leaves; 1 and "1" are one. */
function candidates(state: SquadVoiceState, campaign: Campaign, leadId: string | undefined) {
	if (leadId === undefined) return state.leads.values();
	const lead = state.find(campaign.id, leadId);
	return lead ? [lead] : [];
}

function selectEntries(
	state: SquadVoiceState,
	{ query }: VendorCall,
	campaign: Campaign,
	version: Version,
): Entry[] | undefined {
	const after = epoch(query.processed_after);
	const before = epoch(query.processed_before);
	if (Number.isNaN(after) || Number.isNaN(before)) return undefined;
	const slack = state.processedBoundsInclusive ? 0 : 1;
	const entries: Entry[] = [];
	for (const lead of candidates(state, campaign, text(query.lead_id))) {
		if (lead.campaignId !== campaign.id || lead.erasedAt !== undefined) continue;
		const processed = visibleProcessed(lead, state.visibleAfterMs);
		const isWanted = processed
			? (after === undefined || processed.at >= after + slack) &&
				(before === undefined || processed.at <= before - slack)
			: version === 'v1' && after === undefined && before === undefined;
		if (isWanted) entries.push({ lead, processed });
	}
	return entries;
}

/** Puts entries, which come in order of creation, into the order that is set. */
function inOrder(entries: Entry[], order: ResponsesOrder): Entry[] {
	if (order === 'newest') return entries.reverse();
	if (order === 'oldest') return entries;
	const sorted = entries.map((entry) => ({ id: String(entry.lead.leadId), entry }));
	sorted.sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
	return sorted.map(({ entry }) => entry);
}

/**
 * GET leads/responses: a Django REST page. ASSUMED: disabled leads are among the others; an unknown
 * lead_id gives an empty page; a page past the end is 404 "Invalid page.".
 */
export function listResponses(
	state: SquadVoiceState,
	call: VendorCall,
	campaign: Campaign,
	version: Version,
): VendorReply {
	const selected = selectEntries(state, call, campaign, version);
	if (!selected) return { status: 400, body: { detail: 'Enter a valid epoch timestamp.' } };
	const entries = inOrder(selected, state.responsesOrder);
	const wished = Number(text(call.query.page_size) ?? 100);
	// Django REST takes its default for a page_size that is no positive whole number.
	const size = Number.isInteger(wished) && wished > 0 ? wished : 100;
	const pageSize = Math.min(size, state.pageSizeMaximum);
	const page = Number(text(call.query.page) ?? 1);
	const pages = Math.max(1, Math.ceil(entries.length / pageSize));
	if (!Number.isInteger(page) || page < 1 || page > pages) {
		return { status: 404, body: { detail: 'Invalid page.' } };
	}
	const shape = version === 'v1' ? v1Result : v4Result;
	return {
		status: 200,
		body: {
			count: entries.length,
			next: page < pages ? pageUrl(call, campaign, version, page + 1) : null,
			previous: page > 1 ? pageUrl(call, campaign, version, page - 1) : null,
			results: entries
				.slice((page - 1) * pageSize, page * pageSize)
				.map(({ lead, processed }) => shape(lead, campaign, processed)),
		},
	};
}
