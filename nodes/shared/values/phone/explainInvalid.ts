import { countryName } from './countries';
import {
	getCountryCallingCode,
	parsePhoneNumber,
	validatePhoneNumberLength,
	type CountryCode,
} from './libphonenumber';
import { hasImpossibleAreaCode, usualLengths } from './numberingPlan';
import { contradictsPrefix, type PhoneText } from './phoneText';
import { parseInternational } from './phoneValidation';

const WRONG_GROUPING =
	'is grouped like a number in North America, but its first digits are another country code. Write + and the right country code, as in +1 509-555-1234.';

const WRITE_PLUS = 'If it is a number of another country, write it with + and its country code.';

/** Why a number did not pass validation, and what to write; continues the sentence that begins with the number. */
export function explainInvalid(phone: PhoneText, country: CountryCode | undefined): string {
	const { digits, hasPlus } = phone;
	const isInternational = hasPlus || /^00[1-9]/.test(digits);
	if (!isInternational && !country) {
		return `has no country code. Set Default Country, or write the number with + and its country code.`;
	}
	if (isInternational || country === undefined) return explainInternational(phone);

	const name = countryName(country);
	const parsed = parsePhoneNumber(digits, country);
	const isAbroad = parsed && parsed.countryCallingCode !== getCountryCallingCode(country);
	if (isAbroad && contradictsPrefix(phone, parsed.number.length - 1, parsed.countryCallingCode)) {
		return WRONG_GROUPING;
	}
	switch (
		lengthProblem(
			parsed?.nationalNumber ?? digits,
			validatePhoneNumberLength(digits, country),
			country,
		)
	) {
		case 'tooShort':
			return `has too few digits for a number in ${name}.`;
		case 'tooLong':
			return `has too many digits for a number in ${name}. ${WRITE_PLUS}`;
		default:
			return parsed && hasImpossibleAreaCode(parsed)
				? `has an area code that cannot exist in ${name}.`
				: `has an area code or number that is not in use in ${name}. ${WRITE_PLUS}`;
	}
}

function explainInternational(phone: PhoneText): string {
	const digits = phone.digits.replace(/^00/, '');
	const parsed = parseInternational(`+${digits}`);
	if (parsed && contradictsPrefix(phone, digits.length, parsed.countryCallingCode)) {
		return WRONG_GROUPING;
	}
	const length = validatePhoneNumberLength(`+${digits}`);
	if (length === 'INVALID_COUNTRY') {
		return `starts with a country code that does not exist.`;
	}
	const plan = parsed && (parsed.country ?? parsed.countryCallingCode);
	switch (lengthProblem(parsed?.nationalNumber ?? digits, length, plan)) {
		case 'tooShort':
			return `has too few digits for a number of its country.`;
		case 'tooLong':
			return `has too many digits for a number of its country.`;
		default:
			return parsed && hasImpossibleAreaCode(parsed)
				? `has an area code that cannot exist in North America.`
				: `has an area code or number that is not in use in its country.`;
	}
}

/** @param plan the country or calling code */
function lengthProblem(
	nationalNumber: string,
	libraryResult: ReturnType<typeof validatePhoneNumberLength>,
	plan: string | undefined,
): 'tooShort' | 'tooLong' | undefined {
	const lengths = plan === undefined ? [] : usualLengths(plan);
	if (lengths.length > 0) {
		if (nationalNumber.length < Math.min(...lengths)) return 'tooShort';
		if (nationalNumber.length > Math.max(...lengths)) return 'tooLong';
	}
	if (libraryResult === 'TOO_SHORT') return 'tooShort';
	return libraryResult === 'TOO_LONG' ? 'tooLong' : undefined;
}
