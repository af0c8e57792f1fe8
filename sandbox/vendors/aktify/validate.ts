import { isIsoDate, isRecord } from '../../lib/guards';
import { isUsState } from '../../lib/usStates';
import { toE164 } from './phone';

const STRING_FIELDS = [
	'phoneNumber',
	'region',
	'zipCode',
	'email',
	'externalCreated',
	'externalLeadId',
	'firstName',
	'lastName',
	'source',
	'link',
	'linkToShorten',
];

/** A valid body of a create. */
export interface ReadLead {
	/** E.164. */
	phone: string;
	/** The fields as they were sent. */
	sent: Record<string, unknown>;
}

/** The first problem of the fields, or undefined. */
function valueProblem(raw: Record<string, unknown>): string | undefined {
	const { phoneNumber, region, zipCode, email, externalCreated, metadata } = raw;
	for (const [field, value] of Object.entries(raw)) {
		// ASSUMED (unknown fields): rejected. Confirmed by a create with one.
		if (field !== 'metadata' && !STRING_FIELDS.includes(field)) return `Unknown field ${field}.`;
		if (field !== 'metadata' && typeof value !== 'string') return `${field} must be a string.`;
	}
	if (typeof phoneNumber !== 'string' || toE164(phoneNumber) === undefined) {
		return 'phoneNumber must be a valid phone number.';
	}
	if (region !== undefined && !isUsState(region)) return 'region must be a US state code.';
	// ASSUMED (ZIP codes): five digits, or nine with or without a hyphen. Confirmed by a rejection.
	if (zipCode !== undefined && !/^\d{5}(?:-?\d{4})?$/.test(String(zipCode))) {
		return 'zipCode must be a US zip code.';
	}
	// ASSUMED (email addresses): an @ with text on both sides is enough. Confirmed by a rejection.
	if (email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(String(email))) {
		return 'email must be an e-mail address.';
	}
	if (externalCreated !== undefined && !isIsoDate(externalCreated)) {
		return 'externalCreated must be an ISO8601 date.';
	}
	if (metadata === undefined) return undefined;
	const isMap =
		isRecord(metadata) && Object.values(metadata).every((value) => typeof value === 'string');
	return isMap ? undefined : 'metadata must be an object of strings.';
}

/** Reads a body (Aktify API page, Create lead); returns the first problem of an invalid one. */
export function readLead(raw: unknown): ReadLead | string {
	if (!isRecord(raw)) return 'The body must be a JSON object.';
	if (raw.phoneNumber === undefined) return 'phoneNumber is required.';
	if (raw.region === undefined && raw.zipCode === undefined) {
		return 'region is required if zipCode is not provided.';
	}
	// ASSUMED (a lead without a link): valid, as both are "required: no" and only some campaigns send
	// links. Confirmed by a create without links in a campaign that sends them.
	if (raw.link !== undefined && raw.linkToShorten !== undefined) {
		return 'link and linkToShorten are mutually exclusive.';
	}
	const problem = valueProblem(raw);
	const phone = toE164(String(raw.phoneNumber));
	if (problem !== undefined || phone === undefined) return problem ?? 'phoneNumber is invalid.';
	return { phone, sent: raw };
}

/** Reads the numbers of an end-contact call: 1 to 50 valid, unique ones. */
export function readPhoneList(raw: unknown): string[] | string {
	const list = isRecord(raw) ? raw.phoneNumberList : undefined;
	if (!Array.isArray(list)) return 'phoneNumberList must be a list.';
	if (list.length < 1 || list.length > 50) return 'phoneNumberList takes 1 to 50 numbers.';
	const phones: string[] = [];
	for (const entry of list) {
		const written: unknown = entry;
		const phone = typeof written === 'string' ? toE164(written) : undefined;
		if (phone === undefined) return 'phoneNumberList holds an invalid phone number.';
		phones.push(phone);
	}
	// ASSUMED (whether the numbers of a batch may repeat in two formats): no; "unique" means the
	// number, not its spelling. Confirmed by a call with two spellings.
	if (new Set(phones).size < phones.length) return 'phoneNumberList must be unique.';
	return phones;
}
