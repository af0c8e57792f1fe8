import type { IDataObject } from 'n8n-workflow';
import { hasList } from '../../shared/transport/responseValidators';
import { objectsIn, own, textOf } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { rawRecord } from '../../shared/actions/outcome/outcome';
import type { Page } from '../../shared/transport/pagination';
import type { VendorClient } from '../../shared/transport/ApiClient';
import { closeCall } from '../transport/vendor';

/** Close's default page; larger ones may be refused. */
export const pageSize = 100;

const customPrefix = 'custom.';

/** One page of leads, by number from 1. */
export async function leadPage(
	vendor: VendorClient,
	page: number,
	{ perPage = pageSize, fields }: { perPage?: number; fields?: string } = {},
): Promise<Page<JsonObject>> {
	const { body } = await vendor.call(
		closeCall('lead', {
			method: 'GET',
			effect: 'read',
			query: {
				_skip: (page - 1) * perPage,
				_limit: perPage,
				...(fields === undefined ? {} : { _fields: fields }),
			},
			holds: hasList('data'),
		}),
	);
	return { entries: objectsIn(own(body, 'data')), more: own(body, 'has_more') === true };
}

/** The custom fields of a lead that have a value, by ID. */
export function customOf(lead: JsonObject): IDataObject {
	const custom = Object.entries(lead).filter(([key]) => key.startsWith(customPrefix));
	const named = custom.map(([key, value]) => [key.slice(customPrefix.length), value]);
	return JSON.parse(JSON.stringify(Object.fromEntries(named)));
}

/** A lead under the names that all nodes of this package use. */
export function simplifyLead(lead: JsonObject): IDataObject {
	const [contact] = objectsIn(lead.contacts);
	return {
		leadId: textOf(lead.id) ?? null,
		name: textOf(lead.display_name) ?? textOf(lead.name) ?? null,
		contactName: textOf(contact?.name) ?? null,
		phoneNumber:
			textOf(own(lead.primary_phone, 'phone')) ??
			textOf(own(objectsIn(contact?.phones)[0], 'phone')) ??
			null,
		email:
			textOf(own(lead.primary_email, 'email')) ??
			textOf(own(objectsIn(contact?.emails)[0], 'email')) ??
			null,
		status: textOf(lead.status_label) ?? null,
		statusId: textOf(lead.status_id) ?? null,
		url: textOf(lead.url) ?? null,
		customFields: customOf(lead),
		createdAt: textOf(lead.date_created) ?? null,
		updatedAt: textOf(lead.date_updated) ?? null,
	};
}

/** How leads come out, by Simplify. */
export function shownBy(simplify: boolean): (lead: JsonObject) => IDataObject {
	return simplify ? simplifyLead : rawRecord;
}
