import type { IDataObject } from 'n8n-workflow';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { compact } from '../../shared/values/compact';
import { asObjects, getOwn, asText, type JsonObject } from '../../shared/values/json';
import { numberOf, readPhoneValue, readZip } from '../../shared/parameters/leadParameters';
import { hasUsZips, isLowZipOf, readUsZip } from '../../shared/values/usAddress';
import { quote } from '../../shared/values/quote';
import { readText } from '../../shared/parameters/cells';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { phoneRules } from '../transport/vendor';
import { comparableName, type Person } from './personKeys';

export interface Contacts {
	/** As Close accepts them. */
	bodies: IDataObject[];
	/** The same contacts, as the node compares them: numbers in E.164 where valid, emails in lowercase. */
	people: Person[];
	/** Close stores no extensions: they are not sent, and are in the output. */
	extensions: string[];
}

/** A phone number or an email, as Close accepts it and as the node compares it. */
interface Value {
	body: IDataObject;
	key: string;
}

interface Contact {
	name: string | undefined;
	title: string | undefined;
	emails: Value[];
	phones: Value[];
	urls: IDataObject[];
	extensions: string[];
}

const EMAIL = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]+$/;

export function readEmail(value: string, label: string): string {
	if (EMAIL.test(value)) return value;
	throw InvalidInputError.ofField(
		label,
		{ shown: quote(value), problem: 'is not an email address' },
		'Correct the address, or leave it empty',
	);
}

/** Reads the contact of the plain fields and Contacts: skips rows without a value, validates numbers. @throws InvalidInputError */
export function readContacts(item: ItemParameters): Contacts {
	const rows = asObjects(getOwn(item.value('contacts'), 'contact'));
	const listed = rows.flatMap((row) => readContact(item, row, ' of a contact') ?? []);
	const plain = readContact(item, plainRow(item), '');
	const contacts = plain === undefined ? listed : withFirst(plain, listed);
	return {
		bodies: contacts.map(bodyOf),
		people: contacts.map(personOf),
		extensions: contacts.flatMap(({ extensions }) => extensions),
	};
}

/** Contact Name, Phone Number and Email as a row of Contacts. */
function plainRow(item: ItemParameters): JsonObject {
	return {
		name: item.value('contactName'),
		phones: { phone: [{ phone: item.value('phoneNumber') }] },
		emails: { email: [{ email: item.value('email') }] },
	};
}

/** Undefined where the row has no value. @param suffix ends the names of its fields in messages */
function readContact(item: ItemParameters, row: JsonObject, suffix: string): Contact | undefined {
	const extensions: string[] = [];
	const phones = filled(row, 'phones', 'phone', `Phone Number${suffix}`).map(
		([value, type, label]) => {
			const { phone, e164, extension } = readPhoneValue(item, value, label, phoneRules);
			if (extension !== undefined) extensions.push(extension);
			return { body: { phone, type: type ?? 'office' }, key: numberOf({ phone, e164 }) };
		},
	);
	const emails = filled(row, 'emails', 'email', `Email${suffix}`).map(([value, type, label]) => {
		const email = readEmail(value, label);
		return { body: { email, type: type ?? 'office' }, key: email.toLowerCase() };
	});
	const urls = filled(row, 'urls', 'url', 'URL of a contact').map(([url, type]) => ({
		url,
		type: type ?? 'url',
	}));
	const contact = {
		name: readText(row.name, 'Contact Name'),
		title: readText(row.title, 'Title of a contact'),
		emails,
		phones,
		urls,
		extensions,
	};
	return Object.keys(bodyOf(contact)).length === 0 ? undefined : contact;
}

const bodyOf = ({ name, title, emails, phones, urls }: Contact): IDataObject =>
	compact({
		name,
		title,
		emails: unlessEmpty(emails.map(({ body }) => body)),
		phones: unlessEmpty(phones.map(({ body }) => body)),
		urls: unlessEmpty(urls),
	});

const personOf = ({ name, phones, emails }: Contact): Person => ({
	name,
	phones: phones.map(({ key }) => key),
	emails: emails.map(({ key }) => key),
});

/** A contact before others; those that are the same person become one with it. */
function withFirst(first: Contact, others: readonly Contact[]): Contact[] {
	let joined = first;
	const rest = others.filter((other) => {
		if (!isSameContact(joined, other)) return true;
		joined = join(joined, other);
		return false;
	});
	return [joined, ...rest];
}

/** True if two contacts of one item share a number or an email, and do not have different names. */
function isSameContact(one: Contact, other: Contact): boolean {
	const names = new Set([one, other].map(({ name }) => comparableName(name)));
	names.delete('');
	return names.size < 2 && (shares(one.phones, other.phones) || shares(one.emails, other.emails));
}

const shares = (values: readonly Value[], others: readonly Value[]) =>
	values.some(({ key }) => others.some((other) => other.key === key));

function join(first: Contact, other: Contact): Contact {
	return {
		name: first.name ?? other.name,
		title: first.title ?? other.title,
		emails: union(first.emails, other.emails),
		phones: union(first.phones, other.phones),
		urls: [...first.urls, ...other.urls],
		extensions: [...first.extensions, ...other.extensions],
	};
}

/** The values of both, each once; of one that both have, the type in Contacts, where the user chose it. */
function union(plain: readonly Value[], listed: readonly Value[]): Value[] {
	const known = new Set(plain.map(({ key }) => key));
	return [
		...plain.map((value) => listed.find(({ key }) => key === value.key) ?? value),
		...listed.filter(({ key }) => !known.has(key)),
	];
}

/** The list, or undefined where it is empty: empty lists are not sent. */
export function unlessEmpty<Entry>(list: Entry[]): Entry[] | undefined {
	return list.length === 0 ? undefined : list;
}

/** The rows of a list in a contact that have a value, with their types and what to call the value. */
function filled(
	contact: JsonObject,
	list: string,
	field: string,
	label: string,
): Array<[string, string | undefined, string]> {
	return asObjects(getOwn(contact[list], field)).flatMap(
		(row): Array<[string, string | undefined, string]> => {
			const value = readText(row[field], label);
			return value === undefined ? [] : [[value, asText(row.type), label]];
		},
	);
}

/** The parts of an address, with their names in the editor and at Close. */
const ADDRESS_PARTS = [
	['label', 'Label', 'label'],
	['address1', 'Address Line 1', 'address_1'],
	['address2', 'Address Line 2', 'address_2'],
	['city', 'City', 'city'],
	['state', 'State', 'state'],
	['zipCode', 'ZIP Code', 'zipcode'],
	['country', 'Country', 'country'],
] as const;

export function readAddresses(item: ItemParameters): IDataObject[] {
	return asObjects(getOwn(item.value('addresses'), 'address')).flatMap((row) => {
		const entries = ADDRESS_PARTS.map(([name, label, key]) => [key, readText(row[name], label)]);
		const parts: IDataObject = compact({
			...Object.fromEntries(entries),
			zipcode: readAddressZip(row),
		});
		// A label alone is no address.
		return Object.keys(parts).some((key) => key !== 'label') ? [parts] : [];
	});
}

/** The postal code of an address. In the United States a lost zero is put back, and an impossible code refused. */
function readAddressZip(row: JsonObject): string | undefined {
	const text = readText(row.zipCode, 'ZIP Code');
	const country = readText(row.country, 'Country');
	if (country !== undefined) return hasUsZips(country) ? readZip(text, 'ZIP Code') : text;
	// Without a country, only a state that has this ZIP code says that it is one.
	const zip = readUsZip(text);
	return zip !== undefined && isLowZipOf(asText(row.state), zip) ? zip : text;
}
