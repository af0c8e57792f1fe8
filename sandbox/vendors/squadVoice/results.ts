import type { Campaign } from './accounts';
import type { OutreachBlock, Processed, SquadVoiceLead } from './store';

/**
 * The number with its country code and without a plus (SquadVoice US API page, Get Leads). ASSUMED
 * (a number that was sent without its country code): ten digits get that of the campaign. Confirmed
 * by reading back such a lead.
 */
function digitsOf(lead: SquadVoiceLead, campaign: Campaign): string {
	const digits = lead.phoneNumber.replace(/\D/g, '').replace(/^0(?=\d{10}$)/, '');
	if (digits.length !== 10) return digits;
	return `${campaign.country === 'US' ? '1' : '91'}${digits}`;
}

/** An outcome that real receivers of the webhook count. */
const NOT_CONNECTED = 'Not Connected';

const isoSeconds = (at: number) => new Date(at).toISOString().replace(/\.\d{3}Z$/, '+00:00');

const BLOCK_CONTENT: Record<OutreachBlock, (at: number) => Record<string, unknown>> = {
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

/** The keys of a processed v1 result (SquadVoice API docs, Response formats). */
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
		keys[`${block}_${campaign.name}`] = BLOCK_CONTENT[block](processed.at);
	}
	return keys;
}

/** A v1 result (SquadVoice US API page, Get Leads); has more keys once the lead is processed. */
export function v1Result(
	lead: SquadVoiceLead,
	campaign: Campaign,
	processed: Processed | undefined,
): Record<string, unknown> {
	const digits = digitsOf(lead, campaign);
	return {
		// The API's own keys come last, so that a custom field cannot replace one.
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
		...(processed ? processedKeys(lead, campaign, processed) : {}),
	};
}

/**
 * A v4 result, which is also the body of v4's Lead Processed webhook (SquadVoice API docs, v4). Real
 * receivers of the webhook read custom fields beside the documented keys.
 */
export function v4Result(
	lead: SquadVoiceLead,
	campaign: Campaign,
	processed: Processed | undefined,
): Record<string, unknown> {
	const processedAt = isoSeconds(processed?.at ?? lead.createdAt);
	// ASSUMED (what a v4 lead that was never connected has): no time of a call and no recording.
	// Confirmed by the result of such a lead.
	const wasConnected = processed?.outcomeName !== NOT_CONNECTED;
	return {
		// The API's own keys come last, so that a custom field cannot replace one.
		...lead.customFields,
		phone_number: `+${digitsOf(lead, campaign)}`,
		lead_id: lead.leadId,
		latest_recording_url: wasConnected ? `https://recordings.example.com/${lead.leadId}.mp3` : null,
		campaign_id: campaign.id,
		latest_called_at: wasConnected ? processedAt : null,
		lead_outcome: processed?.outcomeName ?? '',
		processed_at: processedAt,
		contact_name: lead.contactName,
		created_at: isoSeconds(lead.createdAt),
		lead_responses: processed?.responses ?? {},
	};
}
