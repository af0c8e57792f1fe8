import type { UnsignedSender } from '../../webhooks/unsignedSender';
import type { SandboxState } from '../../server/SandboxState';
import { newCampaigns, type AccountName, type AutocallsCampaign } from './accounts';
import { newAssistants } from './assistants';
import {
	addCall,
	beginCall,
	callSoon,
	finishCall,
	waitingLeads,
	type AutocallsCall,
	type CallWish,
} from './calls';
import { postCallSender } from './postCall';
import { AutocallsSettings } from './settings';

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
	/** Calls that reached nobody. */
	callsInVain: number;
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

const noCounts = () => ({ allowedDuplicates: 0, leads: 0, seeds: 0 });

const byId = <T extends { id: number }>(entries: T[]) =>
	new Map(entries.map((entry) => [entry.id, entry]));

/** What the sandbox's Autocalls holds, and its settings. */
export class AutocallsState extends AutocallsSettings {
	/** By ID, secondary contacts among them. */
	readonly leads = new Map<number, AutocallsLead>();
	campaigns = byId(newCampaigns());
	assistants = byId(newAssistants());
	/** By ID. */
	readonly calls = new Map<number, AutocallsCall>();
	/** The post-call webhooks that go out, by the ID of the call. */
	readonly webhooks: UnsignedSender<number>;
	private readonly doubled = new Set<string>();
	private counts = noCounts();

	constructor(private readonly outside: Pick<SandboxState, 'deliveries' | 'later'>) {
		super();
		this.webhooks = postCallSender(outside.deliveries);
	}

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
			if (allowDuplicate) this.counts.allowedDuplicates += 1;
			else this.doubled.add(`${campaignId}|${phoneNumber}`);
		}
		const main = this.add({ campaignId, phoneNumber, variables, allowDuplicate }, now);
		main.secondaryIds = secondaryContacts.map(
			(contact) => this.add({ ...contact, campaignId, allowDuplicate, mainId: main.id }, now).id,
		);
		if (this.autoCall) callSoon(this, main);
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

	/** Sets any status, those too that only the vendor sets, and so updated_at. */
	setStatus(id: number, status: LeadStatus): void {
		Object.assign(this.mustFind(id), { status, updatedAt: this.now() });
	}

	/** Calls a lead to the end of the call, and reports it; throws when its campaign does not call. */
	call(leadId: number, wish: CallWish = {}): AutocallsCall {
		const call = beginCall(this, this.mustFind(leadId));
		finishCall(this, call, wish);
		return call;
	}

	/** Calls the leads of a campaign that wait for it, but for those that `choose` has no wish for. */
	callAll(
		campaignId: number,
		choose: (lead: AutocallsLead) => CallWish | undefined = () => ({}),
	): AutocallsCall[] {
		return waitingLeads(this, campaignId).flatMap((lead) => {
			const wish = choose(lead);
			return wish ? this.call(lead.id, wish) : [];
		});
	}

	/** Somebody calls an assistant: a call that belongs to no lead. */
	callIn(assistantId: number, customerPhone: string | null, wish: CallWish = {}): AutocallsCall {
		if (!this.assistants.has(assistantId)) {
			throw new Error(`Autocalls has no assistant ${assistantId}.`);
		}
		const call = addCall(this, { assistantId, customerPhone, inputVariables: {} });
		finishCall(this, call, wish);
		return call;
	}

	/** Does something a moment later, unless the sandbox is reset before. */
	later(act: () => void): void {
		this.outside.later(this.autoCallAfterMs, act);
	}

	/** Makes `count` leads, +15092000001 and on, without sending a request; called again, it goes on. */
	seedLeads(campaignId: number, count: number): AutocallsLead[] {
		if (!this.campaigns.has(campaignId))
			throw new Error(`Autocalls has no campaign ${campaignId}.`);
		return Array.from({ length: count }, () => {
			const number = ++this.counts.seeds;
			const phoneNumber = `+1509${2_000_000 + number}`;
			const variables = { customer_name: `Seed Lead ${number}` };
			const incoming = { campaignId, phoneNumber, variables, allowDuplicate: false };
			const lead = this.add(incoming, this.now());
			if (this.autoCall) callSoon(this, lead);
			return lead;
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
			allowedDuplicates: this.counts.allowedDuplicates,
		};
	}

	/** Forgets leads and calls; all else goes back to its default, IDs start again from 1. */
	reset(): void {
		this.leads.clear();
		this.campaigns = byId(newCampaigns());
		this.assistants = byId(newAssistants());
		this.calls.clear();
		this.webhooks.reset();
		this.doubled.clear();
		this.counts = noCounts();
		Object.assign(this, new AutocallsSettings());
	}

	private mustFind(id: number): AutocallsLead {
		const lead = this.leads.get(id);
		if (lead) return lead;
		throw new Error(`Autocalls holds no lead ${id}.`);
	}

	private add(
		lead: IncomingContact & Pick<AutocallsLead, 'campaignId' | 'allowDuplicate' | 'mainId'>,
		now: number,
	): AutocallsLead {
		const id = ++this.counts.leads;
		const whole: AutocallsLead = {
			...lead,
			id,
			status: 'created',
			createdAt: now,
			updatedAt: now,
			secondaryIds: [],
			callsInVain: 0,
		};
		this.leads.set(id, whole);
		return whole;
	}
}
