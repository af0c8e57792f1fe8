import { UnsignedSender } from '../../webhooks/unsignedSender';
import type { SandboxState } from '../../server/SandboxState';
import { findCampaign } from './accounts';
import { v4Result } from './results';
import type { SquadVoiceLead, SquadVoiceState } from './state';

export type OutreachBlock = 'sms' | 'ivr' | 'gmail';

export interface Processed {
	/** On the vendor's clock. */
	at: number;
	/** On this machine's clock. */
	recordedAt: number;
	outcomeId: number;
	outcomeName: string;
	blocks: OutreachBlock[];
	/** The time before, for a lead that was processed again. */
	before?: Processed;
}

/** How a lead is processed. */
export interface ProcessWish {
	/** `Connected : Objective Met` unless told. */
	outcome?: string;
	/** On the vendor's clock; now unless told. */
	at?: number;
	/** Without a wish some leads get an SMS, IVR or e-mail block, always the same ones. */
	blocks?: OutreachBlock[];
}

/** ASSUMED: nothing is documented of retries; a receiver that answers 500 would tell. */
const retryAfterSeconds = [30, 60, 120];

/**
 * What sends v4's Lead Processed webhooks: unsigned, each about the lead `${campaignId}|${leadId}`.
 * The receiver is to answer 201, and 400 or 403 to refuse (SquadVoice API docs, v4). ASSUMED: what
 * it refuses is not sent again.
 */
export function processedSender(
	deliveries: SandboxState['deliveries'],
	state: SquadVoiceState,
): UnsignedSender<string> {
	return new UnsignedSender(deliveries, {
		vendor: 'squadVoice',
		event: 'lead.processed',
		isReceived: (status) =>
			status === 201 || (!state.webhookWants201 && status >= 200 && status < 300),
		retryAfterMs: (failures, { status }) => {
			const seconds = retryAfterSeconds[failures - 1];
			const isRefused = status === 400 || status === 403;
			return seconds === undefined || isRefused ? undefined : seconds * 1000;
		},
	});
}

/** Marks a lead as called through, once more if it was before, and tells the campaign's webhook. */
export function processLead(state: SquadVoiceState, lead: SquadVoiceLead, wish: ProcessWish): void {
	const turn = [...`${lead.leadId}`].reduce((sum, char) => sum + char.charCodeAt(0), 0);
	const others: OutreachBlock[][] = [[], ['sms'], [], ['ivr', 'gmail']];
	lead.processed = {
		at: wish.at ?? state.now(),
		recordedAt: Date.now(),
		outcomeId: 101,
		outcomeName: wish.outcome ?? 'Connected : Objective Met',
		blocks: wish.blocks ?? others[turn % others.length] ?? [],
		before: lead.processed,
	};
	const url = state.webhookUrls.get(lead.campaignId);
	const campaign = findCampaign(lead.campaignId);
	if (url === undefined || !campaign) return;
	const body = v4Result(lead, campaign, lead.processed);
	state.webhooks.send(`${lead.campaignId}|${lead.leadId}`, url, body);
}

/** What GET responses knows by now of how a lead was processed. */
export function visibleProcessed(
	lead: SquadVoiceLead,
	visibleAfterMs: number,
): Processed | undefined {
	const latest = Date.now() - visibleAfterMs;
	let processed = lead.processed;
	while (processed && processed.recordedAt > latest) processed = processed.before;
	return processed;
}
