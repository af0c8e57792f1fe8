import { maxRetries, type AutocallsCampaign } from './accounts';
import type { AutocallsLead, AutocallsState } from './state';

/** As the docs write a moment: without a zone. ASSUMED: UTC; a lead's created_at would tell. */
export function timestamp(at: number): string {
	return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

/** As the docs write a moment of an assistant and of a call: ISO 8601 with microseconds, in UTC. */
export function isoTimestamp(at: number): string {
	return new Date(at).toISOString().replace('Z', '000Z');
}

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

/** A lead: as a create answers it (seed 003), as the list has it, or as older lists had it. */
export function leadView(
	state: AutocallsState,
	lead: AutocallsLead,
	shape: 'created' | 'list' | 'old',
): Record<string, unknown> {
	const campaign = state.campaigns.get(lead.campaignId);
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
		secondary_contacts: state.secondaryOf(lead).map(contactView),
	};
}

/** ASSUMED: the form of allowed_* and the units; a campaign's own entry would tell. */
export const campaignSchedule = {
	max_calls_in_parallel: 3,
	allowed_hours_start_time: '09:00:00',
	allowed_hours_end_time: '18:00:00',
	allowed_days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
	max_retries: maxRetries,
	retry_interval: 60,
};

/** A campaign as the list has it. The docs show no channel here. */
export function campaignView(campaign: AutocallsCampaign): Record<string, unknown> {
	return {
		id: campaign.id,
		name: campaign.name,
		status: campaign.status,
		mark_complete_when_no_leads: false,
		...campaignSchedule,
		created_at: timestamp(campaign.createdAt),
		updated_at: timestamp(campaign.updatedAt),
	};
}
