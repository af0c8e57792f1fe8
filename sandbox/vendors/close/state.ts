import type { WebhookSender } from '../../webhooks/deliveries';
import { closeFields, closeStatuses, closeUsers } from './accounts';
import type { CloseStatus, CloseUser, CustomField } from './accounts';
import { CursorStore } from './cursors';
import { EventBook } from './events';
import { newId } from './ids';
import { LeadChanges } from './leadChanges';
import { leadData } from './leadNews';
import type { CloseContact, CloseLead, CloseNote, ContactDetails, LeadDetails } from './model';
import { toE164 } from './phone';
import { TokenStore } from './tokens';
import { CloseWebhooks } from './webhooks';

const defaults = () => ({
	planLimitReached: false,
	indexLagMs: 0,
	tokenLifetimeMs: 3_600_000,
	denyAuthorization: false,
	cursorLifetimeMs: 30_000,
	searchMaximum: 10_000,
	limitMaximum: 200,
	skipMaximum: 10_000,
	webhookMaximum: 40,
	eventDelayMs: 0,
});

/** What the sandbox's Close holds, and the settings for what the vendor leaves open. */
export class CloseState {
	readonly leads = new Map<string, CloseLead>();
	readonly contacts = new Map<string, CloseContact>();
	readonly notes = new Map<string, CloseNote>();
	readonly tokens = new TokenStore();
	readonly cursors = new CursorStore();
	readonly statuses: CloseStatus[] = [];
	readonly users: CloseUser[] = [];
	readonly customFields: CustomField[] = [];
	/** What the write of the moment does to leads; from it come the events. */
	readonly changes = new LeadChanges((lead) => leadData(this, lead));
	readonly events = new EventBook();
	readonly webhooks: CloseWebhooks;
	/** Statuses that count as disabled in the ledger. */
	readonly disabledStatusIds = new Set<string>();
	/** Answers 402 to whatever would make a lead, a contact or a note (ASSUMED: nothing else). */
	planLimitReached = defaults().planLimitReached;
	/** How long search takes to notice what was written. No time is documented. */
	indexLagMs = defaults().indexLagMs;
	/** How long an access token lasts. Documented: 3600 seconds. */
	tokenLifetimeMs = defaults().tokenLifetimeMs;
	/** The user declines at the consent screen. */
	denyAuthorization = defaults().denyAuthorization;
	/** Documented: 30 seconds. */
	cursorLifetimeMs = defaults().cursorLifetimeMs;
	/** The most objects of one walk. Documented: 10,000. */
	searchMaximum = defaults().searchMaximum;
	/** ASSUMED: 200 for every _limit; a maximum that varies is documented, and a 400 beyond it. */
	limitMaximum = defaults().limitMaximum;
	/** ASSUMED: 10,000 for every _skip, as for _limit. */
	skipMaximum = defaults().skipMaximum;
	/** The most webhook subscriptions of the organisation. Documented: 40. */
	webhookMaximum = defaults().webhookMaximum;
	/**
	 * How long `updated` and `deleted` are held back, so that one event can tell of several updates.
	 * That they are is documented, for how long is not. Divided by the speed of deliveries.
	 */
	eventDelayMs = defaults().eventDelayMs;
	/** What the search index still shows of leads that were written a moment ago. */
	private readonly stale = new Map<string, CloseLead>();

	/** `deliveries` is the way that webhooks go out. */
	constructor(deliveries: WebhookSender) {
		this.webhooks = new CloseWebhooks(this, deliveries);
		this.reset();
	}

	/** Makes a lead with its contacts; every call makes a new one. */
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

	/** Gives contacts to another lead. */
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
	 * To be called before a lead or its contacts change: keeps what search is to show meanwhile, and
	 * what events are to tell.
	 */
	beforeWrite(lead: CloseLead, now: number): void {
		this.changes.before(lead);
		const isIndexed = now - lead.writtenAt >= this.indexLagMs;
		if (this.indexLagMs > 0 && isIndexed) this.stale.set(lead.id, structuredClone(lead));
		lead.writtenAt = now;
	}

	/**
	 * The leads as search sees them: not those made less than indexLagMs ago, and those changed since
	 * as they were before. ASSUMED: deleted ones are gone at once.
	 */
	indexed(now: number): CloseLead[] {
		return [...this.leads.values()].flatMap((lead) => {
			if (now - lead.writtenAt >= this.indexLagMs) return [lead];
			return this.stale.get(lead.id) ?? [];
		});
	}

	/** The leads a contact of which has this number, in any spelling. */
	findByPhone(phone: string): CloseLead[] {
		const number = toE164(phone) ?? phone;
		return [...this.leads.values()].filter(({ contacts }) =>
			contacts.some(({ phones }) => phones.some((entry) => entry.phone === number)),
		);
	}

	/** The leads a contact of which has this e-mail address, in any case. */
	findByEmail(email: string): CloseLead[] {
		const address = email.trim().toLowerCase();
		return [...this.leads.values()].filter(({ contacts }) =>
			contacts.some(({ emails }) => emails.some((entry) => entry.email.toLowerCase() === address)),
		);
	}

	/**
	 * Makes `count` leads without sending a request, each with one contact, phone (+15092000001 and
	 * on) and e-mail (seed-1@example.com and on). Search shows them at once.
	 */
	seedLeads(count: number, change: Partial<LeadDetails> = {}): CloseLead[] {
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
				...change,
			};
			const contact = {
				name: `Seed Person ${number}`,
				title: null,
				emails: [{ email: `seed-${number}@example.com`, type: 'office' }],
				phones: [{ phone: `+1509${2_000_000 + number}`, type: 'office' }],
				urls: [],
			};
			// Apart by a millisecond, so that an order by date is one order.
			const lead = this.addLead(details, [contact], closeUsers.ada.id, now - count + number);
			lead.writtenAt = 0;
			return lead;
		});
	}

	/**
	 * Leads held, doubled and disabled. A held lead is doubled when a lead before it that is held too,
	 * however it was made, shares with it a contact's phone (in E.164) or e-mail (in lower case), or
	 * when both have neither and bear the same name. It goes by what the leads hold now: a double
	 * that was merged or deleted is none any more.
	 */
	ledger(): { held: number; doubled: number; disabled: number } {
		const seen = new Set<string>();
		let doubled = 0;
		let disabled = 0;
		for (const { contacts, name, statusId } of this.leads.values()) {
			const ways = contacts.flatMap(({ phones, emails }) => [
				...phones.map(({ phone }) => phone),
				...emails.map(({ email }) => email.toLowerCase()),
			]);
			const marks = ways.length > 0 ? ways : [`name ${(name ?? '').toLowerCase()}`];
			if (marks.some((mark) => seen.has(mark))) doubled += 1;
			if (this.disabledStatusIds.has(statusId)) disabled += 1;
			for (const mark of marks) seen.add(mark);
		}
		return { held: this.leads.size, doubled, disabled };
	}

	/** Forgets everything; settings, statuses, users and custom fields go back to their defaults. */
	reset(): void {
		for (const kept of [this.leads, this.contacts, this.notes, this.stale]) kept.clear();
		this.tokens.reset();
		this.cursors.reset();
		this.events.reset();
		this.webhooks.reset();
		this.statuses.splice(0, Infinity, ...Object.values(closeStatuses));
		this.users.splice(0, Infinity, ...Object.values(closeUsers));
		this.customFields.splice(0, Infinity, ...Object.values(closeFields));
		this.disabledStatusIds.clear();
		this.disabledStatusIds.add(closeStatuses.badFit.id);
		Object.assign(this, defaults());
	}
}
