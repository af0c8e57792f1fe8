import { compact } from '../compact';
import { isSupportedCountry, type CountryCode } from './libphonenumber';
import {
	problem,
	quoteInput,
	type PhoneProblem,
	type PhoneResult,
	type PhoneRules,
} from './phoneResult';
import { splitPhoneText, toPhoneText } from './phoneText';
import { explainInvalid, isTwoNumbers, toNational, validateDigits } from './phoneValidation';

/**
 * Reads a phone number in any spelling: national (with a default country), international with `+`,
 * with `00` or the default country's own prefix for calls abroad, or without any prefix where only
 * that makes a valid number; `tel:` URIs; with spaces, dots, hyphens, slashes, brackets, full-width
 * or Arabic-Indic or Indic digits, invisible direction marks, an extension. The whole input has to
 * be the number: nothing is picked out of a longer text.
 *
 * Reading the result again under the same rules gives the same result for the formats `e164` and
 * `national`, and for `e164WithoutPlus` where the number is valid and of the default country, or where
 * there is no default country. It cannot for other bare digits: they are read as a national number
 * of the default country where they can be one (Denmark's 4582345678 is also a number in Oregon),
 * and else as international only if that is valid, so a merely possible number is then rejected.
 *
 * @param input text, or a whole number as a spreadsheet gives it (15095551234)
 * @param rules the validation, the default country and the format of the result
 * @returns the number, or `ok: false` with a sentence that says what is wrong; never throws
 */
export function readPhone(input: unknown, rules: PhoneRules): PhoneResult {
	const text = toPhoneText(input);
	if (typeof text !== 'string') return text;

	const country = readCountry(rules.defaultCountry);
	if (typeof country === 'object') return country;

	const { validation, format } = rules;
	const split = splitPhoneText(text);
	if (validation === 'off') {
		const valid = split.ok && validateDigits(split.digits, split.hasPlus, 'valid', country);
		const phone = text.trim();
		return split.ok && valid
			? { ok: true, phone, ...compact({ ...valid, extension: split.extension }) }
			: { ok: true, phone };
	}
	if (!split.ok) return split;

	const valid = validateDigits(split.digits, split.hasPlus, validation, country);
	if (!valid) return problem(explainInvalid(text, split, country));
	if (isTwoNumbers(split, validation, country)) {
		return problem(`${quoteInput(text)} holds two phone numbers. Put one number in each field.`);
	}

	const { e164 } = valid;
	const national = format === 'national' && country;
	const phone = national ? toNational(e164, validation, country) : e164;
	return {
		ok: true,
		phone: format === 'e164WithoutPlus' ? e164.slice(1) : phone,
		...compact({ ...valid, extension: split.extension }),
	};
}

function readCountry(code: string | undefined): CountryCode | undefined | PhoneProblem {
	const wanted = code?.trim().toUpperCase();
	if (!wanted) return undefined;
	if (isSupportedCountry(wanted)) return wanted;
	return problem(
		`Default Country ${quoteInput(wanted)} is unknown. Use a two-letter code such as US, IN or GB.`,
	);
}
