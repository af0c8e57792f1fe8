import type { IDataObject } from 'n8n-workflow';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { compact } from '../../shared/values/compact';
import { asObjects, getOwn, asText, type JsonObject } from '../../shared/values/json';
import { readPhoneValue } from '../../shared/parameters/leadParameters';
import { quote } from '../../shared/values/quote';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { phoneRules } from '../transport/vendor';

export interface Contacts {
	/** As Close accepts them. */
	bodies: IDataObject[];
	/** E.164 where the number is valid; dedupe keys. */
	phones: string[];
	/** Lowercase; dedupe keys. */
	emails: string[];
	/** Close stores no extensions: they are not sent, and are in the output. */
	extensions: string[];
}

const EMAIL = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]+$/;

export function readEmail(value: string, label: string): string {
	if (EMAIL.test(value)) return value;
	throw new InvalidInputError(
		`${label}: ${quote(value)} is not an email address`,
		'Correct the address, or leave it empty',
	);
}

/** Reads Contacts: skips rows without a value, validates numbers. @throws InvalidInputError */
export function readContacts(item: ItemParameters): Contacts {
	const contacts: Contacts = { bodies: [], phones: [], emails: [], extensions: [] };
	for (const row of asObjects(getOwn(item.value('contacts'), 'contact'))) {
		const body = readContact(item, row, contacts);
		if (Object.keys(body).length > 0) contacts.bodies.push(body);
	}
	return contacts;
}

function readContact(item: ItemParameters, row: JsonObject, known: Contacts): IDataObject {
	const phones = filled(row, 'phones', 'phone').map(([value, type]) => {
		const label = 'Phone Number of a contact';
		const { phone, e164, extension } = readPhoneValue(item, value, label, phoneRules);
		known.phones.push(e164 ?? phone);
		if (extension !== undefined) known.extensions.push(extension);
		return { phone, type: type ?? 'office' };
	});
	const emails = filled(row, 'emails', 'email').map(([value, type]) => {
		const email = readEmail(value, 'Email of a contact');
		known.emails.push(email.toLowerCase());
		return { email, type: type ?? 'office' };
	});
	const urls = filled(row, 'urls', 'url').map(([url, type]) => ({ url, type: type ?? 'url' }));
	return compact({
		name: asText(row.name),
		title: asText(row.title),
		emails: unlessEmpty(emails),
		phones: unlessEmpty(phones),
		urls: unlessEmpty(urls),
	});
}

/** The list, or undefined where it is empty: empty lists are not sent. */
export function unlessEmpty<Entry>(list: Entry[]): Entry[] | undefined {
	return list.length === 0 ? undefined : list;
}

/** The rows of a list in a contact that have a value, with their types. */
function filled(
	contact: JsonObject,
	list: string,
	field: string,
): Array<[string, string | undefined]> {
	return asObjects(getOwn(contact[list], field)).flatMap(
		(row): Array<[string, string | undefined]> => {
			const value = asText(row[field]);
			return value === undefined ? [] : [[value, asText(row.type)]];
		},
	);
}

const ADDRESS_PARTS = [
	['label', 'label'],
	['address1', 'address_1'],
	['address2', 'address_2'],
	['city', 'city'],
	['state', 'state'],
	['zipCode', 'zipcode'],
	['country', 'country'],
] as const;

export function readAddresses(item: ItemParameters): IDataObject[] {
	return asObjects(getOwn(item.value('addresses'), 'address')).flatMap((row) => {
		const entries = ADDRESS_PARTS.map(([name, key]) => [key, asText(row[name])]);
		const parts: IDataObject = compact(Object.fromEntries(entries));
		// A label alone is no address.
		return Object.keys(parts).some((key) => key !== 'label') ? [parts] : [];
	});
}
