import type { StoredParts } from '../../lib/storedParts';
import type { Clock } from '../../server/Clock';
import type { WebhookSender } from '../../webhooks/deliveries';
import type { UnsignedSender } from '../../webhooks/unsignedSender';
import { Dialer, type CallOptions } from './Dialer';
import { postCallSender } from './postCall';
import {
	AutocallsStore,
	type AutocallsCall,
	type AutocallsLead,
	type IncomingContact,
	type IncomingLead,
} from './store';

/** The sandbox's Autocalls: its data, what happens to it, its calls and its webhooks. */
export class AutocallsState extends AutocallsStore {
	/** The post-call webhooks, by the ID of the call. */
	readonly webhooks: UnsignedSender<number>;
	readonly dialer: Dialer;

	constructor(deliveries: WebhookSender, clock: Clock) {
		super();
		this.webhooks = postCallSender(deliveries);
		this.dialer = new Dialer(this, this.webhooks, clock);
	}

	/** Accepts a lead, always as a new record; returns undefined for a rejected duplicate. */
	accept(incoming: IncomingLead, now: number): AutocallsLead | undefined {
		const { campaignId, phoneNumber, variables, allowDuplicate, secondaryContacts } = incoming;
		// ASSUMED (whether a secondary contact makes a number a duplicate): no, only main leads make a
		// number a duplicate. Confirmed by a create of a number that is a secondary contact.
		if (this.find(campaignId, phoneNumber)) {
			if (!allowDuplicate && this.rejectDuplicates) return undefined;
			if (allowDuplicate) this.counts.allowedDuplicates += 1;
			else this.doubled.add(`${campaignId}|${phoneNumber}`);
		}
		const main = this.add({ campaignId, phoneNumber, variables, allowDuplicate }, now);
		main.secondaryIds = secondaryContacts.map(
			(contact) => this.add({ ...contact, campaignId, allowDuplicate, mainId: main.id }, now).id,
		);
		if (this.autoCall) this.dialer.callSoon(main);
		return main;
	}

	/** Removes a lead and its secondary contacts. */
	remove(lead: AutocallsLead): void {
		this.leads.delete(lead.id);
		for (const id of lead.secondaryIds) this.leads.delete(id);
	}

	/**
	 * Calls a lead, ends the call and reports it.
	 * @throws an Error for an unknown lead, and when the lead's campaign does not call
	 */
	call(leadId: number, options: CallOptions = {}): AutocallsCall {
		const call = this.dialer.begin(this.getLead(leadId));
		this.dialer.finish(call, options);
		return call;
	}

	/** Calls the waiting leads of a campaign, except those for which `choose` returns nothing. */
	callAll(
		campaignId: number,
		choose: (lead: AutocallsLead) => CallOptions | undefined = () => ({}),
	): AutocallsCall[] {
		return this.dialer.waiting(campaignId).flatMap((lead) => {
			const options = choose(lead);
			return options ? this.call(lead.id, options) : [];
		});
	}

	/**
	 * An inbound call to an assistant, without a lead.
	 * @throws an Error for an unknown assistant
	 */
	callIn(
		assistantId: number,
		customerPhone: string | null,
		options: CallOptions = {},
	): AutocallsCall {
		if (!this.assistants.has(assistantId)) {
			throw new Error(`Autocalls has no assistant ${assistantId}.`);
		}
		const call = this.dialer.add({ assistantId, customerPhone, inputVariables: {} });
		this.dialer.finish(call, options);
		return call;
	}

	/**
	 * Makes `count` leads without a request; their numbers start at +15092000001 and continue in the
	 * next call.
	 */
	seedLeads(campaignId: number, count: number): AutocallsLead[] {
		if (!this.campaigns.has(campaignId)) {
			throw new Error(`Autocalls has no campaign ${campaignId}.`);
		}
		return Array.from({ length: count }, () => {
			const number = ++this.counts.seeds;
			const phoneNumber = `+1509${2_000_000 + number}`;
			const variables = { customer_name: `Seed Lead ${number}` };
			const incoming = { campaignId, phoneNumber, variables, allowDuplicate: false };
			const lead = this.add(incoming, this.now());
			if (this.autoCall) this.dialer.callSoon(lead);
			return lead;
		});
	}

	/** What a snapshot contains. */
	stored(): StoredParts {
		const { leads, campaigns, assistants, calls, doubled, counts } = this;
		return { settings: this, leads, campaigns, assistants, calls, doubled, counts };
	}

	override reset(): void {
		super.reset();
		this.webhooks.reset();
	}

	private add(
		details: IncomingContact & Pick<AutocallsLead, 'campaignId' | 'allowDuplicate' | 'mainId'>,
		now: number,
	): AutocallsLead {
		const lead: AutocallsLead = {
			...details,
			id: ++this.counts.leads,
			status: 'created',
			createdAt: now,
			updatedAt: now,
			secondaryIds: [],
			unansweredCalls: 0,
		};
		this.leads.set(lead.id, lead);
		return lead;
	}
}
