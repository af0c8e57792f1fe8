import { isIsoDate, isRecord } from '../../lib/guards';
import { isUsState } from '../../lib/usStates';
import { toE164 } from './phone';

const stringFields = [
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

export interface ReadLead {
	phone: string;
	sent: Record<string, unknown>;
}

/** The words for the first thing wrong with a field's value, or undefined. */
function valueProblem(raw: Record<string, unknown>): string | undefined {
	const { phoneNumber, region, zipCode, email, externalCreated, metadata } = raw;
	for (const [field, value] of Object.entries(raw)) {
		// ASSUMED: a field the docs do not have is refused; sending one would tell.
		if (field !== 'metadata' && !stringFields.includes(field)) return `Unknown field ${field}.`;
		if (field !== 'metadata' && typeof value !== 'string') return `${field} must be a string.`;
	}
	if (typeof phoneNumber !== 'string' || toE164(phoneNumber) === undefined) {
		return 'phoneNumber must be a valid phone number.';
	}
	if (region !== undefined && !isUsState(region)) return 'region must be a US state code.';
	// ASSUMED: five digits, or nine with or without a hyphen; a refusal would tell.
	if (zipCode !== undefined && !/^\d{5}(?:-?\d{4})?$/.test(String(zipCode))) {
		return 'zipCode must be a US zip code.';
	}
	// ASSUMED: something, an @ and something; a refusal would tell.
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

/** Reads the body of a create by seed 002, or says the first thing wrong with it. */
export function readLead(raw: unknown): ReadLead | string {
	if (!isRecord(raw)) return 'The body must be a JSON object.';
	if (raw.phoneNumber === undefined) return 'phoneNumber is required.';
	if (raw.region === undefined && raw.zipCode === undefined) {
		return 'region is required if zipCode is not provided.';
	}
	// ASSUMED: neither link is fine, as both are "required: no" and only some campaigns send links.
	if (raw.link !== undefined && raw.linkToShorten !== undefined) {
		return 'link and linkToShorten are mutually exclusive.';
	}
	const problem = valueProblem(raw);
	const phone = toE164(String(raw.phoneNumber));
	if (problem !== undefined || phone === undefined) return problem ?? 'phoneNumber is invalid.';
	return { phone, sent: raw };
}

/** Reads the numbers of an end-contact call: 1 to 50, all good, no two the same. */
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
	// ASSUMED: "unique" means the number, not its spelling; sending two spellings would tell.
	if (new Set(phones).size < phones.length) return 'phoneNumberList must be unique.';
	return phones;
}
