export type CustomValue = string | number | string[];

export interface ContactDetails {
	name: string | null;
	title: string | null;
	emails: Array<{ email: string; type: string }>;
	/** Phones are E.164. */
	phones: Array<{ phone: string; type: string }>;
	urls: Array<{ url: string; type: string }>;
}

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
	/** Keyed by the field's ID, without "custom.". */
	custom: Record<string, CustomValue>;
}

export interface CloseLead extends LeadDetails {
	id: string;
	contacts: CloseContact[];
	createdBy: string;
	updatedBy: string;
	createdAt: number;
	updatedAt: number;
	/** When the lead or a contact of it was last written; the search index lags behind this. */
	writtenAt: number;
}

export interface CloseNote {
	id: string;
	leadId: string;
	note: string;
	userId: string;
	createdAt: number;
}
