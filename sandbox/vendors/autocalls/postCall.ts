import type { WebhookSender } from '../../webhooks/deliveries';
import { UnsignedSender } from '../../webhooks/unsignedSender';
import type { AutocallsCall, AutocallsLead, AutocallsStore } from './store';
import { isoTimestamp } from './timestamps';
import { CAMPAIGN_SCHEDULE } from './views';

/**
 * ASSUMED (whether the post-call webhook is sent again): what a reseller documents for another of
 * the vendor's webhooks. Confirmed by a receiver that answers 500.
 */
const RETRY_DELAYS_SECONDS = [30, 60, 120];

/** Makes the sender of the post-call webhooks: unsigned, one per call, by the call's ID. */
export function postCallSender(deliveries: WebhookSender): UnsignedSender<number> {
	return new UnsignedSender(deliveries, {
		vendor: 'autocalls',
		event: 'post-call',
		retryAfterMs: (failures) => {
			const seconds = RETRY_DELAYS_SECONDS[failures - 1];
			return seconds === undefined ? undefined : seconds * 1000;
		},
	});
}

function transcriptOf(call: AutocallsCall) {
	if (call.durationSeconds === 0) return [];
	const line = (sender: 'bot' | 'user', text: string, seconds: number) => ({
		text,
		type: 'transcript',
		sender,
		timestamp: call.createdAt / 1000 + seconds,
	});
	return [
		line('bot', 'Hello, do you have a minute to talk about our offer?', 1.25),
		line('user', 'Yes, please go on.', 4.5),
	];
}

function calledLead(lead: AutocallsLead) {
	return {
		id: lead.id,
		phone_number: lead.phoneNumber,
		variables: lead.variables,
		status: lead.status,
		created_at: isoTimestamp(lead.createdAt),
		updated_at: isoTimestamp(lead.updatedAt),
	};
}

function campaignOfLead(store: AutocallsStore, lead: AutocallsLead) {
	const campaign = store.campaigns.get(lead.campaignId);
	return (
		campaign && {
			id: campaign.id,
			name: campaign.name,
			status: campaign.status,
			...CAMPAIGN_SCHEDULE,
			created_at: isoTimestamp(campaign.createdAt),
			updated_at: isoTimestamp(campaign.updatedAt),
		}
	);
}

/**
 * What the webhook says of a call's lead. A white label has its campaign beside it, and null for
 * both without a lead.
 */
function leadPart(store: AutocallsStore, lead: AutocallsLead | undefined) {
	const campaign = lead && campaignOfLead(store, lead);
	if (store.campaignBesideLead) {
		return { lead: lead ? calledLead(lead) : null, campaign: campaign ?? null };
	}
	return lead ? { lead: { ...calledLead(lead), campaign } } : {};
}

/**
 * The body of the post-call webhook (Autocalls docs, post-call webhook); only calls of
 * campaigns have `lead`. The transcript is text in the docs' table, and a list of lines in newer
 * examples.
 */
function postCallBody(store: AutocallsStore, call: AutocallsCall): Record<string, unknown> {
	const lines = transcriptOf(call);
	const names = { bot: 'AI', user: 'Customer' };
	const formatted = lines.map(({ sender, text }) => `${names[sender]}: ${text}`).join('\n');
	const lead = call.leadId === undefined ? undefined : store.leads.get(call.leadId);
	return {
		id: call.id,
		customer_phone: call.customerPhone,
		assistant_phone: store.assistants.get(call.assistantId)?.phoneNumber ?? null,
		duration: call.durationSeconds,
		status: call.status,
		extracted_variables: call.extracted,
		input_variables: call.inputVariables,
		transcript: store.transcriptAsText ? formatted : lines,
		formatted_transcript: formatted,
		...(store.recordingInWebhook
			? { recording_url: `https://recordings.example.com/call-${call.id}.mp4` }
			: {}),
		created_at: isoTimestamp(call.createdAt),
		finished_at: isoTimestamp(call.finishedAt),
		...leadPart(store, lead),
	};
}

/**
 * Reports an ended call to the assistant's webhook, if it is enabled and covers the call's status.
 */
export function reportCall(
	store: AutocallsStore,
	webhooks: UnsignedSender<number>,
	call: AutocallsCall,
): void {
	const assistant = store.assistants.get(call.assistantId);
	if (!assistant?.isWebhookActive || assistant.webhookUrl === null) return;
	// ASSUMED (which calls are completed ones): "only on completed calls" means the status
	// `completed`. Confirmed by a call that the customer ends.
	if (store.webhookOnCompletedOnly && call.status !== 'completed') return;
	webhooks.send(call.id, assistant.webhookUrl, postCallBody(store, call));
}
