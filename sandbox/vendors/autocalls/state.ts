import { newCampaigns, type AccountName, type AutocallsCampaign } from './accounts';

export const leadStatuses = [
	'created',
	'scheduled',
	'processing',
	'completed',
	'rescheduled',
	'reached-max-retries',
	'blacklisted',
] as const;

export type LeadStatus = (typeof leadStatuses)[number];

/** A contact as a create brings it. */
export interface IncomingContact {
	phoneNumber: string;
	variables: Record<string, unknown>;
}

/** A lead as a create brings it. */
export interface IncomingLead extends IncomingContact {
	campaignId: number;
	allowDuplicate: boolean;
	secondaryContacts: IncomingContact[];
}

export interface AutocallsLead extends IncomingContact {
	id: number;
	campaignId: number;
	status: LeadStatus;
	createdAt: number;
	updatedAt: number;
	/** Whether its create carried allow_dupplicate. */
	allowDuplicate: boolean;
	/** The lead this one is a secondary contact of; undefined for a main lead. */
	mainId?: number;
	/** The IDs of its secondary contacts. */
	secondaryIds: number[];
}

export interface AutocallsLedger {
	/** Main leads; secondary contacts are counted in `secondary`. */
	held: number;
	/** Numbers that a campaign was given more than once though the later create did not ask for it. */
	doubled: number;
	/** Main leads that are not called any more. */
	disabled: number;
	secondary: number;
	/** Creates of a number the campaign had, which asked for that by allow_dupplicate. */
	allowedDuplicates: number;
}

const defaults = () => ({ bareLists: false, wrappedCampaigns: false, refuseDuplicates: true });

const byId = (campaigns: AutocallsCampaign[]) =>
	new Map(campaigns.map((campaign) => [campaign.id, campaign]));

/** What the sandbox's Autocalls holds, and the settings for what the vendor leaves open. */
export class AutocallsState {
	/** By ID, secondary contacts among them. */
	readonly leads = new Map<number, AutocallsLead>();
	campaigns = byId(newCampaigns());
	/** Leads are listed as a bare array without pages, as the vendor's API did before. */
	bareLists = defaults().bareLists;
	/** Campaigns are listed as `{ data }`; documented is a bare array. */
	wrappedCampaigns = defaults().wrappedCampaigns;
	/** ASSUMED: true; a second create of one number in one campaign would tell. */
	refuseDuplicates = defaults().refuseDuplicates;
	private doubled = new Set<string>();
	private allowedDuplicates = 0;
	private lastId = 0;
	private lastSeed = 0;

	/** ASSUMED: a campaign of another account is as unknown as one that is not there. */
	campaignOf(account: AccountName, id: number): AutocallsCampaign | undefined {
		const campaign = this.campaigns.get(id);
		return campaign?.account === account ? campaign : undefined;
	}

	/** ASSUMED: a lead of another account is as unknown as one that is not there. */
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

	/** Takes a lead in, always as a new record; undefined when it is a duplicate to be refused. */
	accept(incoming: IncomingLead, now: number): AutocallsLead | undefined {
		const { campaignId, phoneNumber, variables, allowDuplicate, secondaryContacts } = incoming;
		// ASSUMED: only main leads make a number a duplicate; creating one that is a secondary contact
		// would tell.
		if (this.find(campaignId, phoneNumber)) {
			if (!allowDuplicate && this.refuseDuplicates) return undefined;
			if (allowDuplicate) this.allowedDuplicates += 1;
			else this.doubled.add(`${campaignId}|${phoneNumber}`);
		}
		const main = this.add({ campaignId, phoneNumber, variables, allowDuplicate }, now);
		main.secondaryIds = secondaryContacts.map(
			(contact) => this.add({ ...contact, campaignId, allowDuplicate, mainId: main.id }, now).id,
		);
		return main;
	}

	/** The secondary contacts of a lead. */
	secondaryOf(lead: AutocallsLead): AutocallsLead[] {
		return lead.secondaryIds.flatMap((id) => this.leads.get(id) ?? []);
	}

	/** Removes a lead and its secondary contacts. */
	remove(lead: AutocallsLead): void {
		this.leads.delete(lead.id);
		for (const id of lead.secondaryIds) this.leads.delete(id);
	}

	/** Sets any status, those too that only the vendor sets. */
	setStatus(id: number, status: LeadStatus): void {
		const lead = this.leads.get(id);
		if (!lead) throw new Error(`Autocalls holds no lead ${id}.`);
		Object.assign(lead, { status, updatedAt: Date.now() });
	}

	/** Makes `count` leads, +15092000001 and on, without sending a request; called again, it goes on. */
	seedLeads(campaignId: number, count: number): AutocallsLead[] {
		if (!this.campaigns.has(campaignId))
			throw new Error(`Autocalls has no campaign ${campaignId}.`);
		return Array.from({ length: count }, () => {
			const number = ++this.lastSeed;
			const phoneNumber = `+1509${2_000_000 + number}`;
			const variables = { customer_name: `Seed Lead ${number}` };
			return this.add({ campaignId, phoneNumber, variables, allowDuplicate: false }, Date.now());
		});
	}

	/** What is held, and what came twice. What was deleted is not held, but a double stays one. */
	ledger(): AutocallsLedger {
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
			allowedDuplicates: this.allowedDuplicates,
		};
	}

	/** Forgets all leads; campaigns and settings go back to their defaults, IDs start again from 1. */
	reset(): void {
		this.leads.clear();
		this.campaigns = byId(newCampaigns());
		this.doubled.clear();
		this.allowedDuplicates = 0;
		this.lastId = 0;
		this.lastSeed = 0;
		Object.assign(this, defaults());
	}

	private add(
		lead: Omit<AutocallsLead, 'id' | 'status' | 'createdAt' | 'updatedAt' | 'secondaryIds'>,
		now: number,
	): AutocallsLead {
		const id = ++this.lastId;
		const whole: AutocallsLead = {
			...lead,
			id,
			status: 'created',
			createdAt: now,
			updatedAt: now,
			secondaryIds: [],
		};
		this.leads.set(id, whole);
		return whole;
	}
}
