import { compact } from '../compact';

/**
 * How strictly a phone number is checked; each level accepts what the next ones accept. `off`: every text, sent as it is;
 * `e164Shape`: + and 7 to 15 digits; `possible`: a country and length that exist; `valid`: in an assigned range, too.
 */
export type PhoneValidation = 'off' | 'e164Shape' | 'possible' | 'valid';

/**
 * `+447400123456`, `447400123456`, or as dialed inside the default country (`07400123456`). A number of another
 * country has no national spelling and stays E.164: without its country code it would be a different number.
 */
export type PhoneFormat = 'e164' | 'e164WithoutPlus' | 'national';

/** How to read and write phone numbers. */
export interface PhoneRules {
	validation: PhoneValidation;
	/** ISO 3166-1 alpha-2, for example `US`; absent or empty: only international numbers are read. */
	defaultCountry?: string;
	format: PhoneFormat;
}

/** Why a text is not a phone number. */
export interface PhoneProblem {
	ok: false;
	/** A sentence for the user. */
	reason: string;
	/** The input as the sentence shows it; undefined if it does not. */
	shown?: string;
	/** The sentence without it: "is a date, not a phone number." */
	problem: string;
}

/**
 * A phone number as it goes to the vendor, or why the input is none. With validation `off`, `phone` is the input's own
 * text, and the other fields are present only if that is a valid number.
 */
export type PhoneResult =
	| { ok: true; phone: string; e164?: string; extension?: string; country?: string }
	| PhoneProblem;

/** @param text continues the sentence that begins with the input */
export function problem(text: string, shown?: string): PhoneProblem {
	const reason = `${shown ?? 'The phone number'} ${text}`;
	return { ok: false, reason, problem: text, ...compact({ shown }) };
}

/** The start of an input, in quotes, for a message. */
export function quoteInput(text: string): string {
	const shown = text.slice(0, 250).trim();
	return `"${shown.length > 40 ? `${shown.slice(0, 40)}…` : shown}"`;
}
