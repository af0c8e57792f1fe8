import { numberOf, type LeadPhone } from '../../shared/parameters/leadParameters';
import { asText } from '../../shared/values/json';
import { readPhone } from '../../shared/values/phone/readPhone';
import { phoneRules } from '../transport/vendor';

/** The E.164 form by which replies and items are compared: Aktify's own examples have several spellings. */
export function comparable(phone: string): string {
	const result = readPhone(phone, {
		validation: 'e164Shape',
		defaultCountry: phoneRules.country,
		format: 'e164',
	});
	return result.ok ? result.phone : phone;
}

/** True if a number in a reply is that of the item. */
export function isSameNumber(lead: LeadPhone, replied: unknown): boolean {
	const text = asText(replied);
	return text !== undefined && comparable(text) === comparable(numberOf(lead));
}
