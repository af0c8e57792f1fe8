import { isFilled, isIsoDate, isRecord, isScalar, type Scalar } from '../../lib/guards';
import { isUsState } from '../../lib/usStates';
import { squadVoiceAccounts, type Campaign } from './accounts';
import type { IncomingLead } from './store';

/** What is wrong with a field of a request. */
export interface Problem {
	field: string;
	message: string;
}

/** The API's own keys of a create, by account; all other top-level keys are custom fields. */
const API_KEYS = {
	standard: ['lead_id', 'phone_number', 'contact_name', 'state_code', 'ebr_datetime'],
	affiliate: [
		'lead_id',
		'phone_number',
		'contact_name',
		'affiliate_id',
		'state_code',
		'ebr_datetime',
	],
	india: ['lead_id', 'phone_number', 'contact_name'],
	v4: ['lead_id', 'phone_number', 'contact_name'],
};

/**
 * ASSUMED (the form of a `lead_id`): an integer or a non-empty string of at most 255 characters
 * (the SquadVoice US API page shows integers, v4 strings; 255 comes from the newer CRM API).
 * Confirmed by a rejection.
 */
export function isLeadId(value: unknown): value is string | number {
	if (typeof value === 'number') return Number.isSafeInteger(value);
	return isFilled(value) && value.length <= 255;
}

/**
 * ASSUMED (the format of phone numbers in requests): a "valid phone number" is an optional plus and
 * 7 to 15 digits without separators; the "valid indian phone number" of the India and v4 docs is
 * ten digits, the first 6 to 9, with an optional prefix 0, 91 or +91. Confirmed by a rejection.
 */
export function isPhoneFor(country: Campaign['country'], value: unknown): value is string {
	if (typeof value !== 'string') return false;
	return country === 'US' ? /^\+?\d{7,15}$/.test(value) : /^(?:\+?91|0)?[6-9]\d{9}$/.test(value);
}

/**
 * Reads the top-level keys that are not the API's own. ASSUMED (custom fields that are objects or
 * lists): rejected. Confirmed by a create with one.
 */
export function readCustomFields(
	raw: Record<string, unknown>,
	known: readonly string[],
	problems: Problem[],
): Record<string, Scalar> {
	const fields: Record<string, Scalar> = {};
	for (const [field, value] of Object.entries(raw)) {
		if (known.includes(field)) continue;
		if (isScalar(value)) fields[field] = value;
		else problems.push({ field, message: 'A custom field takes no list or object.' });
	}
	return fields;
}

interface Rules {
	campaign: Campaign;
	affiliateStateRequired: boolean;
}

/**
 * The affiliate that a lead names. ASSUMED (which affiliates a token may name): those of the
 * account. Confirmed by a create with the ID of another affiliate.
 */
function affiliateOf(raw: Record<string, unknown>): string | undefined {
	const { affiliateId, partnerId } = squadVoiceAccounts.affiliate;
	return [affiliateId, partnerId].find((id) => id === raw.affiliate_id);
}

function checkAffiliate(raw: Record<string, unknown>, problems: Problem[]): void {
	if (affiliateOf(raw) === undefined) {
		problems.push({ field: 'affiliate_id', message: 'The ID of this affiliate is required.' });
	}
	if (raw.lead_id !== raw.phone_number) {
		problems.push({ field: 'lead_id', message: 'Must be the same as phone_number.' });
	}
}

function checkUs(raw: Record<string, unknown>, rules: Rules, problems: Problem[]): void {
	const { state_code: state, ebr_datetime: ebr } = raw;
	const optional = rules.campaign.account === 'affiliate' && !rules.affiliateStateRequired;
	if (!(optional && state === undefined) && !isUsState(state)) {
		problems.push({ field: 'state_code', message: 'A two letter state code is required.' });
	}
	// ASSUMED (the format of `ebr_datetime`): ISO 8601. Confirmed by an example of the vendor.
	if (ebr !== undefined && !isIsoDate(ebr)) {
		problems.push({ field: 'ebr_datetime', message: 'Not a date.' });
	}
}

/** Reads one lead of a create, or returns all its problems. */
export function readLead(raw: unknown, rules: Rules): IncomingLead | Problem[] {
	if (!isRecord(raw)) return [{ field: 'non_field_errors', message: 'A lead is an object.' }];
	const { account, country } = rules.campaign;
	const problems: Problem[] = [];
	const { lead_id: leadId, phone_number: phone, contact_name: name } = raw;
	if (!isLeadId(leadId)) problems.push({ field: 'lead_id', message: 'This field is required.' });
	if (!isPhoneFor(country, phone)) {
		problems.push({ field: 'phone_number', message: 'Not a valid phone number.' });
	}
	if (!isFilled(name)) {
		problems.push({ field: 'contact_name', message: 'This field is required.' });
	}
	if (account === 'affiliate') checkAffiliate(raw, problems);
	if (country === 'US') checkUs(raw, rules, problems);
	const customFields = readCustomFields(raw, API_KEYS[account], problems);
	if (problems.length > 0 || !isLeadId(leadId) || !isPhoneFor(country, phone) || !isFilled(name)) {
		return problems;
	}
	const lead: IncomingLead = { leadId, phoneNumber: phone, contactName: name, customFields };
	if (country === 'US' && isUsState(raw.state_code)) lead.stateCode = raw.state_code;
	if (country === 'US' && isIsoDate(raw.ebr_datetime)) lead.ebrDatetime = raw.ebr_datetime;
	const affiliateId = account === 'affiliate' ? affiliateOf(raw) : undefined;
	if (affiliateId !== undefined) lead.affiliateId = affiliateId;
	return lead;
}
