/**
 * Phone numbers as people and spreadsheets write them, read into what a vendor wants.
 *
 * This is the only module that imports libphonenumber-js. `gulp bundle` puts that library into this
 * module's compiled file, so all nodes share one copy and the package needs no dependency.
 */
import parsePhoneNumber, {
	getCountries,
	getCountryCallingCode,
	isSupportedCountry,
	validatePhoneNumberLength,
	type CountryCode,
	type PhoneNumber,
} from 'libphonenumber-js/max';

/**
 * How much is asked of a phone number, from least to most:
 * - `off`: every text that is not empty, sent as it is
 * - `e164Shape`: `+` and 7 to 15 digits; whether the country code exists is not asked
 * - `possible`: a country code that exists and a length that the country uses
 * - `valid`: also in a range that the country has given out
 *
 * Each level accepts what the levels after it accept.
 */
export type PhoneCheck = 'off' | 'e164Shape' | 'possible' | 'valid';

/**
 * How the vendor wants the number written:
 * - `e164`: `+447400123456`
 * - `e164WithoutPlus`: `447400123456`
 * - `national`: as dialled inside the default country, digits only: `07400123456`, `5095551234`.
 *   A number of another country (or any number while no default country is set) has no such
 *   spelling and stays E.164: without its country code it would be somebody else's number.
 */
export type PhoneFormat = 'e164' | 'e164WithoutPlus' | 'national';

/** How to read and write phone numbers. */
export interface PhoneRules {
	check: PhoneCheck;
	/** ISO 3166-1 alpha-2, for example `US`; absent or empty: only international numbers are read. */
	defaultCountry?: string;
	format: PhoneFormat;
}

/**
 * A number that was read, or why it was not, in words for the person who sent it.
 * `phone` is what goes to the vendor. With the check `off` it is the input's own text, and
 * `e164`, `extension` and `country` are there only if that text happens to be a valid number.
 */
export type PhoneResult =
	| { ok: true; phone: string; e164?: string; extension?: string; country?: string }
	| { ok: false; reason: string };

/** A country for a drop-down: its ISO 3166-1 alpha-2 code, English name and calling code without plus. */
export interface Country {
	code: string;
	name: string;
	callingCode: string;
}

interface Refusal {
	ok: false;
	reason: string;
}

/** A spelling taken apart. */
interface Spelling {
	ok: true;
	/** The number as it was written, cleaned, without its extension. */
	number: string;
	/** All that counts of it. */
	digits: string;
	hasPlus: boolean;
	extension?: string;
}

interface Reading {
	e164: string;
	country?: string;
}

/** The longest thing that is looked at. A number with an extension and a tel: context stays far below. */
const MAX_LENGTH = 250;

/** `+`, then 7 to 15 digits (ITU-T E.164); no country code starts with 0. */
const E164_SHAPE = /^\+[1-9]\d{6,14}$/;

/**
 * An extension at the end, in the spellings people use. The digits are limited, more so after the
 * short labels, so that a second phone number in the same cell is not taken for an extension.
 */
