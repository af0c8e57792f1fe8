import type { IDataObject } from 'n8n-workflow';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { asObjects, getOwn, asText } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { quote, readPhoneValue } from '../../shared/parameters/leadParameters';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { phoneRules } from '../transport/vendor';

/** The contacts of a new lead, and by what they are known. */
export interface Contacts {
	/** As Close takes them. */
	bodies: IDataObject[];
	phones: string[];
	emails: string[];
	/** Close keeps no extensions: they are left out and told in the output. */
	extensions: string[];
}

const emailShape = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]+$/;

/** An e-mail address. @throws InvalidInputError naming the field */
export function readEmail(value: string, label: string): string {
	if (emailShape.test(value)) return value;
	throw new InvalidInputError(
		`${label}: ${quote(value)} is not an email address`,
		'Correct the address, or leave it empty',
	);
}

/** Reads Contacts: rows without a value are left out, numbers are checked. @throws InvalidInputError */
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
	const name = asText(row.name);
	const title = asText(row.title);
	return {
		...(name === undefined ? {} : { name }),
		...(title === undefined ? {} : { title }),
		...(emails.length === 0 ? {} : { emails }),
		...(phones.length === 0 ? {} : { phones }),
		...(urls.length === 0 ? {} : { urls }),
	};
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

const addressParts = [
	['label', 'label'],
	['address1', 'address_1'],
	['address2', 'address_2'],
	['city', 'city'],
	['state', 'state'],
	['zipCode', 'zipcode'],
	['country', 'country'],
] as const;

/** Reads Addresses; empty parts and empty addresses are left out. */
export function readAddresses(item: ItemParameters): IDataObject[] {
	return asObjects(getOwn(item.value('addresses'), 'address')).flatMap((row) => {
		const parts = addressParts.flatMap(([name, key]): Array<[string, string]> => {
			const value = asText(row[name]);
			return value === undefined ? [] : [[key, value]];
		});
		// What kind of address it is says nothing where there is no address.
		return parts.some(([key]) => key !== 'label') ? [Object.fromEntries(parts)] : [];
	});
}
