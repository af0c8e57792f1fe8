import { isFilled, isIsoDate, isRecord } from '../../lib/guards';
import type { FieldErrors, Rejection } from './replies';
import { LEAD_STATUSES, type IncomingContact, type IncomingLead, type LeadStatus } from './store';

/**
 * ASSUMED (the format of phone numbers): a plus and 7 to 15 digits, nothing else. The docs' own
 * example, +1234567890, is not a valid number of its country, so no stricter rule is known.
 * Confirmed by a create with an impossible number.
 */
const isE164 = (value: string) => /^\+[1-9]\d{6,14}$/.test(value);

const INVALID_PHONE: Rejection = { message: 'Invalid phone number' };

/** The rejection for field errors. */
export function invalid(errors: FieldErrors): Rejection {
	return { message: 'Validation failed', errors };
}

/**
 * ASSUMED (what counts as a valid value): null and an empty string count as missing, as in
 * Laravel's middleware. Confirmed by a create with an empty phone_number.
 */
const isMissing = (value: unknown) => value === undefined || value === null || value === '';

/**
 * ASSUMED (what counts as a valid value): a number as text is valid, as in Laravel's `integer`
 * rule. Confirmed by a create with one.
 */
export function readInteger(value: unknown): number | undefined {
	const isText = typeof value === 'string' && /^-?\d+$/.test(value.trim());
	const number = isText ? Number(value) : value;
	return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

/**
 * ASSUMED (what counts as a valid value): Laravel's `boolean` rule: true, false, 0, 1, "0" and
 * "1". Confirmed by a create with "1".
 */
function readFlag(value: unknown): boolean | undefined {
	if (value === true || value === 1 || value === '1') return true;
	return value === false || value === 0 || value === '0' ? false : undefined;
}

/** The status of this name; undefined when there is none. */
export function readStatus(value: unknown): LeadStatus | undefined {
	return LEAD_STATUSES.find((status) => status === value);
}

const fieldName = (path: string) => path.replace(/_/g, ' ');

function readPhone(value: unknown, path: string, errors: FieldErrors): string {
	if (isMissing(value)) errors[path] = [`The ${fieldName(path)} field is required.`];
	else if (!isFilled(value)) errors[path] = [`The ${fieldName(path)} field must be a string.`];
	else return value.trim();
	return '';
}

function readCampaignId(value: unknown, errors: FieldErrors): number {
	const id = readInteger(value);
	if (id !== undefined) return id;
	errors.campaign_id = [
		isMissing(value)
			? 'The campaign id field is required.'
			: 'The campaign id field must be an integer.',
	];
	return 0;
}

/**
 * ASSUMED (the types of variables): values may be of any type, and an empty list counts as an
 * empty object, as PHP does not distinguish them. Confirmed by a create with each.
 */
function readVariables(value: unknown, path: string, errors: FieldErrors): Record<string, unknown> {
	if (isRecord(value)) return value;
	const isEmpty = isMissing(value) || (Array.isArray(value) && value.length === 0);
	if (!isEmpty) errors[path] = [`The ${fieldName(path)} field must be an object.`];
	return {};
}

/** As many as the vendor's own piece for Activepieces offers. */
const MAX_CONTACTS = 10;

function readContacts(value: unknown, errors: FieldErrors): IncomingContact[] {
	if (isMissing(value)) return [];
	if (!Array.isArray(value)) {
		errors.secondary_contacts = ['The secondary contacts field must be an array.'];
		return [];
	}
	if (value.length > MAX_CONTACTS) {
		errors.secondary_contacts = [
			`The secondary contacts field must not have more than ${MAX_CONTACTS} items.`,
		];
	}
	return value.map((entry: unknown, index) => {
		const contact = isRecord(entry) ? entry : {};
		const path = `secondary_contacts.${index}`;
		return {
			phoneNumber: readPhone(contact.phone_number, `${path}.phone_number`, errors),
			variables: readVariables(contact.variables, `${path}.variables`, errors),
		};
	});
}

/**
 * Reads the body of a create (Autocalls API page, Create lead). ASSUMED (unknown fields of a
 * create): undocumented fields are ignored, and a body that is not a JSON object counts as empty.
 * Confirmed by one create of each.
 */
export function readNewLead(json: unknown): IncomingLead | Rejection {
	const raw = isRecord(json) ? json : {};
	const errors: FieldErrors = {};
	const duplicate = isMissing(raw.allow_dupplicate) ? false : readFlag(raw.allow_dupplicate);
	if (duplicate === undefined) {
		errors.allow_dupplicate = ['The allow dupplicate field must be true or false.'];
	}
	const lead: IncomingLead = {
		phoneNumber: readPhone(raw.phone_number, 'phone_number', errors),
		campaignId: readCampaignId(raw.campaign_id, errors),
		variables: readVariables(raw.variables, 'variables', errors),
		allowDuplicate: duplicate ?? false,
		secondaryContacts: readContacts(raw.secondary_contacts, errors),
	};
	if (Object.keys(errors).length > 0) return invalid(errors);
	const phones = [lead, ...lead.secondaryContacts].map(({ phoneNumber }) => phoneNumber);
	return phones.every(isE164) ? lead : INVALID_PHONE;
}

/** A valid body of an update. */
export interface LeadChange {
	campaignId?: number;
	phoneNumber?: string;
	status?: LeadStatus;
	variables: Record<string, unknown>;
}

const CHANGEABLE_FIELDS = ['campaign_id', 'phone_number', 'status', 'variables'];
const SETTABLE_STATUSES: LeadStatus[] = ['created', 'completed', 'reached-max-retries'];

/**
 * Reads the body of an update. ASSUMED (a repeated write): an empty one is valid and changes
 * nothing. Confirmed by such an update.
 */
export function readLeadChange(json: unknown): LeadChange | Rejection {
	const raw = isRecord(json) ? json : {};
	const unknown = Object.keys(raw).filter((field) => !CHANGEABLE_FIELDS.includes(field));
	if (unknown.length > 0) return { message: `Invalid fields: ${unknown.join(', ')}` };
	const errors: FieldErrors = {};
	const change: LeadChange = { variables: readVariables(raw.variables, 'variables', errors) };
	if (!isMissing(raw.campaign_id)) change.campaignId = readCampaignId(raw.campaign_id, errors);
	if (!isMissing(raw.phone_number)) {
		change.phoneNumber = readPhone(raw.phone_number, 'phone_number', errors);
	}
	if (!isMissing(raw.status)) {
		change.status = SETTABLE_STATUSES.find((status) => status === raw.status);
		if (!change.status) errors.status = ['The selected status is invalid.'];
	}
	if (Object.keys(errors).length > 0) return invalid(errors);
	return change.phoneNumber === undefined || isE164(change.phoneNumber) ? change : INVALID_PHONE;
}

/** True for a day in the format of the list's filters. */
export function isDay(value: unknown): value is string {
	return isIsoDate(value) && value.length === 10;
}
