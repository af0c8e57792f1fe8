import type { WebhookSender } from '../../webhooks/deliveries';
import { UnsignedSender } from '../../webhooks/unsignedSender';
import { findCampaign } from './accounts';
import { v4Result } from './results';
import type { SquadVoiceSettings } from './settings';
import type { OutreachBlock, Processed, SquadVoiceLead, SquadVoiceStore } from './store';

/** How a lead is processed. */
export interface ProcessOptions {
	/** Default: `Connected : Objective Met`. */
	outcome?: string;
	/** On the vendor's clock (epoch in milliseconds); default: now. */
	at?: number;
	/** By default some leads get an SMS, IVR or e-mail block, always the same ones. */
	blocks?: OutreachBlock[];
	/** Answers of the lead, for v4; default: none. */
	responses?: Record<string, string>;
}

/**
 * ASSUMED (whether and when the Lead Processed webhook is sent again): after these delays. Confirmed
 * by a receiver that answers 500.
 */
const RETRY_DELAYS_SECONDS = [30, 60, 120];

const SAMPLE_BLOCKS: OutreachBlock[][] = [[], ['sms'], [], ['ivr', 'gmail']];

/**
 * Makes the sender of v4's Lead Processed webhooks: unsigned, one per lead
 * (`${campaignId}|${leadId}`). The receiver answers 201, or 400 or 403 to reject (SquadVoice API
 * docs, v4). ASSUMED (whether and when the Lead Processed webhook is sent again): not after a
 * rejection. Confirmed by a receiver that answers 400.
 */
export function processedSender(
	deliveries: WebhookSender,
	settings: SquadVoiceSettings,
): UnsignedSender<string> {
	return new UnsignedSender(deliveries, {
		vendor: 'squadVoice',
		event: 'lead.processed',
		isReceived: (status) =>
			status === 201 || (!settings.webhookWants201 && status >= 200 && status < 300),
		retryAfterMs: (failures, { status }) => {
			const seconds = RETRY_DELAYS_SECONDS[failures - 1];
			const isRejected = status === 400 || status === 403;
			return seconds === undefined || isRejected ? undefined : seconds * 1000;
		},
	});
}

/** Records a lead as processed, again if it was before, and sends the campaign's webhook. */
export function processLead(
	store: SquadVoiceStore,
	webhooks: UnsignedSender<string>,
	lead: SquadVoiceLead,
	options: ProcessOptions,
): void {
	const checksum = [...`${lead.leadId}`].reduce((sum, char) => sum + char.charCodeAt(0), 0);
	lead.processed = {
		at: options.at ?? store.now(),
		recordedAt: Date.now(),
		outcomeId: 101,
		outcomeName: options.outcome ?? 'Connected : Objective Met',
		blocks: options.blocks ?? SAMPLE_BLOCKS[checksum % SAMPLE_BLOCKS.length] ?? [],
		responses: options.responses ?? {},
		before: lead.processed,
	};
	const url = store.webhookUrls.get(lead.campaignId);
	const campaign = findCampaign(lead.campaignId);
	if (url === undefined || !campaign) return;
	const body = v4Result(lead, campaign, lead.processed);
	webhooks.send(`${lead.campaignId}|${lead.leadId}`, url, body);
}

/** The latest result that GET responses already shows. */
export function visibleProcessed(
	lead: SquadVoiceLead,
	visibleAfterMs: number,
): Processed | undefined {
	const latest = Date.now() - visibleAfterMs;
	let { processed } = lead;
	while (processed && processed.recordedAt > latest) processed = processed.before;
	return processed;
}
