import {
	getCountryCallingCode,
	parsePhoneNumber,
	type CountryCode,
	type PhoneNumber,
} from './libphonenumber';
import { hasTrunkZero, isPossibleNumber, isTooLongForTypo } from './numberingPlan';
import type { PhoneValidation } from './phoneResult';
import { contradictsPrefix, type PhoneText } from './phoneText';

/** A number that passed validation. */
export interface ValidPhone {
	e164: string;
	country?: string;
}

type Strictness = Exclude<PhoneValidation, 'off'>;

/** `+`, then 7 to 15 digits (ITU-T E.164); no country code starts with 0. */
const E164_SHAPE = /^\+[1-9]\d{6,14}$/;

/** Validates a number, always in E.164 form, so that all spellings of it have the same result; else undefined. */
export function validateNumber(
	text: PhoneText,
	strictness: Strictness,
	country: CountryCode | undefined,
): ValidPhone | undefined {
	return text.hasPlus
		? validateInternational(text, text.digits, strictness)
		: validateWithoutPlus(text, strictness, country);
}

/** @param digits with the country code, and without what stands before it */
function validateInternational(
	text: PhoneText,
	digits: string,
	strictness: Strictness,
): ValidPhone | undefined {
	const parsed = parseInternational(`+${digits}`);
	if (parsed && contradictsPrefix(text, digits.length, parsed.countryCallingCode)) return undefined;
	const wanted = strictness === 'valid' ? 'valid' : 'possible';
	if (parsed && reaches(parsed, wanted)) return toValidPhone(parsed);
	return strictness === 'e164Shape' ? withE164Shape(`+${digits}`) : undefined;
}

function validateWithoutPlus(
	text: PhoneText,
	strictness: Strictness,
	country: CountryCode | undefined,
): ValidPhone | undefined {
	const { digits } = text;
	// 00 is the prefix for calls abroad almost everywhere, and no area code begins with it.
	const after00 = digits.startsWith('00')
		? validateInternational(text, digits.slice(2), 'valid')
		: undefined;
	if (country === undefined) return after00;
	const ownCode = getCountryCallingCode(country);

	// Its own country code in front is far likelier than an area code of the same digits without its
	// trunk zero (Germany's 49 is both), and what was written without plus must be read back.
	const international = parseInternational(`+${digits}`);
	if (international?.countryCallingCode === ownCode && reaches(international, 'valid')) {
		return toValidPhone(international);
	}

	// The library also removes the default country's own prefix for calls abroad (011, 0011…).
	const asDialed = parsePhoneNumber(digits, country);
	const parsed = asDialed && parseInternational(asDialed.number);
	const national = parsed && isNamedByPrefix(text, parsed, ownCode) ? parsed : undefined;
	if (national && reaches(national, 'valid')) return toValidPhone(national, asDialed?.country);

	if (after00) return after00;

	const afterTrunkZero =
		digits.startsWith(`0${ownCode}`) && hasTrunkZero(country)
			? validateInternational(text, digits.slice(1), 'valid')
			: undefined;
	if (afterTrunkZero) return afterTrunkZero;

	const wanted = strictness === 'valid' ? 'valid' : 'possible';
	if (national && reaches(national, wanted)) return toValidPhone(national, asDialed?.country);

	// Only where neither spelling nor length speaks for the default country.
	if (/^\d+$/.test(text.number) && isTooLongForTypo(digits, country)) {
		const foreign = validateInternational(text, digits, 'valid');
		if (foreign) return foreign;
	}
	return strictness === 'e164Shape' && national ? withE164Shape(national.number) : undefined;
}

/** True for a number of the default country, and for another one after an exit code that its spelling agrees with. */
function isNamedByPrefix(text: PhoneText, parsed: PhoneNumber, ownCode: string): boolean {
	const { countryCallingCode, nationalNumber } = parsed;
	if (countryCallingCode === ownCode) return true;
	const length = countryCallingCode.length + nationalNumber.length;
	return text.digits.length > length && !contradictsPrefix(text, length, countryCallingCode);
}

/** A slash separates two numbers ("030 1234567/68") only if what stands before it is a complete number by itself. */
export function isTwoNumbers(
	text: PhoneText,
	strictness: Strictness,
	country: CountryCode | undefined,
): boolean {
	const [before = '', after, more] = text.number.split('/');
	if (after === undefined || more !== undefined) return false;
	const digits = before.replace(/\D/g, '');
	// By its shape alone, almost any first half is a number.
	const wanted = strictness === 'e164Shape' ? 'possible' : strictness;
	return (
		digits.length >= 7 &&
		validateNumber({ ...text, number: before, digits }, wanted, country) !== undefined
	);
}

/** The digits of a number as dialed inside a country; the number itself where it has no such spelling. */
export function toNational(e164: string, strictness: Strictness, country: CountryCode): string {
	const parsed = parseInternational(e164);
	if (parsed?.countryCallingCode !== getCountryCallingCode(country)) return e164;
	// A number that no national spelling leads back to stays international.
	return (
		[parsed.formatNational().replace(/\D/g, ''), parsed.nationalNumber].find((digits) =>
			readsBackAs(e164, digits, strictness, country),
		) ?? e164
	);
}

/** True if digits without a plus are read as this number. */
export function readsBackAs(
	e164: string,
	digits: string,
	strictness: Strictness,
	country: CountryCode,
): boolean {
	const text: PhoneText = { ok: true, number: digits, digits, hasPlus: false };
	return validateNumber(text, strictness, country)?.e164 === e164;
}

/** Parses until nothing changes: one pass removes one trunk zero of "+49 00 30…", and a number must stay stable. */
export function parseInternational(e164: string): PhoneNumber | undefined {
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
	if (!E164_SHAPE.test(parsed.number)) return false;
	return wanted === 'valid' ? parsed.isValid() : isPossibleNumber(parsed);
}

function toValidPhone(parsed: PhoneNumber, country?: string): ValidPhone {
	return { e164: parsed.number, country: parsed.country ?? country };
}

function withE164Shape(e164: string): ValidPhone | undefined {
	return E164_SHAPE.test(e164) ? { e164 } : undefined;
}
