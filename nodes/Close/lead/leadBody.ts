import type { IDataObject } from 'n8n-workflow';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { compact } from '../../shared/values/compact';
import { asObjects, asText, getOwn } from '../../shared/values/json';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { readAddresses, readContacts, unlessEmpty, type Contacts } from './contacts';
import { readCustomFields } from './customFields';
import type { CustomFields } from './customFieldSchema';
import { readId } from '../transport/vendor';

/** The Status of an item; undefined when it is empty. @throws InvalidInputError if it is no ID */
export function readStatus(item: ItemParameters): string | undefined {
	const text = item.optionalLocator('status', 'Status');
	return text === undefined ? undefined : readId(text, 'stat', 'Status');
}

/** The fields of a lead that the user filled in, as Close accepts them. @throws InvalidInputError */
export function readDetails(
	item: ItemParameters,
	collection: string,
	fields: CustomFields,
): IDataObject {
	return {
		...compact({
			name: item.optionalText('name', 'Name') ?? item.optionText(collection, 'name', 'Name'),
			status_id: readStatus(item),
			description: item.optionText(collection, 'description', 'Description'),
			url: item.optionText(collection, 'url', 'URL'),
			addresses: unlessEmpty(readAddresses(item)),
		}),
		...readCustomFields(item, fields),
	};
}

/** What the user knows a new lead by: its name, or that of its first contact. */
export function nameOfLead(item: ItemParameters): string | undefined {
	const [contact] = asObjects(getOwn(item.value('contacts'), 'contact'));
	return item.text('name') ?? item.text('contactName') ?? asText(contact?.name);
}

export interface LeadBody {
	body: IDataObject;
	contacts: Contacts;
	name: string | undefined;
}

export function readLead(item: ItemParameters, fields: CustomFields): LeadBody {
	const contacts = readContacts(item);
	const details = readDetails(item, 'additionalFields', fields);
	const name = asText(details.name) ?? asText(contacts.bodies[0]?.name);
	if (name === undefined && contacts.bodies.length === 0) {
		throw new InvalidInputError(
			'Name, Contact Name, Phone Number, Email and More Contacts are all empty',
			'Fill in at least one of them, or remove rows that have none',
		);
	}
	const body = { ...details, ...compact({ name, contacts: unlessEmpty(contacts.bodies) }) };
	return { body, contacts, name };
}

/** The data of the item itself, for a duplicate: the lead that Close has may differ. */
export function ownOutput({ name, contacts }: LeadBody): IDataObject {
	const { people } = contacts;
	return {
		name: name ?? null,
		phoneNumber: people.flatMap(({ phones }) => phones)[0] ?? null,
		email: people.flatMap(({ emails }) => emails)[0] ?? null,
		contactName: people[0]?.name ?? null,
		...extensionOutput(contacts),
	};
}

/** The extension for the output item: Close stores none. */
export function extensionOutput({ extensions }: Contacts): IDataObject {
	const [extension] = extensions;
	return compact({ phoneExtension: extension });
}
