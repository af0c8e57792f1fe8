import type { IDataObject } from 'n8n-workflow';
import { hasId, isRecord } from '../../shared/transport/responseValidators';
import { asObjects, getOwn, asText, toDataObject, type JsonObject } from '../../shared/values/json';
import type { Page } from '../../shared/transport/pagination';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { compact } from '../../shared/values/compact';
import { rememberCreated } from './createdLeads';
import { customValuesOf } from './customValues';
import { closePage } from './page';
import { closeRequest } from '../transport/vendor';

/** One page of leads, by number from 1. */
export async function leadPage(
	client: ApiClient,
	page: number,
	{ perPage, fields }: { perPage?: number; fields?: string } = {},
): Promise<Page<JsonObject>> {
	const query = compact({ _fields: fields });
	return await closePage(client, 'lead', page, { perPage, query });
}

/** `POST /lead/`: adds a lead (Close API page, Create a new lead). */
export async function createLead(client: ApiClient, body: IDataObject): Promise<JsonObject> {
	const reply = await client.request(
		closeRequest('lead', { method: 'POST', safety: 'unsafe', body, validateBody: hasId }),
	);
	const [lead = {}] = asObjects([reply.body]);
	rememberCreated(client, body, lead);
	return lead;
}

/** A lead under the names that all nodes of this package use; what people know it by is first. */
export function simplifyLead(lead: JsonObject): IDataObject {
	const [contact] = asObjects(lead.contacts);
	return {
		name: asText(lead.display_name) ?? asText(lead.name) ?? null,
		phoneNumber:
			asText(getOwn(lead.primary_phone, 'phone')) ??
			asText(getOwn(asObjects(contact?.phones)[0], 'phone')) ??
			null,
		email:
			asText(getOwn(lead.primary_email, 'email')) ??
			asText(getOwn(asObjects(contact?.emails)[0], 'email')) ??
			null,
		contactName: asText(contact?.name) ?? null,
		leadId: asText(lead.id) ?? null,
		leadStatus: asText(lead.status_label) ?? null,
		statusId: asText(lead.status_id) ?? null,
		url: asText(lead.url) ?? null,
		customFields: toDataObject(customValuesOf(lead)),
		createdAt: asText(lead.date_created) ?? null,
		updatedAt: asText(lead.date_updated) ?? null,
	};
}

/** The lead with this ID, or undefined. */
export async function leadById(client: ApiClient, id: string): Promise<JsonObject | undefined> {
	const { status, body } = await client.request(
		closeRequest('lead', {
			id,
			method: 'GET',
			safety: 'safe',
			expectedStatuses: [404],
			validateBody: isRecord(id),
		}),
	);
	return status === 404 ? undefined : asObjects([body])[0];
}
