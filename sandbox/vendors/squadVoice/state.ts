import type { Scalar } from '../../lib/guards';
import type { UnsignedSender } from '../../webhooks/unsignedSender';
import type { SandboxState } from '../../server/SandboxState';
import { findCampaign } from './accounts';
import { processedSender, processLead, type Processed, type ProcessWish } from './processing';
import { SquadVoiceSettings } from './settings';
import { TokenStore } from './tokens';

/** A lead as a create brings it. */
export interface IncomingLead {
	/** As sent: a number stays a number in the reply. */
	leadId: string | number;
	phoneNumber: string;
	contactName: string;
	stateCode?: string;
	affiliateId?: string;
	ebrDatetime?: string;
	customFields: Record<string, Scalar>;
}

export interface SquadVoiceLead extends IncomingLead {
	campaignId: string;
	createdAt: number;
	/** How often a create of this lead was accepted; more than 1 is a double. */
	arrivals: number;
	disabledAt?: number;
	/** Erased by v4's delete: the record stays for counting, its person is gone. */
	erasedAt?: number;
	processed?: Processed;
	convertedWith?: string;
}

const isWaiting = ({ processed, disabledAt, erasedAt }: SquadVoiceLead) =>
	processed === undefined && disabledAt === undefined && erasedAt === undefined;

/** What the sandbox's SquadVoice holds, and its settings. */
export class SquadVoiceState extends SquadVoiceSettings {
	/** Keyed `${campaignId}|${leadId}`. */
	readonly leads = new Map<string, SquadVoiceLead>();
	/** Lead IDs that were disabled though never created, with how often; keyed as leads are. */
	readonly disabledUnknown = new Map<string, number>();
	readonly tokens = new TokenStore();
	/** Where the Lead Processed webhook of a campaign goes to, by the campaign's ID. */
	readonly webhookUrls = new Map<string, string>();
	/** The Lead Processed webhooks that go out, keyed as leads are. */
	readonly webhooks: UnsignedSender<string>;

	constructor(private readonly outside: Pick<SandboxState, 'deliveries' | 'later'>) {
		super();
		this.webhooks = processedSender(outside.deliveries, this);
	}

	/**
	 * The lead, unless it was erased. ASSUMED: the IDs 1 and "1" are one lead; a create of both
	 * would tell.
	 */
	find(campaignId: string, leadId: string | number): SquadVoiceLead | undefined {
		const lead = this.leads.get(`${campaignId}|${leadId}`);
		return lead?.erasedAt === undefined ? lead : undefined;
	}

	/**
	 * Takes a lead in. ASSUMED: a lead_id that is there already is accepted, and the first one's
	 * data stay; a second create of one ID would tell.
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
		this.outside.later(this.autoProcessAfterMs, () => {
			if (isWaiting(lead)) processLead(this, lead, {});
		});
	}

	/** Disables a lead; doing so again changes nothing. */
	disable(campaignId: string, leadId: string | number, now: number): void {
		const lead = this.find(campaignId, leadId);
		if (lead) {
			lead.disabledAt ??= now;
			return;
		}
		const key = `${campaignId}|${leadId}`;
		this.disabledUnknown.set(key, (this.disabledUnknown.get(key) ?? 0) + 1);
	}

	/** Erases the person and keeps the count, as v4's delete does. */
	erase(lead: SquadVoiceLead, now: number): void {
		Object.assign(lead, { erasedAt: now, disabledAt: lead.disabledAt ?? now });
		Object.assign(lead, { phoneNumber: '', contactName: '', customFields: {} });
	}

	/** Marks a lead as called through, as the vendor's agents would; once more moves its processed_at. */
	process(campaignId: string, leadId: string | number, wish: ProcessWish = {}): void {
		const lead = this.find(campaignId, leadId);
		if (!lead) throw new Error(`SquadVoice holds no lead ${leadId} in ${campaignId}.`);
		processLead(this, lead, wish);
	}

	/**
	 * Processes the leads of a campaign that wait for it, but for those that `choose` has no wish
	 * for; tells how many.
	 */
	processAll(
		campaignId: string,
		choose: (lead: SquadVoiceLead) => ProcessWish | undefined = () => ({}),
	): number {
		let count = 0;
		for (const lead of this.leads.values()) {
			const wish = lead.campaignId === campaignId && isWaiting(lead) ? choose(lead) : undefined;
			if (!wish) continue;
			processLead(this, lead, wish);
			count += 1;
		}
		return count;
	}

	/**
	 * Sets where v4's Lead Processed webhook goes to, or that it goes nowhere. The vendor documents no
	 * call for it: its people do it. Throws for a campaign of v1, which has no webhook.
	 */
	configureWebhook(campaignId: string, url: string | undefined): void {
		if (findCampaign(campaignId)?.account !== 'v4') {
			throw new Error(`SquadVoice has no webhook for campaign ${campaignId}.`);
		}
		if (url === undefined) this.webhookUrls.delete(campaignId);
		else this.webhookUrls.set(campaignId, url);
	}

	/** Makes `count` leads, with IDs seed-1 and on, without sending a request. */
	seedLeads(campaignId: string, count: number): void {
		const campaign = findCampaign(campaignId);
		if (!campaign) throw new Error(`SquadVoice has no campaign ${campaignId}.`);
		const isUs = campaign.country === 'US';
		for (let number = 1; number <= count; number++) {
			const tail = String(number).padStart(7, '0');
			const lead = {
				leadId: `seed-${number}`,
				phoneNumber: isUs ? `+1509${tail}` : `+91989${tail}`,
				contactName: `Seed Lead ${number}`,
				customFields: { city: 'Spokane' },
			};
			this.accept(campaignId, isUs ? { ...lead, stateCode: 'WA' } : lead, this.now());
		}
	}

	/** Leads held, those that came more than once, and those disabled. Erased leads are not held. */
	ledger(): { held: number; doubled: number; disabled: number } {
		const all = [...this.leads.values()];
		const held = all.filter((lead) => lead.erasedAt === undefined);
		return {
			held: held.length,
			doubled: all.filter((lead) => lead.arrivals > 1).length,
			disabled: held.filter((lead) => lead.disabledAt !== undefined).length,
		};
	}

	/** Forgets everything; settings go back to their defaults. */
	reset(): void {
		this.leads.clear();
		this.disabledUnknown.clear();
		this.tokens.reset();
		this.webhookUrls.clear();
		this.webhooks.reset();
		Object.assign(this, new SquadVoiceSettings());
	}
}
