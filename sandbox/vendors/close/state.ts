import type { StoredParts } from '../../lib/storedParts';
import type { WebhookSender } from '../../webhooks/deliveries';
import { closeStatuses, closeUsers } from './accounts';
import { CursorStore } from './cursors';
import { EventLog } from './events';
import { newId } from './ids';
import { LeadChanges } from './leadChanges';
import { leadData } from './leadEvents';
import { showContact } from './render';
import {
	CloseStore,
	type CloseContact,
	type CloseLead,
	type ContactDetails,
	type LeadDetails,
} from './store';
import { TokenStore } from './tokens';
import { CloseWebhooks } from './webhooks';

/** The sandbox's Close: its data, what happens to it, its tokens, events and webhooks. */
export class CloseState extends CloseStore {
	readonly tokens = new TokenStore();
	readonly cursors = new CursorStore();
	/** What the current write does to leads; the source of the events. */
	readonly changes = new LeadChanges({
		lead: (lead) => leadData(this, lead),
		contact: showContact,
	});
	readonly events = new EventLog();
	readonly webhooks: CloseWebhooks;

	constructor(deliveries: WebhookSender) {
		super();
		const { changes, events } = this;
		this.webhooks = new CloseWebhooks({ store: this, changes, events, deliveries });
		this.reset();
	}

	/** Creates a lead with its contacts; every call creates a new one. */
	addLead(details: LeadDetails, contacts: ContactDetails[], by: string, now: number): CloseLead {
		const id = newId('lead');
		const stamp = { createdBy: by, updatedBy: by, createdAt: now, updatedAt: now };
		const lead = { ...details, id, contacts: [], ...stamp, writtenAt: now };
		this.leads.set(id, lead);
		this.changes.created(lead);
		for (const contact of contacts) this.addContact(lead, contact, by, now);
		return lead;
	}

	/** Adds a contact to a lead. */
	addContact(lead: CloseLead, details: ContactDetails, by: string, now: number): CloseContact {
		this.beforeWrite(lead, now);
		const stamp = { createdBy: by, updatedBy: by, createdAt: now, updatedAt: now };
		const contact = { ...details, id: newId('cont'), leadId: lead.id, ...stamp };
		this.contacts.set(contact.id, contact);
		lead.contacts.push(contact);
		return contact;
	}

	/** Moves contacts to another lead. */
	moveContacts(contacts: CloseContact[], to: CloseLead, now: number): void {
		this.beforeWrite(to, now);
		for (const contact of contacts) {
			this.dropContact(contact, now);
			contact.leadId = to.id;
			this.contacts.set(contact.id, contact);
			to.contacts.push(contact);
		}
	}

	/** Removes a contact from its lead. */
	dropContact(contact: CloseContact, now: number): void {
		this.contacts.delete(contact.id);
		const lead = this.leads.get(contact.leadId);
		if (!lead) return;
		this.beforeWrite(lead, now);
		lead.contacts = lead.contacts.filter(({ id }) => id !== contact.id);
	}

	/** Removes a lead with its contacts and notes. */
	dropLead(lead: CloseLead): void {
		this.changes.before(lead);
		for (const { id } of lead.contacts) this.contacts.delete(id);
		for (const note of this.notes.values()) {
			if (note.leadId === lead.id) this.notes.delete(note.id);
		}
		this.leads.delete(lead.id);
	}

	/**
	 * Call before a lead or its contacts change: saves the lead for the search index and for events.
	 */
	beforeWrite(lead: CloseLead, now: number): void {
		this.changes.before(lead);
		const isIndexed = now - lead.writtenAt >= this.indexLagMs;
		if (this.indexLagMs > 0 && isIndexed) this.stale.set(lead.id, structuredClone(lead));
		lead.writtenAt = now;
	}

	/**
	 * Makes `count` leads without a request, each with one contact, whose phone starts at
	 * +15092000001 and whose e-mail at seed-1@example.com. Search finds them at once.
	 */
	seedLeads(count: number, changes: Partial<LeadDetails> = {}): CloseLead[] {
		const now = Date.now();
		return Array.from({ length: count }, (_, index) => {
			const number = index + 1;
			const details = {
				name: `Seed Lead ${number}`,
				description: null,
				url: null,
				statusId: this.statuses[0]?.id ?? closeStatuses.potential.id,
				addresses: [],
				custom: {},
				...changes,
			};
			const contact = {
				name: `Seed Person ${number}`,
				title: null,
				emails: [{ email: `seed-${number}@example.com`, type: 'office' }],
				phones: [{ phone: `+1509${2_000_000 + number}`, type: 'office' }],
				urls: [],
			};
			// One millisecond apart, so that sorting by date is unambiguous.
			const lead = this.addLead(details, [contact], closeUsers.ada.id, now - count + number);
			lead.writtenAt = 0;
			return lead;
		});
	}

	/** What a snapshot contains. Contacts are stored with their leads. */
	stored(): StoredParts {
		const { leads, notes, statuses, users, customFields, disabledStatusIds } = this;
		return {
			...{ settings: this, leads, notes, statuses, users, customFields, disabledStatusIds },
			...this.events.stored(),
			...this.tokens.stored(),
			subscriptions: this.webhooks.subscriptions,
		};
	}

	/** Call after a snapshot was loaded: a contact in `contacts` is the same object as in its lead. */
	restored(): void {
		this.contacts.clear();
		for (const { contacts } of this.leads.values()) {
			for (const contact of contacts) this.contacts.set(contact.id, contact);
		}
	}

	override reset(): void {
		super.reset();
		this.tokens.reset();
		this.cursors.reset();
		this.events.reset();
		this.webhooks.reset();
	}
}
