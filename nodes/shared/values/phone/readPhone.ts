import { compact } from '../compact';
import { countryName } from './countries';
import { explainInvalid } from './explainInvalid';
import { isSupportedCountry, type CountryCode } from './libphonenumber';
import {
	problem,
	quoteInput,
	type PhoneProblem,
	type PhoneResult,
	type PhoneRules,
} from './phoneResult';
import { splitPhoneText, toPhoneText } from './phoneText';
import { isTwoNumbers, readsBackAs, toNational, validateNumber } from './phoneValidation';

/**
 * Reads a phone number in any spelling: national (with a default country), with `+`, `00` or the default country's
 * exit code; `tel:` URIs, separators, other scripts' digits, an extension. The whole input has to be the number. Bare
 * digits are a number of another country only if they are too many for one of the default country.
 *
 * Reading the result again under the same rules gives the same result; a number that could not be read back without
 * its plus is refused where the format has none.
 *
 * @param input text, or a whole number as a spreadsheet has it (15095551234)
 * @returns the number, or `ok: false` with a sentence that says what is wrong; never throws
 */
export function readPhone(input: unknown, rules: PhoneRules): PhoneResult {
	const text = toPhoneText(input);
	if (typeof text !== 'string') return text;

	const country = readCountry(rules.defaultCountry);
	if (typeof country === 'object') return country;

	const { validation } = rules;
	const split = splitPhoneText(text);
	if (validation === 'off') {
		const valid = split.ok && validateNumber(split, 'possible', country);
		const phone = text.trim();
		return split.ok && valid
			? { ok: true, phone, ...compact({ ...valid, extension: split.extension }) }
			: { ok: true, phone };
	}
	if (!split.ok) return split;

	const valid = validateNumber(split, validation, country);
	if (!valid) return problem(explainInvalid(split, country), quoteInput(text));
	if (isTwoNumbers(split, validation, country)) {
		return problem('holds two phone numbers. Put one number in each field.', quoteInput(text));
	}

	const written = writePhone(text, valid.e164, rules, country);
	if (typeof written !== 'string') return written;
	return { ok: true, phone: written, ...compact({ ...valid, extension: split.extension }) };
}

/** A number in the format of the rules; refused if it would be read as another number without its plus. */
function writePhone(
	text: string,
	e164: string,
	{ format, validation }: PhoneRules,
	country: CountryCode | undefined,
): string | PhoneProblem {
	if (format === 'e164' || validation === 'off') return e164;
	if (format === 'national') return country ? toNational(e164, validation, country) : e164;
	const digits = e164.slice(1);
	if (country && readsBackAs(e164, digits, validation, country)) return digits;
	return problem(
		country
			? `cannot be sent without its +: the digits could be a number in ${countryName(country)}. Set Phone Format to E.164, if the vendor takes that.`
			: 'cannot be sent without its + as long as no country is set. Set Default Country, or set Phone Format to E.164.',
		quoteInput(text),
	);
}

function readCountry(code: string | undefined): CountryCode | undefined | PhoneProblem {
	const wanted = code?.trim().toUpperCase();
	if (!wanted) return undefined;
	if (isSupportedCountry(wanted)) return wanted;
	return problem(
		`cannot be read: Default Country ${quoteInput(wanted)} is unknown. Use a two-letter code such as US, IN or GB.`,
	);
}
