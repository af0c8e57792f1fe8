import { countryName } from './countries';
import {
	getCountryCallingCode,
	parsePhoneNumber,
	validatePhoneNumberLength,
	type CountryCode,
} from './libphonenumber';
import { hasImpossibleAreaCode, usualLengths } from './numberingPlan';
import { quoteInput } from './phoneResult';
import { contradictsPrefix, type PhoneText } from './phoneText';
import { parseInternational } from './phoneValidation';

const WRITE_PLUS = 'If it is a number of another country, write it with + and its country code.';

/** Why a number did not pass validation, and what to write. */
export function explainInvalid(
	text: string,
	phone: PhoneText,
	country: CountryCode | undefined,
): string {
	const shown = quoteInput(text);
	const { digits, hasPlus } = phone;
	const isInternational = hasPlus || /^00[1-9]/.test(digits);
	if (!isInternational && !country) {
		return `${shown} has no country code. Set Default Country, or write the number with + and its country code.`;
	}
	if (isInternational || country === undefined) return explainInternational(shown, phone);

	const name = countryName(country);
	const parsed = parsePhoneNumber(digits, country);
	const isAbroad = parsed && parsed.countryCallingCode !== getCountryCallingCode(country);
	if (isAbroad && contradictsPrefix(phone, parsed.number.length - 1, parsed.countryCallingCode)) {
		return explainGrouping(shown);
	}
	switch (
		lengthProblem(
			parsed?.nationalNumber ?? digits,
			validatePhoneNumberLength(digits, country),
			country,
		)
	) {
		case 'tooShort':
			return `${shown} has too few digits for a number in ${name}.`;
		case 'tooLong':
			return `${shown} has too many digits for a number in ${name}. ${WRITE_PLUS}`;
		default:
			return parsed && hasImpossibleAreaCode(parsed)
				? `${shown} has an area code that cannot exist in ${name}.`
				: `${shown} has an area code or number that is not in use in ${name}. ${WRITE_PLUS}`;
	}
}

function explainInternational(shown: string, phone: PhoneText): string {
	const digits = phone.digits.replace(/^00/, '');
	const parsed = parseInternational(`+${digits}`);
	if (parsed && contradictsPrefix(phone, digits.length, parsed.countryCallingCode)) {
		return explainGrouping(shown);
	}
	const length = validatePhoneNumberLength(`+${digits}`);
	if (length === 'INVALID_COUNTRY') {
		return `${shown} starts with a country code that does not exist.`;
	}
	const plan = parsed && (parsed.country ?? parsed.countryCallingCode);
	switch (lengthProblem(parsed?.nationalNumber ?? digits, length, plan)) {
		case 'tooShort':
			return `${shown} has too few digits for a number of its country.`;
		case 'tooLong':
			return `${shown} has too many digits for a number of its country.`;
		default:
			return parsed && hasImpossibleAreaCode(parsed)
				? `${shown} has an area code that cannot exist in North America.`
				: `${shown} has an area code or number that is not in use in its country.`;
	}
}

function explainGrouping(shown: string): string {
	return `${shown} is grouped like a number in North America, but its first digits are another country code. Write + and the right country code, as in +1 509-555-1234.`;
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
