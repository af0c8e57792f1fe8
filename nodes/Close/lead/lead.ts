import type { IDataObject } from 'n8n-workflow';
import { hasList } from '../../shared/transport/responseValidators';
import { asObjects, getOwn, asText } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { toRawOutput } from '../../shared/actions/outcome/outcome';
import type { Page } from '../../shared/transport/pagination';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { closeRequest } from '../transport/vendor';

/** Close's default page; larger ones may be refused. */
export const PAGE_SIZE = 100;

const customPrefix = 'custom.';

/** One page of leads, by number from 1. */
export async function leadPage(
	vendor: ApiClient,
	page: number,
	{ perPage = PAGE_SIZE, fields }: { perPage?: number; fields?: string } = {},
): Promise<Page<JsonObject>> {
	const { body } = await vendor.request(
		closeRequest('lead', {
			method: 'GET',
			safety: 'safe',
			query: {
				_skip: (page - 1) * perPage,
				_limit: perPage,
				...(fields === undefined ? {} : { _fields: fields }),
			},
			validateBody: hasList('data'),
		}),
	);
	return { entries: asObjects(getOwn(body, 'data')), hasMore: getOwn(body, 'has_more') === true };
}

/** The custom fields of a lead that have a value, by ID. */
export function customOf(lead: JsonObject): IDataObject {
	const custom = Object.entries(lead).filter(([key]) => key.startsWith(customPrefix));
	const named = custom.map(([key, value]) => [key.slice(customPrefix.length), value]);
	return JSON.parse(JSON.stringify(Object.fromEntries(named)));
}

/** A lead under the names that all nodes of this package use. */
export function simplifyLead(lead: JsonObject): IDataObject {
	const [contact] = asObjects(lead.contacts);
	return {
		leadId: asText(lead.id) ?? null,
		name: asText(lead.display_name) ?? asText(lead.name) ?? null,
		contactName: asText(contact?.name) ?? null,
		phoneNumber:
			asText(getOwn(lead.primary_phone, 'phone')) ??
			asText(getOwn(asObjects(contact?.phones)[0], 'phone')) ??
			null,
		email:
			asText(getOwn(lead.primary_email, 'email')) ??
			asText(getOwn(asObjects(contact?.emails)[0], 'email')) ??
			null,
		status: asText(lead.status_label) ?? null,
		statusId: asText(lead.status_id) ?? null,
		url: asText(lead.url) ?? null,
		customFields: customOf(lead),
		createdAt: asText(lead.date_created) ?? null,
		updatedAt: asText(lead.date_updated) ?? null,
	};
}

/** How leads come out, by Simplify. */
export function outputMapper(simplify: boolean): (lead: JsonObject) => IDataObject {
	return simplify ? simplifyLead : toRawOutput;
}
