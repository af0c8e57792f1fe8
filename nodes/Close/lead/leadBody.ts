import type { IDataObject } from 'n8n-workflow';
import type { ItemReader } from '../../shared/parameters/ItemParameters';
import { own, textOf } from '../../shared/values/json';
import { InvalidLead } from '../../shared/actions/outcome/outcome';
import { readAddresses, readContacts } from './contacts';
import type { Contacts } from './contacts';
import { readCustomFields } from './customFields';
import { readId } from '../transport/vendor';

/** The Status of an item; undefined when it is left empty. @throws InvalidLead for what is no ID */
export function readStatus(item: ItemReader): string | undefined {
	const value = item.value('status', { extractValue: true });
	const text = textOf(own(value, 'value') ?? value);
	return text === undefined ? undefined : readId(text, 'stat', 'Status');
}

/** The fields of a lead that the user filled in, as Close takes them. @throws InvalidLead */
export function readDetails(item: ItemReader, collection: string): IDataObject {
	const name = item.text('name') ?? textOf(item.within(collection, 'name'));
	const status = readStatus(item);
	const description = textOf(item.within(collection, 'description'));
	const url = textOf(item.within(collection, 'url'));
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

/** A whole new lead. @throws InvalidLead */
export function readLead(item: ItemReader): LeadBody {
	const contacts = readContacts(item);
	const details = readDetails(item, 'additionalFields');
	const name = textOf(details.name) ?? textOf(contacts.bodies[0]?.name);
	if (name === undefined && contacts.bodies.length === 0) {
		throw new InvalidLead(
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
export function toldExtensions({ extensions }: Contacts): IDataObject {
	const [extension] = extensions;
	return extension === undefined ? {} : { phoneExtension: extension };
}
