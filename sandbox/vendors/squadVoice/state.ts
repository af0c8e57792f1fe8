import type { StoredParts } from '../../lib/storedParts';
import type { Clock } from '../../server/Clock';
import type { WebhookSender } from '../../webhooks/deliveries';
import type { UnsignedSender } from '../../webhooks/unsignedSender';
import { findCampaign } from './accounts';
import { processedSender, processLead, type ProcessOptions } from './processing';
import { isWaiting, SquadVoiceStore, type IncomingLead, type SquadVoiceLead } from './store';
import { TokenStore } from './tokens';

/** The sandbox's SquadVoice: its data, what happens to it, its tokens and its webhooks. */
export class SquadVoiceState extends SquadVoiceStore {
	readonly tokens = new TokenStore();
	/** The Lead Processed webhooks; same keys as `leads`. */
	readonly webhooks: UnsignedSender<string>;

	constructor(
		deliveries: WebhookSender,
		private readonly clock: Clock,
	) {
		super();
		this.webhooks = processedSender(deliveries, this);
	}

	/**
	 * Accepts a lead. ASSUMED (a `lead_id` that already exists): accepted again, and the first lead's
	 * data stay. Confirmed by a second create of one ID.
	 */
	accept(campaignId: string, incoming: IncomingLead, now: number): void {
		const key = `${campaignId}|${incoming.leadId}`;
		const known = this.leads.get(key);
		if (known) {
			known.arrivals += 1;
			return;
		}
		const lead: SquadVoiceLead = { ...incoming, campaignId, createdAt: now, arrivals: 1 };
		this.leads.set(key, lead);
		if (!this.autoProcess) return;
		this.clock.later(this.autoProcessAfterMs, () => {
			if (isWaiting(lead)) processLead(this, this.webhooks, lead, {});
		});
	}

	/** Disables a lead; disabling it again changes nothing. */
	disable(campaignId: string, leadId: string | number, now: number): void {
		const lead = this.find(campaignId, leadId);
		if (lead) {
			lead.disabledAt ??= now;
			return;
		}
		const key = `${campaignId}|${leadId}`;
		this.disabledUnknown.set(key, (this.disabledUnknown.get(key) ?? 0) + 1);
	}

	/** Erases the person's data, as v4's delete does; the lead still counts. */
	erase(lead: SquadVoiceLead, now: number): void {
		Object.assign(lead, { erasedAt: now, disabledAt: lead.disabledAt ?? now });
		Object.assign(lead, { phoneNumber: '', contactName: '', customFields: {} });
	}

	/**
	 * Processes a lead, as the vendor's agents do; processing it again updates its processed_at.
	 * @throws an Error for an unknown lead
	 */
	process(campaignId: string, leadId: string | number, options: ProcessOptions = {}): void {
		const lead = this.find(campaignId, leadId);
		if (!lead) throw new Error(`SquadVoice has no lead ${leadId} in ${campaignId}.`);
		processLead(this, this.webhooks, lead, options);
	}

	/**
	 * Processes the waiting leads of a campaign, except those for which `choose` returns nothing.
	 * Returns their number.
	 */
	processAll(
		campaignId: string,
		choose: (lead: SquadVoiceLead) => ProcessOptions | undefined = () => ({}),
	): number {
		let count = 0;
		for (const lead of this.leads.values()) {
			const options = lead.campaignId === campaignId && isWaiting(lead) ? choose(lead) : undefined;
			if (!options) continue;
			processLead(this, this.webhooks, lead, options);
			count += 1;
		}
		return count;
	}

	/**
	 * Sets or removes the URL of v4's Lead Processed webhook. The vendor documents no call for it:
	 * its staff configures it.
	 * @throws an Error for a campaign of v1, which has no webhook
	 */
	configureWebhook(campaignId: string, url: string | undefined): void {
		if (findCampaign(campaignId)?.account !== 'v4') {
			throw new Error(`SquadVoice has no webhook for campaign ${campaignId}.`);
		}
		if (url === undefined) this.webhookUrls.delete(campaignId);
		else this.webhookUrls.set(campaignId, url);
	}

	/** Makes `count` leads without a request; their IDs are seed-1, seed-2, … */
	seedLeads(campaignId: string, count: number): void {
		const campaign = findCampaign(campaignId);
		if (!campaign) throw new Error(`SquadVoice has no campaign ${campaignId}.`);
		const isUs = campaign.country === 'US';
		for (let number = 1; number <= count; number++) {
			const digits = String(number).padStart(7, '0');
			const lead = {
				leadId: `seed-${number}`,
				phoneNumber: isUs ? `+1509${digits}` : `+91989${digits}`,
				contactName: `Seed Lead ${number}`,
				customFields: { city: 'Spokane' },
			};
			this.accept(campaignId, isUs ? { ...lead, stateCode: 'WA' } : lead, this.now());
		}
	}

	/** What a snapshot contains. */
	stored(): StoredParts {
		const { leads, disabledUnknown, webhookUrls, tokens } = this;
		return { settings: this, leads, disabledUnknown, webhookUrls, ...tokens.stored() };
	}

	override reset(): void {
		super.reset();
		this.tokens.reset();
		this.webhooks.reset();
	}
}
