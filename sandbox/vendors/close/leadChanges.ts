import type { CloseContact, CloseLead } from './store';
import type { Shown } from './render';

/** A lead or a contact before and after a write; undefined where there is none. */
export interface ObjectChange {
	objectType: 'lead' | 'contact';
	objectId: string;
	/** Of a contact that moved: the lead that it is in now. */
	leadId: string;
	before: Shown | undefined;
	after: Shown | undefined;
}

/** The IDs of two merged leads. */
export interface Merge {
	source: string;
	destination: string;
}

/** What a write did. */
export interface Changes {
	objects: ObjectChange[];
	merge: Merge | undefined;
}

interface Recorded {
	lead: CloseLead;
	before: Shown | undefined;
	contacts: Map<string, Shown>;
}

/** How events show objects. */
interface Show {
	/** Undefined for a deleted lead. */
	lead(lead: CloseLead): Shown | undefined;
	contact(contact: CloseContact): Shown;
}

/** Records what a write does to leads and their contacts, while `record` runs it. */
export class LeadChanges {
	private recorded: Map<string, Recorded> | undefined;
	private merge: Merge | undefined;

	constructor(private readonly show: Show) {}

	/** Call before a lead or one of its contacts changes or is deleted. */
	before(lead: CloseLead): void {
		if (!this.recorded || this.recorded.has(lead.id)) return;
		const contacts = this.contactsOf(lead);
		this.recorded.set(lead.id, { lead, before: this.show.lead(lead), contacts });
	}

	/** Call after a lead was created. */
	created(lead: CloseLead): void {
		this.recorded?.set(lead.id, { lead, before: undefined, contacts: new Map() });
	}

	/** Call after leads were merged. */
	merged(merge: Merge): void {
		this.merge = merge;
	}

	/** Runs a write, synchronously so that no other write interferes, and returns its changes. */
	record<T>(write: () => T): { result: T; changes: Changes } {
		const recorded = new Map<string, Recorded>();
		this.recorded = recorded;
		this.merge = undefined;
		try {
			const result = write();
			const entries = [...recorded.values()];
			const objects = [...entries.map((entry) => this.leadChange(entry)), ...this.moves(entries)];
			return { result, changes: { objects, merge: this.merge } };
		} finally {
			this.recorded = undefined;
		}
	}

	private contactsOf(lead: CloseLead): Map<string, Shown> {
		return new Map(lead.contacts.map((contact) => [contact.id, this.show.contact(contact)]));
	}

	private leadChange({ lead, before }: Recorded): ObjectChange {
		const { id } = lead;
		const after = this.show.lead(lead);
		return { objectType: 'lead', objectId: id, leadId: id, before, after };
	}

	/** The changes of the contacts of these leads: a contact may have moved from one to another. */
	private moves(recorded: Recorded[]): ObjectChange[] {
		const before = new Map(recorded.flatMap(({ contacts }) => [...contacts]));
		const existing = recorded.filter(({ lead }) => this.show.lead(lead) !== undefined);
		const after = new Map(existing.flatMap(({ lead }) => [...this.contactsOf(lead)]));
		return [...new Set([...before.keys(), ...after.keys()])].map((id) => {
			const change = { before: before.get(id), after: after.get(id) };
			const leadId = String((change.after ?? change.before)?.lead_id);
			return { objectType: 'contact', objectId: id, leadId, ...change };
		});
	}
}
