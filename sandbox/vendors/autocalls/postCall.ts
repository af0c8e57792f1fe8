import { UnsignedSender } from '../../webhooks/unsignedSender';
import type { SandboxState } from '../../server/SandboxState';
import type { AutocallsCall } from './calls';
import type { AutocallsLead, AutocallsState } from './state';
import { campaignSchedule, isoTimestamp } from './views';

/** ASSUMED: as a reseller documents it for another of the vendor's webhooks; a refused one would tell. */
const retryAfterSeconds = [30, 60, 120];

/** What sends the post-call webhooks: unsigned, each about the call of that ID. */
export function postCallSender(deliveries: SandboxState['deliveries']): UnsignedSender<number> {
	return new UnsignedSender(deliveries, {
		vendor: 'autocalls',
		event: 'post-call',
		retryAfterMs: (failures) => {
			const seconds = retryAfterSeconds[failures - 1];
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
		line('user', 'Yes, tell me more.', 4.5),
	];
}

function leadOfCall(state: AutocallsState, lead: AutocallsLead) {
	const campaign = state.campaigns.get(lead.campaignId);
	return {
		id: lead.id,
		phone_number: lead.phoneNumber,
		variables: lead.variables,
		status: lead.status,
		created_at: isoTimestamp(lead.createdAt),
		updated_at: isoTimestamp(lead.updatedAt),
		campaign: campaign && {
			id: campaign.id,
			name: campaign.name,
			status: campaign.status,
			...campaignSchedule,
			created_at: isoTimestamp(campaign.createdAt),
			updated_at: isoTimestamp(campaign.updatedAt),
		},
	};
}

/**
 * The body of the post-call webhook (Autocalls docs, post-call webhook); `lead` is there for calls of
 * campaigns only. The docs' table has the transcript as text, newer examples as a list of lines.
 */
export function postCallBody(state: AutocallsState, call: AutocallsCall): Record<string, unknown> {
	const lines = transcriptOf(call);
	const names = { bot: 'AI', user: 'Customer' };
	const formatted = lines.map(({ sender, text }) => `${names[sender]}: ${text}`).join('\n');
	const lead = call.leadId === undefined ? undefined : state.leads.get(call.leadId);
	return {
		id: call.id,
		customer_phone: call.customerPhone,
		assistant_phone: state.assistants.get(call.assistantId)?.phoneNumber ?? null,
		duration: call.durationSeconds,
		status: call.status,
		extracted_variables: call.extracted,
		input_variables: call.inputVariables,
		transcript: state.transcriptAsText ? formatted : lines,
		formatted_transcript: formatted,
		...(state.recordingInWebhook
			? { recording_url: `https://recordings.example.com/call-${call.id}.mp4` }
			: {}),
		created_at: isoTimestamp(call.createdAt),
		finished_at: isoTimestamp(call.finishedAt),
		...(lead ? { lead: leadOfCall(state, lead) } : {}),
	};
}

/** Tells the assistant's webhook of a call that has ended, if it has one that wants to know. */
export function reportCall(state: AutocallsState, call: AutocallsCall): void {
	const assistant = state.assistants.get(call.assistantId);
	if (!assistant?.isWebhookActive || assistant.webhookUrl === null) return;
	// ASSUMED: "only on completed calls" means this status alone; a call hung up on would tell.
	if (state.webhookOnCompletedOnly && call.status !== 'completed') return;
	state.webhooks.send(call.id, assistant.webhookUrl, postCallBody(state, call));
}
