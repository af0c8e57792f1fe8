import { compact } from '../compact';
import { problem, quoteInput, type PhoneProblem } from './phoneResult';

/** The text of a phone number, split into its parts. */
export interface PhoneText {
	ok: true;
	/** The number as it was written, cleaned, without its extension. */
	number: string;
	digits: string;
	hasPlus: boolean;
	extension?: string;
}

/** The longest text that is read. A number with an extension and a tel: context is far shorter. */
const MAX_LENGTH = 250;

const EXAMPLE = '+1 509-555-1234';

/** An extension at the end. Its digits are limited, so that a second phone number is not read as an extension. */
const EXTENSION =
	/[\s,;(-]*(?:(?:extension|extn|ext)[\s.:=]*(\d{1,15})|x[\s.:]*(\d{1,7})|#\s*(\d{1,6})|,,\s*(\d{1,6}))[#)]*$/i;

/** At most one plus, in front; then digits and what people put between them (8~10: a pause for the dial tone). */
const NUMBER = /^[([]*\s*\+?\s*[([]*\s*\d[\d\s().[\]/~-]*$/;

/** What a spreadsheet or a language makes of a large number: its digits may be lost. */
const SCIENTIFIC = /^\+?\d(?:[.,]\d+)?e\+?\d+$/i;

const DECIMAL = /^\+?\d{7,}\.\d{1,2}$/;

/** Calendar dates are the digits of valid numbers in countries with 8 of them, as in Denmark. */
const CALENDAR_DATE =
	/^(?:(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)\d\d)$/;

/** The input as text of an acceptable length, or why it cannot be a phone number. */
export function toPhoneText(input: unknown): string | PhoneProblem {
	if (typeof input === 'number') {
		if (!Number.isSafeInteger(input) || input <= 0) {
			return problem(
				'is not a phone number. Send phone numbers as text so that no digit is lost.',
				String(input),
			);
		}
		return String(input);
	}
	if (typeof input !== 'string') {
		const what = input === undefined || input === null ? 'empty' : `not text (${typeof input})`;
		return problem(`is ${what}. Example: ${EXAMPLE}.`);
	}
	if (input.length > MAX_LENGTH) {
		return problem('is too long for a phone number.', quoteInput(input));
	}
	if (cleanPhoneText(input) === '') return problem(`is empty. Example: ${EXAMPLE}.`);
	return input;
}

/** Splits a text into its digits and its extension, or says why it is no phone number. */
export function splitPhoneText(text: string): PhoneText | PhoneProblem {
	let rest: string | undefined = cleanPhoneText(text);
	if (/^tel:/i.test(rest)) rest = fromTelUri(rest);
	const shown = quoteInput(text);
	if (rest === undefined) return problem('is not a tel: address of a phone number.', shown);

	if (SCIENTIFIC.test(rest)) {
		return problem(
			'is a number that Excel has shortened. Format the column as text and export again.',
			shown,
		);
	}

	let extension: string | undefined;
	const tail = EXTENSION.exec(rest);
	if (tail && tail.index > 0) {
		extension = tail[1] ?? tail[2] ?? tail[3] ?? tail[4];
		rest = rest.slice(0, tail.index);
	}

	// "15095551234.0" is a whole number that passed through a program that knows only decimals.
	rest = rest.replace(/^(\+?\d{7,})\.0+$/, '$1');

	if (!NUMBER.test(rest) || /[-/~]$/.test(rest)) {
		return problem(
			/\p{L}/u.test(rest)
				? `is not a phone number: it contains letters. Example: ${EXAMPLE}.`
				: `does not look like a single phone number. Example: ${EXAMPLE}.`,
			shown,
		);
	}
	if (DECIMAL.test(rest)) return problem('is a decimal number, not a phone number.', shown);
	if (CALENDAR_DATE.test(rest)) return problem('is a date, not a phone number.', shown);

	return {
		ok: true,
		number: rest,
		digits: rest.replace(/\D/g, ''),
		hasPlus: rest.includes('+'),
		...compact({ extension }),
	};
}

/** The first digits in parentheses, and what stands before them. */
const FIRST_PARENTHESES = /^([^([]*)[([]\s*\+?(\d+)\s*[)\]]/;

/**
 * True if a number is written with a plus or exit code, and its groups say that what follows is no country code, as in
 * "+(206) 555-0143", which is a number in Seattle and not in Egypt (20).
 *
 * @param length how many digits follow the plus or exit code
 */
export function contradictsPrefix(
	{ number, digits }: PhoneText,
	length: number,
	callingCode: string,
): boolean {
	const prefix = digits.slice(0, digits.length - length);
	const [, before = '', inParentheses] = FIRST_PARENTHESES.exec(number) ?? [];
	const isRightAfterPrefix = before.replace(/\D/g, '') === prefix;
	if (inParentheses !== undefined && isRightAfterPrefix) return inParentheses !== callingCode;
	// Three, three and four digits, as North American numbers are grouped without their country code.
	const nanpGroups = new RegExp(`^\\D*${prefix}\\D*\\d{3}\\D+\\d{3}\\D+\\d{4}$`);
	return length === 10 && callingCode.length !== 3 && nanpGroups.test(number);
}

/** The same text with the plainest character for each of its characters, and no invisible ones. */
function cleanPhoneText(text: string): string {
	return (
		text
			// Direction marks, zero-width characters, soft hyphens, byte order marks.
			.replace(/\p{Cf}/gu, '')
			// Full-width forms, as Japanese and Chinese keyboards write them.
			.replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
			// Arabic-Indic digits: their low four bits are the digit.
			.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (c) => String(c.charCodeAt(0) & 15))
			// Devanagari and Bengali digits begin at 6 in the low four bits.
			.replace(/[\u0966-\u096F\u09E6-\u09EF]/g, (c) => String((c.charCodeAt(0) & 15) - 6))
			.replace(/[\u2010-\u2015\u2212\u30FC]/g, '-')
			.replace(/\p{Zs}/gu, ' ')
			.trim()
			// Spreadsheets put an apostrophe in front of digits that are to stay text.
			.replace(/^['\u2018\u2019`]\s*/, '')
	);
}

/** Turns a tel: URI (RFC 3966) into an ordinary spelling; undefined if it has a part that no number has. */
function fromTelUri(uri: string): string | undefined {
	const [number = '', ...parameters] = uri
		.replace(/^tel:(?:\/\/)?/i, '')
		.replace(/%20/g, ' ')
		.replace(/%2B/gi, '+')
		.split(';');
	let context = '';
	let extension = '';
	for (const parameter of parameters) {
		const [name = '', value = ''] = parameter.split('=');
		if (/^ext$/i.test(name)) extension = `;ext=${value}`;
		else if (/^phone-context$/i.test(name)) context = value.startsWith('+') ? value : '';
		else if (!/^isub$/i.test(name)) return undefined;
	}
	return `${number.trim().startsWith('+') ? '' : context}${number}${extension}`;
}