const EXTENSION =
	/[\s,;(-]*(?:(?:extension|extn|ext)[\s.:=]*(\d{1,15})|x[\s.:]*(\d{1,7})|#\s*(\d{1,6})|,,\s*(\d{1,6}))[#)]*$/i;

/**
 * One plus at most, in front of the first digit; then digits and what people put between them
 * (a tilde is a pause for the dial tone: Russia's 8~10).
 */
const NUMBER = /^[([]*\s*\+?\s*[([]*\s*\d[\d\s().[\]/~-]*$/;

/** What a spreadsheet or a language makes of a large number: its digits may be lost. */
const SCIENTIFIC = /^\+?\d(?:[.,]\d+)?e\+?\d+$/i;

const DECIMAL = /^\+?\d{7,}\.\d{1,2}$/;

/** Calendar dates are the digits of valid numbers in countries with 8 of them, as in Denmark. */
const CALENDAR_DATE =
	/^(?:(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)\d\d)$/;

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
 * and else as international only if that is valid, so a merely possible number is then refused.
 *
 * @param input text, or a whole number as a spreadsheet gives it (15095551234)
 * @param rules the check, the default country and the format of the result
 * @returns the number, or `ok: false` with a sentence that says what is wrong and what to do; never throws
 */
export function readPhone(input: unknown, rules: PhoneRules): PhoneResult {
	const text = textOf(input);
	if (typeof text !== 'string') return text;

	const country = countryOf(rules.defaultCountry);
	if (typeof country === 'object') return country;

	if (rules.check === 'off') return readUnchecked(text, country);

	const spelling = takeApart(text);
	if (!spelling.ok) return spelling;

	const reading = readDigits(spelling.digits, spelling.hasPlus, rules.check, country);
	if (!reading) return refuse(explain(text, spelling, country));
	if (holdsTwoNumbers(spelling, rules.check, country)) {
		return refuse(`${quote(text)} holds two phone numbers. Put one number in each field.`);
	}

	return {
		ok: true,
		phone: write(reading.e164, rules, country),
		...details(reading, spelling.extension),
	};
}

/**
 * Says whether a text is the ISO 3166-1 alpha-2 code, in capitals, of a country whose numbers can be read.
 */
export function isCountry(code: string): boolean {
	return isSupportedCountry(code);
}

/** All countries whose numbers can be read, sorted by English name, for a drop-down. */
export const countries: Country[] = listCountries();

function listCountries(): Country[] {
	// A Node built without ICU has no Intl.DisplayNames: the code then stands for the name.
	const names =
		typeof Intl.DisplayNames === 'function'
			? new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' })
			: undefined;
	return getCountries()
		.map((code) => ({
			code,
			name: names?.of(code) ?? code,
			callingCode: getCountryCallingCode(code),
		}))
		.sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

function refuse(reason: string): Refusal {
	return { ok: false, reason };
}

/** The start of an input, in quotes, for a message. */
function quote(text: string): string {
	const shown = text.slice(0, MAX_LENGTH).trim();
	return `"${shown.length > 40 ? `${shown.slice(0, 40)}…` : shown}"`;
}

function details(reading: Reading, extension: string | undefined) {
	return {
		e164: reading.e164,
		...(extension === undefined ? {} : { extension }),
		...(reading.country === undefined ? {} : { country: reading.country }),
	};
}

/** The input as text of a bearable length, or why it cannot be a phone number. */
function textOf(input: unknown): string | Refusal {
	if (typeof input === 'number') {
		if (!Number.isSafeInteger(input) || input <= 0) {
			return refuse(
				`${String(input)} is not a phone number. Send phone numbers as text so that no digit is lost.`,
			);
		}
		return String(input);
	}
	if (typeof input !== 'string') {
		const what = input === undefined || input === null ? 'empty' : `not text (${typeof input})`;
		return refuse(`The phone number is ${what}. Fill it in, for example +15095551234.`);
	}
	if (input.length > MAX_LENGTH) {
		return refuse(
			`${quote(input)} is ${input.length} characters long, too long for a phone number.`,
		);
	}
	if (clean(input) === '') {
		return refuse('The phone number is empty. Fill it in, for example +15095551234.');
	}
	return input;
}

function countryOf(code: string | undefined): CountryCode | undefined | Refusal {
	const wanted = code?.trim().toUpperCase();
	if (!wanted) return undefined;
	if (isSupportedCountry(wanted)) return wanted;
	return refuse(
		`Default Country ${quote(wanted)} is not known. Use a two-letter code such as US, IN or GB.`,
	);
}

/** The same text with the plainest character for each of its characters, and no invisible ones. */
function clean(text: string): string {
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
			// Spreadsheets hide an apostrophe in front of digits that are to stay text.
			.replace(/^['\u2018\u2019`]\s*/, '')
	);
}

/** Turns a tel: URI (RFC 3966) into an ordinary spelling; undefined if it holds what no number has. */
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

/** Parts a spelling into its digits and its extension, or says what in it is no phone number. */
function takeApart(text: string): Spelling | Refusal {
	let rest: string | undefined = clean(text);
	if (/^tel:/i.test(rest)) rest = fromTelUri(rest);
	if (rest === undefined) return refuse(`${quote(text)} is not a tel: address of a phone number.`);

	if (SCIENTIFIC.test(rest)) {
		return refuse(
			`${quote(text)} is how a spreadsheet shortens a long number. Format its column as text, so that all digits arrive.`,
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
		return refuse(
			/\p{L}/u.test(rest)
				? `${quote(text)} holds letters. A phone number is digits only, for example +15095551234.`
				: `${quote(text)} is not one phone number. Send one number with nothing else around it, for example +15095551234.`,
		);
	}
	if (DECIMAL.test(rest)) return refuse(`${quote(text)} is a decimal number, not a phone number.`);
	if (CALENDAR_DATE.test(rest)) return refuse(`${quote(text)} is a date, not a phone number.`);

	return {
		ok: true,
		number: rest,
		digits: rest.replace(/\D/g, ''),
		hasPlus: rest.includes('+'),
		...(extension === undefined ? {} : { extension }),
	};
}

/**
 * "030 1234567/68" is two numbers written as one. A slash is otherwise an ordinary separator, so it
 * tells of a second number only where what stands before it is a whole number by itself.
 */
function holdsTwoNumbers(
	spelling: Spelling,
	check: PhoneCheck,
	country: CountryCode | undefined,
): boolean {
	const [before = '', after, more] = spelling.number.split('/');
	if (after === undefined || more !== undefined) return false;
	const digits = before.replace(/\D/g, '');
	// The shape alone would call almost any first half a number.
	const wanted = check === 'e164Shape' ? 'possible' : check;
	return digits.length >= 7 && readDigits(digits, spelling.hasPlus, wanted, country) !== undefined;
}

/**
 * Parses an international number until parsing it again changes nothing: one pass takes one trunk
 * zero off "+49 00 30…", and a number must not change each time it travels through a workflow.
 */
function parseInternational(e164: string): PhoneNumber | undefined {
	let current = e164;
	for (let pass = 0; pass < 4; pass++) {
		const parsed = parsePhoneNumber(current);
		if (!parsed || parsed.number === current) return parsed;
		current = parsed.number;
	}
	return undefined;
}

/** The levels lie inside one another: valid asks for possible, and possible for the shape. */
function reaches(parsed: PhoneNumber | undefined, check: 'possible' | 'valid'): boolean {
	if (!parsed || !E164_SHAPE.test(parsed.number) || !parsed.isPossible()) return false;
	return check === 'possible' || parsed.isValid();
}

/**
 * Reads bare digits. A number is always judged by its E.164 form alone, whichever spelling led to
 * it, so that all spellings of a number, and its E.164 form, fare alike.
 */
function readDigits(
	digits: string,
	hasPlus: boolean,
	check: PhoneCheck,
	country: CountryCode | undefined,
): Reading | undefined {
	const wanted = check === 'valid' ? 'valid' : 'possible';
	const shapeWillDo = check === 'e164Shape';

	const international = parseInternational(`+${digits}`);
	if (hasPlus) {
		if (international && reaches(international, wanted)) return readingOf(international);
		return shapeWillDo ? shapeOf(`+${digits}`) : undefined;
	}

	// Its own country code in front is far likelier than an area code of the same digits without its
	// trunk zero (Germany's 49 is both), and what was written without plus must be read back.
	if (country && international && digits.startsWith(getCountryCallingCode(country))) {
		if (reaches(international, 'valid')) return readingOf(international);
	}

	// The library also takes off the default country's own prefix for calls abroad (011, 0011…).
	const asDialled = country ? parsePhoneNumber(digits, country) : undefined;
	const national = asDialled && parseInternational(asDialled.number);
	if (national && reaches(national, 'valid')) return readingOf(national, asDialled?.country);

	// 00 is the prefix for calls abroad almost everywhere, and no area code begins with it.
	const after00 = digits.startsWith('00') ? parseInternational(`+${digits.slice(2)}`) : undefined;
	if (after00 && reaches(after00, 'valid')) return readingOf(after00);

	if (national && reaches(national, wanted)) return readingOf(national, asDialled?.country);

	if (international && reaches(international, 'valid')) return readingOf(international);

	return shapeWillDo && asDialled ? shapeOf(asDialled.number) : undefined;
}

function readingOf(parsed: PhoneNumber, country?: string): Reading {
	return { e164: parsed.number, country: parsed.country ?? country };
}

function shapeOf(e164: string): Reading | undefined {
	return E164_SHAPE.test(e164) ? { e164 } : undefined;
}

/** With the check off nothing is refused but emptiness, and nothing is rewritten. */
function readUnchecked(text: string, country: CountryCode | undefined): PhoneResult {
	const phone = text.trim();
	const spelling = takeApart(text);
	const reading = spelling.ok && readDigits(spelling.digits, spelling.hasPlus, 'valid', country);
	return spelling.ok && reading
		? { ok: true, phone, ...details(reading, spelling.extension) }
		: { ok: true, phone };
}

function write(e164: string, rules: PhoneRules, country: CountryCode | undefined): string {
	if (rules.format === 'e164') return e164;
	if (rules.format === 'e164WithoutPlus') return e164.slice(1);

	const parsed = parseInternational(e164);
	if (!country || !parsed || parsed.countryCallingCode !== getCountryCallingCode(country)) {
		return e164;
	}
	// Numbers that no national spelling leads back to stay international rather than change.
	const spellings = [parsed.formatNational().replace(/\D/g, ''), parsed.nationalNumber];
	return (
		spellings.find((digits) => readDigits(digits, false, rules.check, country)?.e164 === e164) ??
		e164
	);
}

/** Why a number was not read, and what to do about it. */
function explain(text: string, spelling: Spelling, country: CountryCode | undefined): string {
	const shown = quote(text);
	if (!spelling.hasPlus && !country) {
		return `${shown} has no country code. Set Default Country, or write the number with + and its country code.`;
	}
	const international = spelling.hasPlus || /^00[1-9]/.test(spelling.digits);
	const digits = spelling.digits.replace(international ? /^00/ : '', '');
	const length = international
		? validatePhoneNumberLength(`+${digits}`)
		: validatePhoneNumberLength(digits, country);
	const where = international ? 'of its country' : `in ${nameOf(country)}`;
	switch (length) {
		case 'INVALID_COUNTRY':
			return `${shown} begins with a country code that does not exist. Check its first digits.`;
		case 'TOO_SHORT':
			return `${shown} has too few digits for a phone number ${where}. Check that none is missing.`;
		case 'TOO_LONG':
			return `${shown} has too many digits for a phone number ${where}. Check that it is one number only.`;
		case 'INVALID_LENGTH':
			return `${shown} has a count of digits that no phone number ${where} has. Check the digits.`;
		default:
			return `${shown} is not in any range of phone numbers ${where}. Check the digits and Default Country, or lower Phone Check.`;
	}
}

function nameOf(code: string | undefined): string {
	return countries.find((country) => country.code === code)?.name ?? 'the default country';
}
