import { newCampaigns, type AccountName, type AutocallsCampaign } from './accounts';
import { newAssistants } from './assistants';
import { AutocallsSettings } from './settings';

export const LEAD_STATUSES = [
	'created',
	'scheduled',
	'processing',
	'completed',
	'rescheduled',
	'reached-max-retries',
	'blacklisted',
] as const;

export type LeadStatus = (typeof LEAD_STATUSES)[number];

/** A contact as a create sends it. */
export interface IncomingContact {
	phoneNumber: string;
	variables: Record<string, unknown>;
}

/** A lead as a create sends it. */
export interface IncomingLead extends IncomingContact {
	campaignId: number;
	allowDuplicate: boolean;
	secondaryContacts: IncomingContact[];
}

/** A lead that Autocalls has accepted; times are on the vendor's clock (epoch in milliseconds). */
export interface AutocallsLead extends IncomingContact {
	id: number;
	campaignId: number;
	status: LeadStatus;
	createdAt: number;
	updatedAt: number;
	/** True when its create had allow_dupplicate. */
	allowDuplicate: boolean;
	/** The lead of which this one is a secondary contact; undefined for a main lead. */
	mainId?: number;
	/** The IDs of its secondary contacts. */
	secondaryIds: number[];
	/** The number of unanswered calls. */
	unansweredCalls: number;
}

/** How a call may end (Autocalls docs, call statuses). */
export const CALL_OUTCOMES = [
	'completed',
	'ended_by_customer',
	'ended_by_assistant',
	'busy',
	'no-answer',
	'failed',
] as const;

export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** A call; times are on the vendor's clock (epoch in milliseconds). */
export interface AutocallsCall {
	id: number;
	assistantId: number;
	/** Undefined for an inbound call. */
	leadId?: number;
	/** In E.164; null for a caller without a number. */
	customerPhone: string | null;
	inputVariables: Record<string, unknown>;
	status: CallOutcome | 'in-progress';
	durationSeconds: number;
	extracted: Record<string, unknown>;
	createdAt: number;
	finishedAt: number;
}

/** Counts of leads at Autocalls. */
export interface AutocallsLeadCounts {
	/** Main leads; `secondary` counts the secondary contacts. */
	held: number;
	/** Numbers that a campaign accepted again although the later create did not allow duplicates. */
	doubled: number;
	/** Main leads that are not called any more. */
	disabled: number;
	secondary: number;
	/** Creates with allow_dupplicate, of a number that the campaign already had. */
	allowedDuplicates: number;
}

const noCounts = () => ({ allowedDuplicates: 0, leads: 0, seeds: 0 });

const byId = <T extends { id: number }>(entries: T[]) =>
	new Map(entries.map((entry) => [entry.id, entry]));

/** The data of the sandbox's Autocalls, and its settings. */
export class AutocallsStore extends AutocallsSettings {
	/** By ID, with secondary contacts. */
	readonly leads = new Map<number, AutocallsLead>();
	campaigns = byId(newCampaigns());
	assistants = byId(newAssistants());
	/** By ID. */
	readonly calls = new Map<number, AutocallsCall>();
	/** Duplicates that a campaign accepted, as `${campaignId}|${phoneNumber}`. */
	protected readonly doubled = new Set<string>();
	protected counts = noCounts();

	/**
	 * The campaign of an account. ASSUMED (records of another account): another account's campaign
	 * is unknown, like one that does not exist. Confirmed by a create in such a campaign.
	 */
	campaignOf(account: AccountName, id: number): AutocallsCampaign | undefined {
		const campaign = this.campaigns.get(id);
		return campaign?.account === account ? campaign : undefined;
	}

	/**
	 * The lead of an account. ASSUMED (records of another account): another account's lead is
	 * unknown, like one that does not exist. Confirmed by an update of such a lead.
	 */
	leadOf(account: AccountName, id: number): AutocallsLead | undefined {
		const lead = this.leads.get(id);
		return lead && this.campaignOf(account, lead.campaignId) ? lead : undefined;
	}

	/** The oldest main lead of a campaign with this number in E.164. */
	find(campaignId: number, phone: string): AutocallsLead | undefined {
		for (const lead of this.leads.values()) {
			const isMain = lead.mainId === undefined;
			if (isMain && lead.phoneNumber === phone && lead.campaignId === campaignId) return lead;
		}
		return undefined;
	}

	/** The secondary contacts of a lead. */
	secondaryOf(lead: AutocallsLead): AutocallsLead[] {
		return lead.secondaryIds.flatMap((id) => this.leads.get(id) ?? []);
	}

	/**
	 * Sets any status, including those that only the vendor sets, and updates updated_at.
	 * @throws an Error for an unknown lead
	 */
	setStatus(id: number, status: LeadStatus): void {
		Object.assign(this.getLead(id), { status, updatedAt: this.now() });
	}

	/** Counts of leads and duplicates; deleted leads do not count, but their duplicates still do. */
	ledger(): AutocallsLeadCounts {
		const all = [...this.leads.values()];
		const main = all.filter((lead) => lead.mainId === undefined);
		const ended = main.filter(
			({ status }) => status === 'completed' || status === 'reached-max-retries',
		);
		return {
			held: main.length,
			doubled: this.doubled.size,
			disabled: ended.length,
			secondary: all.length - main.length,
			allowedDuplicates: this.counts.allowedDuplicates,
		};
	}

	/** Deletes leads and calls; all else returns to its default, and IDs start again from 1. */
	reset(): void {
		this.leads.clear();
		this.campaigns = byId(newCampaigns());
		this.assistants = byId(newAssistants());
		this.calls.clear();
		this.doubled.clear();
		this.counts = noCounts();
		Object.assign(this, new AutocallsSettings());
	}

	protected getLead(id: number): AutocallsLead {
		const lead = this.leads.get(id);
		if (lead) return lead;
		throw new Error(`Autocalls has no lead ${id}.`);
	}
}
