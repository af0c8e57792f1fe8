import type { Scalar } from '../../narrow';
import { findCampaign } from './accounts';
import { TokenStore } from './tokens';

export type OutreachBlock = 'sms' | 'ivr' | 'gmail';

export interface Processed {
	at: number;
	outcomeId: number;
	outcomeName: string;
	blocks: OutreachBlock[];
}

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

const defaults = () => ({
	tokenLifetimeMs: 36_000_000,
	refreshVoidsAccessToken: false,
	vagueErrors: true,
	listMaximum: 1000,
	pageSizeMaximum: 500,
	processedBoundsInclusive: true,
	affiliateStateRequired: true,
	refuseUnknownOnDisable: false,
});

/** What the sandbox's SquadVoice holds, and the settings for what the vendor leaves open. */
export class SquadVoiceState {
	/** Keyed `${campaignId}|${leadId}`. */
	readonly leads = new Map<string, SquadVoiceLead>();
	/** Lead IDs that were disabled though never created, with how often; keyed as leads are. */
	readonly disabledUnknown = new Map<string, number>();
	readonly tokens = new TokenStore();
	/** How long a token got by login lasts. Documented: 36000 seconds. */
	tokenLifetimeMs = defaults().tokenLifetimeMs;
	/** ASSUMED: false; a call with the old token right after a refresh would tell. */
	refreshVoidsAccessToken = defaults().refreshVoidsAccessToken;
	/** ASSUMED: true; no shape of a 400 is documented, so a client cannot count on one. */
	vagueErrors = defaults().vagueErrors;
	/** ASSUMED: 1000; no maximum of a list is documented. */
	listMaximum = defaults().listMaximum;
	/** ASSUMED: 500, and a larger page_size is cut down to it, as Django REST does. */
	pageSizeMaximum = defaults().pageSizeMaximum;
	/** ASSUMED: processed_after and processed_before include their own millisecond. */
	processedBoundsInclusive = defaults().processedBoundsInclusive;
	/** ASSUMED: true, as seed 000's table says; its example leaves state_code out. */
	affiliateStateRequired = defaults().affiliateStateRequired;
	/** ASSUMED: false; what disable answers for an unknown lead_id is not documented. */
	refuseUnknownOnDisable = defaults().refuseUnknownOnDisable;

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
		this.leads.set(key, { ...incoming, campaignId, createdAt: now, arrivals: 1 });
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

	/** Marks a lead as called through, as the vendor's agents would. */
	process(
		campaignId: string,
		leadId: string | number,
		options: { outcome?: string; at?: number; blocks?: OutreachBlock[] } = {},
	): void {
		const lead = this.find(campaignId, leadId);
		if (!lead) throw new Error(`SquadVoice holds no lead ${leadId} in ${campaignId}.`);
		// Without a wish, some leads get an SMS, IVR or e-mail block, always the same ones.
		const turn = [...`${leadId}`].reduce((sum, char) => sum + char.charCodeAt(0), 0);
		const others: OutreachBlock[][] = [[], ['sms'], [], ['ivr', 'gmail']];
		lead.processed = {
			at: options.at ?? Date.now(),
			outcomeId: 101,
			outcomeName: options.outcome ?? 'Connected : Objective Met',
			blocks: options.blocks ?? others[turn % others.length] ?? [],
		};
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
			this.accept(campaignId, isUs ? { ...lead, stateCode: 'WA' } : lead, Date.now());
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
		Object.assign(this, defaults());
	}
}
