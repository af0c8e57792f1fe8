import type { Scalar } from '../../lib/guards';
import { SquadVoiceSettings } from './settings';

/** The version of the API that a path belongs to. */
export type ApiVersion = 'v1' | 'v4';

/** A lead as a create sends it. */
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

export type OutreachBlock = 'sms' | 'ivr' | 'gmail';

/** The result of one processing of a lead. */
export interface Processed {
	/** On the vendor's clock (epoch in milliseconds). */
	at: number;
	/** On this machine's clock (epoch in milliseconds). */
	recordedAt: number;
	outcomeId: number;
	outcomeName: string;
	blocks: OutreachBlock[];
	/** Answers of the lead, in results of v4. */
	responses: Record<string, string>;
	/** The previous result, for a lead that was processed again. */
	before?: Processed;
}

/** A lead that SquadVoice has accepted; times are on the vendor's clock (epoch in milliseconds). */
export interface SquadVoiceLead extends IncomingLead {
	campaignId: string;
	createdAt: number;
	/** How often a create of this lead was accepted; more than 1 is a duplicate. */
	arrivals: number;
	disabledAt?: number;
	/** Erased by v4's delete: the record stays for counting, without the person's data. */
	erasedAt?: number;
	processed?: Processed;
	convertedWith?: string;
}

/** True for a lead that waits to be processed. */
export const isWaiting = ({ processed, disabledAt, erasedAt }: SquadVoiceLead) =>
	processed === undefined && disabledAt === undefined && erasedAt === undefined;

/** The data of the sandbox's SquadVoice, and its settings. */
export class SquadVoiceStore extends SquadVoiceSettings {
	/** By `${campaignId}|${leadId}`. */
	readonly leads = new Map<string, SquadVoiceLead>();
	/** How often a lead that does not exist was disabled; same keys as `leads`. */
	readonly disabledUnknown = new Map<string, number>();
	/** The URL of the Lead Processed webhook, by campaign ID. */
	readonly webhookUrls = new Map<string, string>();

	/**
	 * The lead, unless it was erased. ASSUMED (whether the IDs 1 and "1" are one lead): yes. Confirmed
	 * by a create of both.
	 */
	find(campaignId: string, leadId: string | number): SquadVoiceLead | undefined {
		const lead = this.leads.get(`${campaignId}|${leadId}`);
		return lead?.erasedAt === undefined ? lead : undefined;
	}

	/**
	 * Counts of leads, of leads accepted more than once, and of disabled ones; erased ones do not
	 * count.
	 */
	ledger(): { held: number; doubled: number; disabled: number } {
		const all = [...this.leads.values()];
		const existing = all.filter((lead) => lead.erasedAt === undefined);
		return {
			held: existing.length,
			doubled: all.filter((lead) => lead.arrivals > 1).length,
			disabled: existing.filter((lead) => lead.disabledAt !== undefined).length,
		};
	}

	/** Deletes all data; settings return to their defaults. */
	reset(): void {
		this.leads.clear();
		this.disabledUnknown.clear();
		this.webhookUrls.clear();
		Object.assign(this, new SquadVoiceSettings());
	}
}
