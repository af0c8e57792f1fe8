import { addressLine, leadName } from './render';
import type { CloseContact, CloseLead } from './model';

/** What search can look at. */
export type ObjectType =
	| 'lead'
	| 'contact'
	| 'contact_email'
	| 'contact_phone'
	| 'contact_url'
	| 'address';

/** What a field holds: it decides which conditions there are for it. */
export type Kind = 'text' | 'choice' | 'number' | 'moment' | { reference: string };

export interface Entity {
	id: string;
	/** By field name; a time is in milliseconds. */
	values: Record<string, unknown>;
	/** By custom field ID. */
	custom: Record<string, unknown>;
	related(type: ObjectType): Entity[];
}

const written = {
	created_by: { reference: 'user' },
	updated_by: { reference: 'user' },
	date_created: 'moment',
	date_updated: 'moment',
} as const;

/** The fields search knows by object type (Close docs, Advanced Filtering Fields), as far as needed. */
export const fieldKinds: Record<ObjectType, Record<string, Kind>> = {
	lead: {
		...written,
		name: 'text',
		display_name: 'text',
		description: 'text',
		url: 'text',
		status_id: { reference: 'status.lead' },
		addresses_count: 'number',
	},
	contact: {
		...written,
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
 * Which objects has_related leads to. ASSUMED: from a lead to an e-mail or phone the way goes over
 * its contacts, as every query that was found does; asking directly would tell.
 */
export const relations: Record<ObjectType, ObjectType[]> = {
	lead: ['contact', 'address'],
	contact: ['lead', 'contact_email', 'contact_phone', 'contact_url'],
	contact_email: ['contact'],
	contact_phone: ['contact'],
	contact_url: ['contact'],
	address: ['lead'],
};

const leaf = (values: Record<string, unknown>, parent: Entity): Entity => ({
	id: '',
	values,
	custom: {},
	related: () => [parent],
});

function contactEntity(contact: CloseContact, lead: Entity): Entity {
	const entity: Entity = {
		id: contact.id,
		values: {
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
		},
		custom: {},
		related: (type) => {
			if (type === 'lead') return [lead];
			if (type === 'contact_email')
				return contact.emails.map((email) => leaf({ ...email }, entity));
			if (type === 'contact_phone')
				return contact.phones.map((phone) => leaf({ ...phone }, entity));
			return contact.urls.map((url) => leaf({ ...url }, entity));
		},
	};
	return entity;
}

/** A lead as search sees it. */
export function leadEntity(lead: CloseLead): Entity {
	const entity: Entity = {
		id: lead.id,
		values: {
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
		},
		custom: lead.custom,
		related: (type) =>
			type === 'contact'
				? lead.contacts.map((contact) => contactEntity(contact, entity))
				: lead.addresses.map((address) =>
						leaf({ ...address, location: addressLine(address) }, entity),
					),
	};
	return entity;
}
