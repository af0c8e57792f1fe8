/**
 * How strictly a phone number is checked, from least to most:
 * - `off`: every text that is not empty, sent as it is
 * - `e164Shape`: `+` and 7 to 15 digits; the country code need not exist
 * - `possible`: a country code that exists and a length that the country uses
 * - `valid`: also in a range that the country has assigned
 *
 * Each level accepts what the levels after it accept.
 */
export type PhoneValidation = 'off' | 'e164Shape' | 'possible' | 'valid';

/**
 * How the vendor wants the number written:
 * - `e164`: `+447400123456`
 * - `e164WithoutPlus`: `447400123456`
 * - `national`: as dialed inside the default country, digits only: `07400123456`, `5095551234`.
 *   A number of another country (or any number while no default country is set) has no such
 *   spelling and stays E.164: without its country code it would be a different number.
 */
export type PhoneFormat = 'e164' | 'e164WithoutPlus' | 'national';

/** How to read and write phone numbers. */
export interface PhoneRules {
	validation: PhoneValidation;
	/** ISO 3166-1 alpha-2, for example `US`; absent or empty: only international numbers are read. */
	defaultCountry?: string;
	format: PhoneFormat;
}

/** Why a text is not a phone number, in a sentence for the user. */
export interface PhoneProblem {
	ok: false;
	reason: string;
}

/**
 * A phone number, or why the input is none. `phone` is what goes to the vendor. With the validation
 * `off` it is the input's own text, and `e164`, `extension` and `country` are present only if that
 * text happens to be a valid number.
 */
export type PhoneResult =
	| { ok: true; phone: string; e164?: string; extension?: string; country?: string }
	| PhoneProblem;

export function problem(reason: string): PhoneProblem {
	return { ok: false, reason };
}

/** The start of an input, in quotes, for a message. */
export function quoteInput(text: string): string {
	const shown = text.slice(0, 250).trim();
	return `"${shown.length > 40 ? `${shown.slice(0, 40)}…` : shown}"`;
}
