import { isFilled, isIsoDate, isRecord } from '../../lib/guards';
import type { Errors, Refusal } from './replies';
import { leadStatuses, type IncomingContact, type IncomingLead, type LeadStatus } from './state';

/**
 * ASSUMED: a plus and 7 to 15 digits, nothing else. The docs' own example, +1234567890, is no number
 * of its country, so no more can be asked; a create with a number that cannot be would tell.
 */
const isE164 = (value: string) => /^\+[1-9]\d{6,14}$/.test(value);

const invalidPhone: Refusal = { message: 'Invalid phone number' };

/** The refusal for what the fields' rules found. */
export function invalid(errors: Errors): Refusal {
	return { message: 'Validation failed', errors };
}

/** ASSUMED: null and an empty string are as good as nothing, as Laravel's middleware has it. */
const isMissing = (value: unknown) => value === undefined || value === null || value === '';

/** ASSUMED: a number as text passes, as with Laravel's `integer` rule; a create with one would tell. */
export function readInteger(value: unknown): number | undefined {
	const isText = typeof value === 'string' && /^-?\d+$/.test(value.trim());
	const number = isText ? Number(value) : value;
	return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

/** ASSUMED: Laravel's `boolean` rule: true, false, 0, 1, "0" and "1". */
function readFlag(value: unknown): boolean | undefined {
	if (value === true || value === 1 || value === '1') return true;
	return value === false || value === 0 || value === '0' ? false : undefined;
}

/** The status of that name, if there is one. */
export function readStatus(value: unknown): LeadStatus | undefined {
	return leadStatuses.find((status) => status === value);
}

const fieldName = (path: string) => path.replace(/_/g, ' ');

function readPhone(value: unknown, path: string, errors: Errors): string {
	if (isMissing(value)) errors[path] = [`The ${fieldName(path)} field is required.`];
	else if (!isFilled(value)) errors[path] = [`The ${fieldName(path)} field must be a string.`];
	else return value.trim();
	return '';
}

function readCampaignId(value: unknown, errors: Errors): number {
	const id = readInteger(value);
	if (id !== undefined) return id;
	errors.campaign_id = [
		isMissing(value)
			? 'The campaign id field is required.'
			: 'The campaign id field must be an integer.',
	];
	return 0;
}

/** ASSUMED: values may be anything; and an empty list is an empty object, PHP cannot tell them apart. */
function readVariables(value: unknown, path: string, errors: Errors): Record<string, unknown> {
	if (isRecord(value)) return value;
	const isEmpty = isMissing(value) || (Array.isArray(value) && value.length === 0);
	if (!isEmpty) errors[path] = [`The ${fieldName(path)} field must be an object.`];
	return {};
}

function readContacts(value: unknown, errors: Errors): IncomingContact[] {
	if (isMissing(value)) return [];
	if (!Array.isArray(value)) {
		errors.secondary_contacts = ['The secondary contacts field must be an array.'];
		return [];
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
 * Reads the body of a create by seed 003. ASSUMED: fields the docs do not have are ignored, and a body
 * that is no JSON object is as good as an empty one.
 */
export function readNewLead(json: unknown): IncomingLead | Refusal {
	const raw = isRecord(json) ? json : {};
	const errors: Errors = {};
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
	return phones.every(isE164) ? lead : invalidPhone;
}

export interface LeadChange {
	campaignId?: number;
	phoneNumber?: string;
	status?: LeadStatus;
	variables: Record<string, unknown>;
}

const changeable = ['campaign_id', 'phone_number', 'status', 'variables'];
const settable: LeadStatus[] = ['created', 'completed', 'reached-max-retries'];

/** Reads the body of an update. ASSUMED: an empty one is fine and changes nothing. */
export function readLeadChange(json: unknown): LeadChange | Refusal {
	const raw = isRecord(json) ? json : {};
	const strangers = Object.keys(raw).filter((field) => !changeable.includes(field));
	if (strangers.length > 0) return { message: `Invalid fields: ${strangers.join(', ')}` };
	const errors: Errors = {};
	const change: LeadChange = { variables: readVariables(raw.variables, 'variables', errors) };
	if (!isMissing(raw.campaign_id)) change.campaignId = readCampaignId(raw.campaign_id, errors);
	if (!isMissing(raw.phone_number)) {
		change.phoneNumber = readPhone(raw.phone_number, 'phone_number', errors);
	}
	if (!isMissing(raw.status)) {
		change.status = settable.find((status) => status === raw.status);
		if (!change.status) errors.status = ['The selected status is invalid.'];
	}
	if (Object.keys(errors).length > 0) return invalid(errors);
	return change.phoneNumber === undefined || isE164(change.phoneNumber) ? change : invalidPhone;
}

/** True for a day as the list's filters take it. */
export function isDay(value: unknown): value is string {
	return isIsoDate(value) && value.length === 10;
}
