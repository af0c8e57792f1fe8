import {
	closeFields,
	closeStatuses,
	closeUsers,
	type CloseStatus,
	type CloseUser,
	type CustomField,
} from './accounts';
import { toE164 } from './phone';
import { CloseSettings } from './settings';

export type CustomValue = string | number | string[];

export interface ContactDetails {
	name: string | null;
	title: string | null;
	emails: Array<{ email: string; type: string }>;
	/** In E.164. */
	phones: Array<{ phone: string; type: string }>;
	urls: Array<{ url: string; type: string }>;
}

/** A stored contact; times are epochs in milliseconds. */
export interface CloseContact extends ContactDetails {
	id: string;
	leadId: string;
	createdBy: string;
	updatedBy: string;
	createdAt: number;
	updatedAt: number;
}

export interface CloseAddress {
	label: string | null;
	address_1: string | null;
	address_2: string | null;
	city: string | null;
	state: string | null;
	zipcode: string | null;
	country: string | null;
}

export interface LeadDetails {
	name: string | null;
	description: string | null;
	url: string | null;
	statusId: string;
	addresses: CloseAddress[];
	/** By the field's ID, without "custom.". */
	custom: Record<string, CustomValue>;
}

/** A stored lead; times are epochs in milliseconds. */
export interface CloseLead extends LeadDetails {
	id: string;
	contacts: CloseContact[];
	createdBy: string;
	updatedBy: string;
	createdAt: number;
	updatedAt: number;
	/** When the lead or one of its contacts was last written; the search index lags behind this. */
	writtenAt: number;
}

/** A stored note; `createdAt` is an epoch in milliseconds. */
export interface CloseNote {
	id: string;
	leadId: string;
	contactId: string | null;
	title: string | null;
	/** The text of `html`. */
	note: string;
	html: string;
	pinned: boolean;
	userId: string;
	createdAt: number;
}

/** The data of the sandbox's Close, and its settings. */
export class CloseStore extends CloseSettings {
	readonly leads = new Map<string, CloseLead>();
	readonly contacts = new Map<string, CloseContact>();
	readonly notes = new Map<string, CloseNote>();
	readonly statuses: CloseStatus[] = [];
	readonly users: CloseUser[] = [];
	readonly customFields: CustomField[] = [];
	/** Statuses that count as disabled in the ledger. */
	readonly disabledStatusIds = new Set<string>();
	/** Recently written leads as the search index still has them. */
	protected readonly stale = new Map<string, CloseLead>();

	/**
	 * The leads as search sees them: without those created less than `indexLagMs` ago, and with the
	 * previous version of those changed since. ASSUMED (when a deleted lead leaves the search):
	 * deleted leads disappear at once. Confirmed by a search right after a delete.
	 */
	indexed(now: number): CloseLead[] {
		return [...this.leads.values()].flatMap((lead) => {
			if (now - lead.writtenAt >= this.indexLagMs) return [lead];
			return this.stale.get(lead.id) ?? [];
		});
	}

	/** The leads with a contact of this number, in any spelling. */
	findByPhone(phone: string): CloseLead[] {
		const number = toE164(phone) ?? phone;
		return [...this.leads.values()].filter(({ contacts }) =>
			contacts.some(({ phones }) => phones.some((entry) => entry.phone === number)),
		);
	}

	/** The leads with a contact of this e-mail address, in any case. */
	findByEmail(email: string): CloseLead[] {
		const address = email.trim().toLowerCase();
		return [...this.leads.values()].filter(({ contacts }) =>
			contacts.some(({ emails }) => emails.some((entry) => entry.email.toLowerCase() === address)),
		);
	}

	/**
	 * Counts of leads, duplicates and disabled leads. A lead is a duplicate when an earlier lead
	 * shares a contact's phone (in E.164) or e-mail (in lower case), or when both have neither and
	 * have the same name. Only existing leads count: a duplicate that was merged or deleted does not.
	 */
	ledger(): { held: number; doubled: number; disabled: number } {
		const seen = new Set<string>();
		let doubled = 0;
		let disabled = 0;
		for (const { contacts, name, statusId } of this.leads.values()) {
			const addresses = contacts.flatMap(({ phones, emails }) => [
				...phones.map(({ phone }) => phone),
				...emails.map(({ email }) => email.toLowerCase()),
			]);
			const keys = addresses.length > 0 ? addresses : [`name ${(name ?? '').toLowerCase()}`];
			if (keys.some((key) => seen.has(key))) doubled += 1;
			if (this.disabledStatusIds.has(statusId)) disabled += 1;
			for (const key of keys) seen.add(key);
		}
		return { held: this.leads.size, doubled, disabled };
	}

	/** Deletes all data; settings, statuses, users and custom fields return to their defaults. */
	reset(): void {
		for (const records of [this.leads, this.contacts, this.notes, this.stale]) records.clear();
		this.statuses.splice(0, Infinity, ...Object.values(closeStatuses));
		this.users.splice(0, Infinity, ...Object.values(closeUsers));
		this.customFields.splice(0, Infinity, ...Object.values(closeFields));
		this.disabledStatusIds.clear();
		this.disabledStatusIds.add(closeStatuses.badFit.id);
		Object.assign(this, new CloseSettings());
	}
}
