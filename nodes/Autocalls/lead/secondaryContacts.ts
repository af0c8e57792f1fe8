import type { IDataObject } from 'n8n-workflow';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { readPairs, readText } from '../../shared/parameters/cells';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { readPhoneValue, toFieldValue } from '../../shared/parameters/leadParameters';
import { asObjects, getOwn, isBlank, type JsonObject } from '../../shared/values/json';
import { quote } from '../../shared/values/quote';
import { phoneRules } from '../transport/vendor';

/** The most that the vendor's own piece for Activepieces offers for one lead. */
const MAX_CONTACTS = 10;

/** The variables of a contact: name and email, and those of any name. Empty ones are not sent. */
function readVariables(contact: JsonObject, where: string): IDataObject {
	const rows: Array<[string, unknown]> = [
		['customer_name', readText(contact.customerName, `Customer Name of ${where}`)],
		['email', readText(contact.email, `Email of ${where}`)],
		...readPairs(getOwn(contact.variables, 'variable')),
	];
	const variables = new Map<string, IDataObject[string]>();
	for (const [name, given] of rows) {
		const value = toFieldValue(given);
		if (value === undefined) continue;
		if (variables.has(name)) {
			throw new InvalidInputError(
				`${where[0]?.toUpperCase()}${where.slice(1)}: the variable ${quote(name)} is there twice`,
				'Customer Name is the variable customer_name, and Email is email. Remove one of the two',
			);
		}
		variables.set(name, value);
	}
	return Object.fromEntries(variables);
}

/**
 * The secondary contacts of an item that have a number: one without cannot be called; the lead itself can.
 * @throws InvalidInputError for an invalid number, a variable that is there twice, and more than ten contacts
 */
export function readSecondaryContacts(item: ItemParameters): IDataObject[] {
	const rows = asObjects(getOwn(item.value('secondaryContacts'), 'contact'));
	const contacts = rows.flatMap((contact, index) => {
		if (isBlank(contact.phoneNumber)) return [];
		const where = `secondary contact ${index + 1}`;
		const label = `Phone Number of ${where}`;
		const { phone } = readPhoneValue(item, contact.phoneNumber, label, phoneRules);
		const variables = readVariables(contact, where);
		return [{ phone_number: phone, ...(Object.keys(variables).length === 0 ? {} : { variables }) }];
	});
	if (contacts.length <= MAX_CONTACTS) return contacts;
	throw new InvalidInputError(
		`There are ${contacts.length} secondary contacts; Autocalls takes at most ${MAX_CONTACTS}`,
		'Remove some of them, or create a second lead for the rest',
	);
}
