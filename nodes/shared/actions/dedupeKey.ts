import { numberOf, type LeadPhone } from '../parameters/leadParameters';

/** A value that makes two items the same lead. */
export interface DedupeKey {
	/** What is compared, and where: the same value in another campaign is another lead. Stored as a hash. */
	identity: string;
	/** What the value is, for the output of a duplicate: "phone number +12065550143". */
	label: string;
}

/** A phone number as a key, in any spelling. @param scope what it is compared in, such as a campaign */
export function phoneKey(phone: Pick<LeadPhone, 'phone' | 'e164'>, scope?: string): DedupeKey {
	const number = numberOf(phone);
	const identity = scope === undefined ? number : `${scope}|${number}`;
	return { identity, label: `phone number ${number}` };
}

/** The vendor's or the user's ID of a lead as a key. @param scope what it is compared in, such as a campaign */
export function leadIdKey(leadId: string | number, scope?: string): DedupeKey {
	const identity = scope === undefined ? String(leadId) : `${scope}|${leadId}`;
	return { identity, label: `lead ID ${leadId}` };
}
