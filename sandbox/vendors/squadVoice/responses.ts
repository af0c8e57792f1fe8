import type { Answer, Call } from '../../traffic';
import type { Campaign } from './accounts';
import type { OutreachBlock, Processed, SquadVoiceLead, SquadVoiceState } from './state';

export type Version = 'v1' | 'v4';

/**
 * The number with its country code and no plus, as seed 001 shows it. ASSUMED: a national number of
 * ten digits gets the campaign's country code; reading back such a lead would tell.
 */
function digitsOf(lead: SquadVoiceLead, campaign: Campaign): string {
	const digits = lead.phoneNumber.replace(/\D/g, '').replace(/^0(?=\d{10}$)/, '');
	if (digits.length !== 10) return digits;
	return `${campaign.country === 'US' ? '1' : '91'}${digits}`;
}

const isoSeconds = (at: number) => new Date(at).toISOString().replace(/\.\d{3}Z$/, '+00:00');

const blockContent: Record<OutreachBlock, (at: number) => Record<string, unknown>> = {
	sms: (at) => ({ status: 'delivered', cost: 0.5, body: 'We tried to reach you.', sent_at: at }),
	ivr: (at) => ({
		status: 'answered',
		cost: 1,
		text_to_speak: 'Press 1 to talk to us.',
		multi_text_to_speak: {},
		dtmf_response: '1',
		duration: 12,
		sent_at: at,
	}),
	gmail: (at) => ({
		cost: 0,
		google_email: 'agent@example.com',
		subject: 'Your request',
		to: 'lead@example.com',
		from: 'agent@example.com',
		sent_at: at,
	}),
};

/** Keys a v1 result has only once the lead is processed (SquadVoice API docs, Response formats). */
function processedKeys(lead: SquadVoiceLead, campaign: Campaign, processed: Processed) {
	const attempt = {
		reference_id: `ref-${lead.leadId}`,
		outcome_id: processed.outcomeId,
		outcome_name: processed.outcomeName,
		call_duration: 42,
		called_at: processed.at,
		report_keys_order: ['status', 'additional_notes', 'question_1'],
		status: 'review_completed',
		additional_notes: 'Asked for a call next week.',
		question_1: 'Yes',
	};
	const before = {
		...attempt,
		reference_id: `ref-${lead.leadId}-1`,
		outcome_name: 'No Answer',
		called_at: processed.at - 3_600_000,
	};
	const keys: Record<string, unknown> = {
		processed_at: processed.at,
		outcome_name: processed.outcomeName,
		outcome_id: processed.outcomeId,
		total_cost: 2.5,
		call_attempt_keys: [`call_attempt_${campaign.name}_1`],
		last_call_attempt_keys: [`last_call_attempt_${campaign.name}_1`],
		[`call_attempt_${campaign.name}_1`]: [before, attempt],
		[`last_call_attempt_${campaign.name}_1`]: attempt,
	};
	for (const block of processed.blocks) {
		keys[`${block}_${campaign.name}`] = blockContent[block](processed.at);
	}
	return keys;
}

function v1Result(lead: SquadVoiceLead, campaign: Campaign): Record<string, unknown> {
	const digits = digitsOf(lead, campaign);
	return {
		// The API's own keys come last, so that a custom field cannot stand in for one.
		...lead.customFields,
		lead_id: lead.leadId,
		phone_number: digits,
		contact_number: digits,
		created_at: lead.createdAt,
		campaign_id: campaign.id,
		country_code: campaign.country,
		...(lead.stateCode === undefined ? {} : { state_code: lead.stateCode }),
		campaign_name: campaign.name,
		contact_name: lead.contactName,
		call_attempt_keys: [],
		last_call_attempt_keys: [],
		...(lead.processed ? processedKeys(lead, campaign, lead.processed) : {}),
	};
}

/** A v4 result, which is also the body of v4's Lead Processed webhook. */
export function v4Result(lead: SquadVoiceLead, campaign: Campaign): Record<string, unknown> {
	const processedAt = isoSeconds(lead.processed?.at ?? lead.createdAt);
	return {
		phone_number: `+${digitsOf(lead, campaign)}`,
		lead_id: lead.leadId,
		latest_recording_url: `https://recordings.example.com/${lead.leadId}.mp3`,
		campaign_id: campaign.id,
		latest_called_at: processedAt,
		lead_outcome: lead.processed?.outcomeName ?? '',
		processed_at: processedAt,
		contact_name: lead.contactName,
		created_at: isoSeconds(lead.createdAt),
		lead_responses: {},
	};
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** undefined: not asked for; NaN: no epoch. */
function epoch(value: unknown): number | undefined {
	const raw = text(value);
	if (raw === undefined) return undefined;
	return /^\d+$/.test(raw) ? Number(raw) : Number.NaN;
}

function pageUrl(call: Call, campaign: Campaign, version: Version, page: number): string {
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

function selectLeads(state: SquadVoiceState, call: Call, campaign: Campaign, version: Version) {
	const leadId = text(call.query.lead_id);
	const after = epoch(call.query.processed_after);
	const before = epoch(call.query.processed_before);
	if (Number.isNaN(after) || Number.isNaN(before)) return undefined;
	const slack = state.processedBoundsInclusive ? 0 : 1;
	return [...state.leads.values()].filter((lead) => {
		if (lead.campaignId !== campaign.id || lead.erasedAt !== undefined) return false;
		if (leadId !== undefined && String(lead.leadId) !== leadId) return false;
		const at = lead.processed?.at;
		if (at === undefined) return version === 'v1' && after === undefined && before === undefined;
		return (
			(after === undefined || at >= after + slack) && (before === undefined || at <= before - slack)
		);
	});
}

/**
 * GET leads/responses: a Django REST page. ASSUMED: leads come in order of creation, disabled ones
 * among them; an unknown lead_id gives an empty page; a page past the end is 404 "Invalid page.".
 */
export function listResponses(
	state: SquadVoiceState,
	call: Call,
	campaign: Campaign,
	version: Version,
): Answer {
	const leads = selectLeads(state, call, campaign, version);
	if (!leads) return { status: 400, body: { detail: 'Enter a valid epoch timestamp.' } };
	const wished = Number(text(call.query.page_size) ?? 100);
	// Django REST takes its default for a page_size that is no positive whole number.
	const size = Number.isInteger(wished) && wished > 0 ? wished : 100;
	const pageSize = Math.min(size, state.pageSizeMaximum);
	const page = Number(text(call.query.page) ?? 1);
	const pages = Math.max(1, Math.ceil(leads.length / pageSize));
	if (!Number.isInteger(page) || page < 1 || page > pages) {
		return { status: 404, body: { detail: 'Invalid page.' } };
	}
	const shape = version === 'v1' ? v1Result : v4Result;
	return {
		status: 200,
		body: {
			count: leads.length,
			next: page < pages ? pageUrl(call, campaign, version, page + 1) : null,
			previous: page > 1 ? pageUrl(call, campaign, version, page - 1) : null,
			results: leads
				.slice((page - 1) * pageSize, page * pageSize)
				.map((lead) => shape(lead, campaign)),
		},
	};
}
