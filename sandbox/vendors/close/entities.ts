import { addressLine, leadName } from './render';
import type { CloseContact, CloseLead } from './store';

/** The object types of a search query. */
export type ObjectType =
	| 'lead'
	| 'contact'
	| 'contact_email'
	| 'contact_phone'
	| 'contact_url'
	| 'address';

/** The type of a field: it decides which conditions apply. */
export type Kind = 'text' | 'choice' | 'number' | 'moment' | 'hidden' | { reference: string };

export interface Entity {
	readonly id: string;
	/** By field name; a time is in milliseconds. */
	readonly values: Record<string, unknown>;
	/** By custom field ID. */
	readonly custom: Record<string, unknown>;
	related(type: ObjectType): Entity[];
}

const WRITE_FIELDS = {
	created_by: { reference: 'user' },
	updated_by: { reference: 'user' },
	date_created: 'moment',
	date_updated: 'moment',
} as const;

/**
 * The searchable fields by object type (Close docs, Advanced Filtering Fields), as far as needed.
 */
export const FIELD_KINDS: Record<ObjectType, Record<string, Kind>> = {
	lead: {
		...WRITE_FIELDS,
		name: 'text',
		display_name: 'text',
		description: 'text',
		url: 'text',
		status_id: { reference: 'status.lead' },
		addresses_count: 'number',
	},
	contact: {
		...WRITE_FIELDS,
		name: 'text',
		title: 'text',
		lead_id: { reference: 'lead' },
		emails_count: 'number',
		phones_count: 'number',
		urls_count: 'number',
	},
	contact_email: { email: 'text', type: 'text' },
	contact_phone: { phone: 'text', type: 'text' },
	contact_url: { url: 'text', type: 'text' },
	address: {
		address_1: 'text',
		address_2: 'text',
		city: 'text',
		state: 'text',
		zipcode: 'text',
		country: 'text',
		location: 'text',
	},
};

/**
 * The object types that has_related accepts. ASSUMED (which objects a search can relate): a lead
 * reaches e-mails and phones only through its contacts, as in every known query. Confirmed by a
 * query from a lead to an e-mail.
 */
export const RELATIONS: Record<ObjectType, ObjectType[]> = {
	lead: ['contact', 'address'],
	contact: ['lead', 'contact_email', 'contact_phone', 'contact_url'],
	contact_email: ['contact'],
	contact_phone: ['contact'],
	contact_url: ['contact'],
	address: ['lead'],
};

/** An e-mail, phone, URL or address; related to its contact or lead. */
class Leaf implements Entity {
	readonly id = '';
	readonly custom = {};

	constructor(
		readonly values: Record<string, unknown>,
		private readonly parent: Entity,
	) {}

	related(): Entity[] {
		return [this.parent];
	}
}

// Classes with lazy values: every search reads every lead, but few of its fields.
class ContactEntity implements Entity {
	readonly custom = {};

	constructor(
		private readonly contact: CloseContact,
		private readonly lead: Entity,
	) {}

	get id(): string {
		return this.contact.id;
	}

	get values(): Record<string, unknown> {
		const { contact } = this;
		return {
			created_by: contact.createdBy,
			updated_by: contact.updatedBy,
			date_created: contact.createdAt,
			date_updated: contact.updatedAt,
			name: contact.name,
			title: contact.title,
			lead_id: contact.leadId,
			emails_count: contact.emails.length,
			phones_count: contact.phones.length,
			urls_count: contact.urls.length,
		};
	}

	related(type: ObjectType): Entity[] {
		const { contact, lead } = this;
		if (type === 'lead') return [lead];
		if (type === 'contact_email')
			return contact.emails.map((email) => new Leaf({ ...email }, this));
		if (type === 'contact_phone')
			return contact.phones.map((phone) => new Leaf({ ...phone }, this));
		return contact.urls.map((url) => new Leaf({ ...url }, this));
	}
}

class LeadEntity implements Entity {
	constructor(private readonly lead: CloseLead) {}

	get id(): string {
		return this.lead.id;
	}

	get custom(): Record<string, unknown> {
		return this.lead.custom;
	}

	get values(): Record<string, unknown> {
		const { lead } = this;
		return {
			created_by: lead.createdBy,
			updated_by: lead.updatedBy,
			date_created: lead.createdAt,
			date_updated: lead.updatedAt,
			name: lead.name,
			display_name: leadName(lead),
			description: lead.description,
			url: lead.url,
			status_id: lead.statusId,
			addresses_count: lead.addresses.length,
		};
	}

	related(type: ObjectType): Entity[] {
		const { contacts, addresses } = this.lead;
		return type === 'contact'
			? contacts.map((contact) => new ContactEntity(contact, this))
			: addresses.map((address) => new Leaf({ ...address, location: addressLine(address) }, this));
	}
}

/** A lead as a search entity. */
export function leadEntity(lead: CloseLead): Entity {
	return new LeadEntity(lead);
}
