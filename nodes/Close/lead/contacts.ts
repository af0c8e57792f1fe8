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
import type { Person } from './personKeys';

export interface Contacts {
	/** As Close accepts them. */
	bodies: IDataObject[];
	/** The same contacts, as the node compares them: numbers in E.164 where valid, emails in lowercase. */
	people: Person[];
	/** Close stores no extensions: they are not sent, and are in the output. */
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

/** Reads Contacts: skips rows without a value, validates numbers. @throws InvalidInputError */
export function readContacts(item: ItemParameters): Contacts {
	const contacts: Contacts = { bodies: [], people: [], extensions: [] };
	for (const row of asObjects(getOwn(item.value('contacts'), 'contact'))) {
		readContact(item, row, contacts);
	}
	return contacts;
}

function readContact(item: ItemParameters, row: JsonObject, contacts: Contacts): void {
	const name = readText(row.name, 'Contact Name');
	const person = { name, phones: new Array<string>(), emails: new Array<string>() };
	const phones = filled(row, 'phones', 'phone', 'Phone Number').map(([value, type, label]) => {
		const { phone, e164, extension } = readPhoneValue(item, value, label, phoneRules);
		person.phones.push(numberOf({ phone, e164 }));
		if (extension !== undefined) contacts.extensions.push(extension);
		return { phone, type: type ?? 'office' };
	});
	const emails = filled(row, 'emails', 'email', 'Email').map(([value, type, label]) => {
		const email = readEmail(value, label);
		person.emails.push(email.toLowerCase());
		return { email, type: type ?? 'office' };
	});
	const urls = filled(row, 'urls', 'url', 'URL').map(([url, type]) => ({
		url,
		type: type ?? 'url',
	}));
	const body = compact({
		name,
		title: readText(row.title, 'Title of a contact'),
		emails: unlessEmpty(emails),
		phones: unlessEmpty(phones),
		urls: unlessEmpty(urls),
	});
	if (Object.keys(body).length === 0) return;
	contacts.bodies.push(body);
	contacts.people.push(person);
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
	name: string,
): Array<[string, string | undefined, string]> {
	const label = `${name} of a contact`;
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
