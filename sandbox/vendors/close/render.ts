import { closeUsers, organizationId, type CloseUser, type CustomField } from './accounts';
import { countryOf, formatPhone } from './phone';
import type { CloseAddress, CloseContact, CloseLead, CloseNote, CloseStore } from './store';

/** An object as the API shows it. */
export type Shown = Record<string, unknown>;

/** A time in Close's format: microseconds and +00:00. */
export function timestamp(at: number): string {
	return new Date(at).toISOString().replace('Z', '000+00:00');
}

function nameOf(store: CloseStore, userId: string): string | null {
	const user = store.users.find(({ id }) => id === userId);
	return user ? `${user.firstName} ${user.lastName}` : null;
}

/**
 * Picks the requested fields: a comma-separated list, or undefined for all. `custom` means all
 * custom fields (Close docs, leads). ASSUMED (an unknown name in `_fields`): unknown names are
 * ignored, and `id` is not added. Confirmed by a GET with one unknown name.
 */
export function pick(shown: Shown, fields: unknown): Shown {
	if (typeof fields !== 'string' || fields.trim() === '') return shown;
	const wanted = new Set(fields.split(',').map((name) => name.trim()));
	if (wanted.has('_all')) return shown;
	const allCustom = wanted.has('custom') && !('custom' in shown);
	const isWanted = (key: string) => wanted.has(key) || (allCustom && key.startsWith('custom.'));
	return Object.fromEntries(Object.entries(shown).filter(([key]) => isWanted(key)));
}

const showPhone = ({ phone, type }: CloseContact['phones'][number]) => ({
	country: countryOf(phone),
	phone,
	phone_formatted: formatPhone(phone),
	type,
});

const showEmail = ({ email, type }: CloseContact['emails'][number]) => ({
	email,
	is_unsubscribed: false,
	type,
});

/**
 * ASSUMED (the display name of a contact without a name): the e-mail or phone of a contact without
 * a name. Confirmed by such a contact.
 */
export function contactName({ name, emails, phones }: CloseContact): string {
	return name ?? emails[0]?.email ?? phones[0]?.phone ?? 'Unnamed';
}

/** The display name: of a lead without a name it is that of the first contact (recorded leads). */
export function leadName({ name, contacts }: CloseLead): string {
	return name ?? (contacts[0] ? contactName(contacts[0]) : 'Untitled');
}

/** A contact in the API (Close docs, contacts). */
export function showContact(contact: CloseContact): Shown {
	return {
		created_by: contact.createdBy,
		date_created: timestamp(contact.createdAt),
		date_updated: timestamp(contact.updatedAt),
		display_name: contactName(contact),
		emails: contact.emails.map(showEmail),
		id: contact.id,
		integration_links: [],
		lead_id: contact.leadId,
		name: contact.name,
		organization_id: organizationId,
		phones: contact.phones.map(showPhone),
		title: contact.title,
		updated_by: contact.updatedBy,
		urls: contact.urls,
	};
}

/** An address in one line; search calls it the location. */
export function addressLine(address: CloseAddress): string {
	const { address_1, address_2, city, state, zipcode, country } = address;
	const parts = [address_1, address_2, city, state, zipcode, country];
	return parts.filter((part) => part !== null).join(', ');
}

/**
 * A lead with all fields of the Close API page, Create a new lead. ASSUMED (summaries and `source`
 * of a lead): the summaries and `source`. Confirmed by a real lead. ASSUMED (whose are
 * `primary_phone` and `primary_email`): the first ones of the lead. Confirmed by a lead with two
 * contacts.
 */
export function showLead(store: CloseStore, lead: CloseLead): Shown {
	const custom = Object.entries(lead.custom).map(([id, value]) => [`custom.${id}`, value] as const);
	const email = lead.contacts.flatMap(({ emails }) => emails)[0];
	const phone = lead.contacts.flatMap(({ phones }) => phones)[0];
	const address = lead.addresses[0];
	const shown = {
		id: lead.id,
		name: lead.name ?? '',
		display_name: leadName(lead),
		description: lead.description,
		url: lead.url,
		html_url: `https://app.close.com/lead/${lead.id}/`,
		status_id: lead.statusId,
		status_label: store.statuses.find(({ id }) => id === lead.statusId)?.label ?? '',
		organization_id: organizationId,
		contact_ids: lead.contacts.map(({ id }) => id),
		contacts_summary: lead.contacts.map(contactName).join(', '),
		addresses: lead.addresses,
		primary_address_summary: address ? addressLine(address) : null,
		primary_email: email ? showEmail(email) : null,
		primary_phone: phone ? showPhone(phone) : null,
		localtime: null,
		tasks: [],
		recent_calls: [],
		summaries: [],
		integration_links: [],
		source: 'api',
		created_by: lead.createdBy,
		created_by_name: nameOf(store, lead.createdBy),
		updated_by: lead.updatedBy,
		updated_by_name: nameOf(store, lead.updatedBy),
		date_created: timestamp(lead.createdAt),
		date_updated: timestamp(lead.updatedAt),
		...(store.customAsObject ? { custom: { ...lead.custom } } : {}),
		...Object.fromEntries(custom),
	};
	if (store.omitsDeprecatedFields) return shown;
	return { ...shown, contacts: lead.contacts.map(showContact), opportunities: [] };
}

/** A note in the API (Close docs, activities). */
export function showNote(store: CloseStore, note: CloseNote): Shown {
	const at = timestamp(note.createdAt);
	const name = nameOf(store, note.userId);
	return {
		_type: 'Note',
		id: note.id,
		lead_id: note.leadId,
		contact_id: note.contactId,
		note: note.note,
		note_html: note.html,
		note_mentions: [],
		attachments: [],
		activity_at: at,
		date_created: at,
		date_updated: at,
		created_by: note.userId,
		created_by_name: name,
		updated_by: note.userId,
		updated_by_name: name,
		user_id: note.userId,
		user_name: name,
		users: [],
		organization_id: organizationId,
		pinned: note.pinned,
		pinned_at: note.pinned ? at : null,
		source: 'api',
		title: note.title,
	};
}

const LONG_AGO = timestamp(Date.UTC(2020, 0, 2));

/** A user in the list, with organizations by ID. */
export function showUser(user: CloseUser): Shown {
	return {
		id: user.id,
		email: user.email,
		first_name: user.firstName,
		last_name: user.lastName,
		image: null,
		date_created: LONG_AGO,
		date_updated: LONG_AGO,
		organizations: [organizationId],
	};
}

/** The user of GET /me/, with organizations as objects that have the lead statuses. */
export function showMe(store: CloseStore, user: CloseUser): Shown {
	const organization = {
		id: organizationId,
		name: 'Sandbox',
		lead_statuses: store.statuses,
		created_by: null,
		updated_by: null,
		date_created: LONG_AGO,
		date_updated: LONG_AGO,
	};
	return { ...showUser(user), organizations: [organization] };
}

/** A lead custom field in the API. */
export function showCustomField(field: CustomField): Shown {
	return {
		id: field.id,
		name: field.name,
		description: null,
		type: field.type,
		is_shared: field.shared,
		accepts_multiple_values: field.multiple,
		choices: field.choices,
		editable_with_roles: [],
		organization_id: organizationId,
		created_by: closeUsers.ada.id,
		updated_by: closeUsers.ada.id,
		date_created: LONG_AGO,
		date_updated: LONG_AGO,
	};
}
