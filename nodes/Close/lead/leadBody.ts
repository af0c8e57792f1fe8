import type { IDataObject } from 'n8n-workflow';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { getOwn, asText } from '../../shared/values/json';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { readAddresses, readContacts } from './contacts';
import type { Contacts } from './contacts';
import { readCustomFields } from './customFields';
import { readId } from '../transport/vendor';

/** The Status of an item; undefined when it is left empty. @throws InvalidInputError for what is no ID */
export function readStatus(item: ItemParameters): string | undefined {
	const value = item.value('status', { extractValue: true });
	const text = asText(getOwn(value, 'value') ?? value);
	return text === undefined ? undefined : readId(text, 'stat', 'Status');
}

/** The fields of a lead that the user filled in, as Close takes them. @throws InvalidInputError */
export function readDetails(item: ItemParameters, collection: string): IDataObject {
	const name = item.text('name') ?? asText(item.option(collection, 'name'));
	const status = readStatus(item);
	const description = asText(item.option(collection, 'description'));
	const url = asText(item.option(collection, 'url'));
	const addresses = readAddresses(item);
	return {
		...(name === undefined ? {} : { name }),
		...(status === undefined ? {} : { status_id: status }),
		...(description === undefined ? {} : { description }),
		...(url === undefined ? {} : { url }),
		...(addresses.length === 0 ? {} : { addresses }),
		...readCustomFields(item),
	};
}

export interface LeadBody {
	body: IDataObject;
	contacts: Contacts;
	name: string | undefined;
}

/** A whole new lead. @throws InvalidInputError */
export function readLead(item: ItemParameters): LeadBody {
	const contacts = readContacts(item);
	const details = readDetails(item, 'additionalFields');
	const name = asText(details.name) ?? asText(contacts.bodies[0]?.name);
	if (name === undefined && contacts.bodies.length === 0) {
		throw new InvalidInputError(
			'Name and Contacts are both empty',
			'Fill in one of them, or filter out the items that have neither',
		);
	}
	const body = {
		...details,
		...(name === undefined ? {} : { name }),
		...(contacts.bodies.length === 0 ? {} : { contacts: contacts.bodies }),
	};
	return { body, contacts, name };
}

/** What an output item says of extensions: Close keeps none. */
export function extensionOutput({ extensions }: Contacts): IDataObject {
	const [extension] = extensions;
	return extension === undefined ? {} : { phoneExtension: extension };
}
