import {
	getCountryCallingCode,
	parsePhoneNumber,
	validatePhoneNumberLength,
	type CountryCode,
	type PhoneNumber,
} from './libphonenumber';
import { countryName } from './countries';
import { quoteInput, type PhoneValidation } from './phoneResult';
import type { PhoneText } from './phoneText';

/** A number that passed validation. */
export interface ValidPhone {
	e164: string;
	country?: string;
}

type Strictness = Exclude<PhoneValidation, 'off'>;

/** `+`, then 7 to 15 digits (ITU-T E.164); no country code starts with 0. */
const E164_SHAPE = /^\+[1-9]\d{6,14}$/;

/** Validates digits, always in E.164 form, so that all spellings of a number have the same result; else undefined. */
export function validateDigits(
	digits: string,
	hasPlus: boolean,
	strictness: Strictness,
	country: CountryCode | undefined,
): ValidPhone | undefined {
	const wanted = strictness === 'valid' ? 'valid' : 'possible';
	const isShapeEnough = strictness === 'e164Shape';

	const international = parseInternational(`+${digits}`);
	if (hasPlus) {
		if (international && reaches(international, wanted)) return toValidPhone(international);
		return isShapeEnough ? withE164Shape(`+${digits}`) : undefined;
	}

	// Its own country code in front is far likelier than an area code of the same digits without its
	// trunk zero (Germany's 49 is both), and what was written without plus must be read back.
	if (country && international && digits.startsWith(getCountryCallingCode(country))) {
		if (reaches(international, 'valid')) return toValidPhone(international);
	}

	// The library also removes the default country's own prefix for calls abroad (011, 0011…).
	const asDialed = country ? parsePhoneNumber(digits, country) : undefined;
	const national = asDialed && parseInternational(asDialed.number);
	if (national && reaches(national, 'valid')) return toValidPhone(national, asDialed?.country);

	// 00 is the prefix for calls abroad almost everywhere, and no area code begins with it.
	const after00 = digits.startsWith('00') ? parseInternational(`+${digits.slice(2)}`) : undefined;
	if (after00 && reaches(after00, 'valid')) return toValidPhone(after00);

	if (national && reaches(national, wanted)) return toValidPhone(national, asDialed?.country);

	if (international && reaches(international, 'valid')) return toValidPhone(international);

	return isShapeEnough && asDialed ? withE164Shape(asDialed.number) : undefined;
}

/** A slash separates two numbers ("030 1234567/68") only if what stands before it is a complete number by itself. */
export function isTwoNumbers(
	{ number, hasPlus }: PhoneText,
	strictness: Strictness,
	country: CountryCode | undefined,
): boolean {
	const [before = '', after, more] = number.split('/');
	if (after === undefined || more !== undefined) return false;
	const digits = before.replace(/\D/g, '');
	// By its shape alone, almost any first half is a number.
	const wanted = strictness === 'e164Shape' ? 'possible' : strictness;
	return digits.length >= 7 && validateDigits(digits, hasPlus, wanted, country) !== undefined;
}

/** The digits of a number as dialed inside a country; the number itself where it has no such spelling. */
export function toNational(e164: string, strictness: Strictness, country: CountryCode): string {
	const parsed = parseInternational(e164);
	if (parsed?.countryCallingCode !== getCountryCallingCode(country)) return e164;
	// A number that no national spelling leads back to stays international.
	return (
		[parsed.formatNational().replace(/\D/g, ''), parsed.nationalNumber].find(
			(digits) => validateDigits(digits, false, strictness, country)?.e164 === e164,
		) ?? e164
	);
}

/** Why a number did not pass validation. */
export function explainInvalid(
	text: string,
	{ digits, hasPlus }: PhoneText,
	country: CountryCode | undefined,
): string {
	const shown = quoteInput(text);
	if (!hasPlus && !country) {
		return `${shown} has no country code. Set Default Country, or write the number with + and its country code.`;
	}
	const isInternational = hasPlus || /^00[1-9]/.test(digits);
	const length = isInternational
		? validatePhoneNumberLength(`+${digits.replace(/^00/, '')}`)
		: validatePhoneNumberLength(digits, country);
	const where = isInternational || !country ? 'its country' : countryName(country);
	const kind =
		!isInternational && country === 'US' ? 'US phone number' : `phone number of ${where}`;
	switch (length) {
		case 'INVALID_COUNTRY':
			return `${shown} starts with a country code that does not exist.`;
		case 'TOO_SHORT':
			return `${shown} is too short for a ${kind}.`;
		case 'TOO_LONG':
			return `${shown} is too long for a ${kind}.`;
		case 'INVALID_LENGTH':
			return `${shown} has the wrong number of digits for a ${kind}.`;
		default:
			return `${shown} has an area code or number that is not in use in ${where}.`;
	}
}

/** Parses until nothing changes: one pass removes one trunk zero of "+49 00 30…", and a number must stay stable. */
function parseInternational(e164: string): PhoneNumber | undefined {
	let current = e164;
	for (let pass = 0; pass < 4; pass++) {
		const parsed = parsePhoneNumber(current);
		if (!parsed || parsed.number === current) return parsed;
		current = parsed.number;
	}
	return undefined;
}

/** The levels are nested: valid implies possible, and possible implies the shape. */
function reaches(parsed: PhoneNumber, wanted: 'possible' | 'valid'): boolean {
	if (!E164_SHAPE.test(parsed.number) || !parsed.isPossible()) return false;
	return wanted === 'possible' || parsed.isValid();
}

function toValidPhone(parsed: PhoneNumber, country?: string): ValidPhone {
	return { e164: parsed.number, country: parsed.country ?? country };
}

function withE164Shape(e164: string): ValidPhone | undefined {
	return E164_SHAPE.test(e164) ? { e164 } : undefined;
}
