import { MAX_RETRIES, type AutocallsCampaign } from './accounts';
import type { AutocallsAssistant } from './assistants';
import type { AutocallsLead, AutocallsStore } from './store';
import { isoTimestamp, timestamp } from './timestamps';

function contactView(lead: AutocallsLead) {
	return {
		id: lead.id,
		phone_number: lead.phoneNumber,
		variables: lead.variables,
		status: lead.status,
		created_at: timestamp(lead.createdAt),
		updated_at: timestamp(lead.updatedAt),
	};
}

/**
 * A lead in the reply of a create (Autocalls API page, Create lead), in the list, or in older
 * lists.
 */
export function leadView(
	store: AutocallsStore,
	lead: AutocallsLead,
	shape: 'created' | 'list' | 'old',
): Record<string, unknown> {
	const campaign = store.campaigns.get(lead.campaignId);
	const isNew = shape === 'list';
	return {
		...contactView(lead),
		campaign_id: lead.campaignId,
		...(isNew ? { fallback_sent_at: null } : {}),
		campaign: {
			id: lead.campaignId,
			name: campaign?.name,
			...(isNew ? { channel: campaign?.channel } : {}),
		},
		secondary_contacts: store.secondaryOf(lead).map(contactView),
	};
}

/**
 * As in examples of a webhook and of a list (Autocalls API page, Post-call webhook; Famulor API
 * page, List campaigns).
 */
export const CAMPAIGN_SCHEDULE = {
	max_calls_in_parallel: 3,
	allowed_hours_start_time: '09:00:00',
	allowed_hours_end_time: '18:00:00',
	allowed_days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
	max_retries: MAX_RETRIES,
	retry_interval: 60,
};

/** A campaign in the list. The docs show no channel here. */
export function campaignView(campaign: AutocallsCampaign): Record<string, unknown> {
	return {
		id: campaign.id,
		name: campaign.name,
		status: campaign.status,
		mark_complete_when_no_leads: false,
		...CAMPAIGN_SCHEDULE,
		created_at: timestamp(campaign.createdAt),
		updated_at: timestamp(campaign.updatedAt),
	};
}

/**
 * An assistant in the lists (Autocalls docs, get assistants and get outbound assistants), without
 * the settings of its voice and model, which do not concern leads.
 */
export function assistantView(assistant: AutocallsAssistant): Record<string, unknown> {
	return {
		id: assistant.id,
		user_id: assistant.account === 'one' ? 1 : 2,
		phone_number_id: assistant.id + 1000,
		name: assistant.name,
		type: assistant.type,
		mode: 'pipeline',
		status: assistant.status,
		variables: {},
		post_call_evaluation: true,
		post_call_schema: [],
		tools: [],
		timezone: 'America/Los_Angeles',
		is_webhook_active: assistant.isWebhookActive,
		webhook_url: assistant.webhookUrl,
		inbound_webhook_url: null,
		created_at: isoTimestamp(assistant.createdAt),
		updated_at: isoTimestamp(assistant.updatedAt),
	};
}
