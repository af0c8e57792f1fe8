import { digitsOf } from '../../shared/values/phone/digitsOf';
import { foldText } from '../../shared/values/foldText';

/** A contact of a lead, as far as it says who it is. */
export interface Person {
	name: string | undefined;
	phones: readonly string[];
	emails: readonly string[];
}

/** The option Same Person, by its stored values. */
export const SAME_PERSON = ['nameAgrees', 'sharedValue'] as const;
export type SamePerson = (typeof SAME_PERSON)[number];

const ACCENTS = /[\u0300-\u036f]/g;
const APOSTROPHES = /['’‘`´ʼ]/g;
const BLANKS_AND_PUNCTUATION = /[\p{P}\p{Z}\p{C}]/gu;
/** Letters that Unicode does not take apart. */
const PLAIN_LETTERS: Record<string, string> = { ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe' };

/** The form by which names of people are compared: "Lee, Ann" and "Ánn  LEE" are "annlee". Empty without a name. */
export function comparableName(name: string | undefined): string {
	const folded = foldText((name ?? '').toUpperCase())
		.normalize('NFKD')
		.replace(ACCENTS, '')
		.replace(/[øłđæœ]/g, (letter) => PLAIN_LETTERS[letter] ?? letter)
		.replace(APOSTROPHES, '');
	const words = folded.match(/[\p{L}\p{M}\p{N}]+/gu);
	// Without letters, such as an emoji, the signs are the name.
	return words === null ? folded.replace(BLANKS_AND_PUNCTUATION, '') : words.sort().join('');
}

const PLACEHOLDERS =
	'none|null|nil|na|nope|no|unknown|no-?body|anonymous|missing|invalid|fake|dummy|placeholder|test|testing|asdf|x+|(?:no|not|without|donot|do-not)[-._]?(?:e?-?mail|address|available|applicable|provided|given|known|reply)';
/** An address that people enter where there is none, such as none@none.com and noemail@acme.com. */
const PLACEHOLDER = new RegExp(
	`^(?:${PLACEHOLDERS})\\d*@|@(?:no-?e?-?mail|none|unknown|invalid)\\.`,
);
/** A mailbox that several people share, or that no one has: the name before the @ is a role, or the domain's. */
const SHARED_MAILBOX =
	/^(?:info|office|sales|contact|admin|hello|e?-?mail|support|help|service|team|billing|accounts?|accounting|enquir(?:y|ies)|inquir(?:y|ies)|reception|front-?desk|hr|jobs|marketing|webmaster|postmaster|customer-?service)@|^([^@]+)@\1\./;

/** False for an address that says nothing about who has it. */
export const isIdentifying = (email: string) => !PLACEHOLDER.test(email);

function comparablePhone(phone: string): string {
	const digits = digitsOf(phone);
	if (digits === '') return phone.trim().toLowerCase();
	return phone.trim().startsWith('+') ? `+${digits}` : digits;
}

/** What a phone number or an email is combined with: each name of the person, and the other value. */
interface Combination {
	names: readonly string[];
	phones: readonly string[];
	emails: readonly string[];
}

const phoneKey = (phone: string) => `phone ${phone}`;
const emailKey = (email: string) => `email ${email}`;
const withName = (key: string, name: string) => `${key} and name ${name}`;
const withEmail = (phone: string, email: string) => `${phoneKey(phone)} and email ${email}`;

/** A phone number and an email name one person, unless the email is a mailbox of several. */
function* pairs({ phones, emails }: Combination): Generator<string> {
	for (const email of emails) {
		if (SHARED_MAILBOX.test(email)) continue;
		for (const phone of phones) yield withEmail(phone, email);
	}
}

function combine(person: Person, names: ReadonlyArray<string | undefined>): Combination {
	const comparable = names.map(comparableName).filter((name) => name !== '');
	return {
		names: [...new Set(comparable)],
		phones: person.phones.map(comparablePhone),
		emails: person.emails.map((email) => email.toLowerCase()).filter(isIdentifying),
	};
}

/** The keys of people in an item by their phone numbers, and by their emails. To share one is to be the same person. */
export function personKeys(
	people: readonly Person[],
	leadName: string | undefined,
	rule: SamePerson,
): { phone: string[]; email: string[] } {
	const keys = { phone: new Set<string>(), email: new Set<string>() };
	for (const person of people) {
		const combined = combine(person, [comparableName(person.name) === '' ? leadName : person.name]);
		const [name] = combined.names;
		const byValue = rule === 'sharedValue' || name === undefined;
		const complete = (key: string) => (byValue ? key : withName(key, name));
		for (const phone of combined.phones) keys.phone.add(complete(phoneKey(phone)));
		for (const email of combined.emails) keys.email.add(complete(emailKey(email)));
		if (byValue) continue;
		for (const key of pairs(combined)) {
			keys.phone.add(key);
			keys.email.add(key);
		}
	}
	return { phone: [...keys.phone], email: [...keys.email] };
}

/** All keys that an item may have for this contact of a lead at Close; the lead's own name is one of its names. */
export function* keysOfContact(person: Person, leadName: string | undefined): Generator<string> {
	const combined = combine(person, [person.name, leadName]);
	const withoutPlus = combined.phones.map((phone) => phone.replace('+', ''));
	const phones = [...new Set([...combined.phones, ...withoutPlus])];
	for (const key of [...phones.map(phoneKey), ...combined.emails.map(emailKey)]) {
		yield key;
		for (const name of combined.names) yield withName(key, name);
	}
	yield* pairs({ ...combined, phones });
}
