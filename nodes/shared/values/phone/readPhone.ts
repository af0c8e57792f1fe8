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
 * Reads a phone number in any spelling: national (with a default country), with `+`, `00` or the default country's
 * exit code, or without any prefix where only that makes a valid number; `tel:` URIs, separators, other scripts'
 * digits, an extension. The whole input has to be the number.
 *
 * Reading the result again under the same rules gives the same result, except for bare digits (`e164WithoutPlus`) that
 * are not a valid number of the default country: they are read as national where they can be one.
 *
 * @param input text, or a whole number as a spreadsheet has it (15095551234)
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
