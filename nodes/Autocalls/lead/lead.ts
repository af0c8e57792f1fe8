import type { IDataObject } from 'n8n-workflow';
import { hasList } from '../../shared/transport/responseValidators';
import { isObject, asNumber, asObjects, getOwn, asText } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { collectPages, collectStable } from '../../shared/transport/pagination';
import type { Page } from '../../shared/transport/pagination';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { userRequest } from '../transport/vendor';

/** The largest page that the vendor documents. */
export const pageSize = 100;
/** How far a search by ID goes: 10,000 leads, the newest first. */
const mostPagesSearched = 100;

/** One page of leads. Accepts both list shapes: a pager, and the bare list of older versions. */
export async function leadPage(
	vendor: ApiClient,
	query: Record<string, string | number>,
	page: number,
	perPage = pageSize,
): Promise<Page<JsonObject>> {
	const { body } = await vendor.request(
		userRequest(['leads'], {
			method: 'GET',
			safety: 'safe',
			query: { ...query, per_page: perPage, page },
			validateBody: (reply) => Array.isArray(reply) || hasList('data')(reply),
		}),
	);
	if (Array.isArray(body)) return { entries: asObjects(body), hasMore: false };
	return {
		entries: asObjects(getOwn(body, 'data')),
		total: asNumber(getOwn(body, 'total')),
		hasMore:
			(asNumber(getOwn(body, 'last_page')) ?? 0) > page || getOwn(body, 'next_page_url') != null,
	};
}

/** What tells leads of a list apart. */
export const idOf = (lead: JsonObject) => asText(lead.id);

/** The campaign's ID of a lead, whether told at the top or inside `campaign`. */
function campaignOf(lead: JsonObject): number | undefined {
	return asNumber(lead.campaign_id) ?? asNumber(getOwn(lead.campaign, 'id'));
}

const digitsOf = (phone: unknown) => (asText(phone) ?? '').replace(/\D/g, '');

/** All leads with this very number, in one campaign or in all. The vendor's own filter is a partial match. */
export async function leadsWithPhone(
	vendor: ApiClient,
	phone: string,
	campaign: number | undefined,
): Promise<JsonObject[]> {
	const query: Record<string, string | number> = { phone_number: digitsOf(phone) };
	if (campaign !== undefined) query.campaign_id = campaign;
	const leads = await collectStable(
		Infinity,
		async (page) => await leadPage(vendor, query, page),
		idOf,
	);
	return leads.filter(
		(lead) =>
			digitsOf(lead.phone_number) === digitsOf(phone) &&
			(campaign === undefined || campaignOf(lead) === campaign),
	);
}

/** The lead with this ID, if there is one: the vendor has no call for a single lead, so its list is searched. */
export async function leadsWithId(
	vendor: ApiClient,
	id: number,
	campaign: number | undefined,
): Promise<JsonObject[]> {
	const query: Record<string, string | number> = {};
	if (campaign !== undefined) query.campaign_id = campaign;
	const found: JsonObject[] = [];
	await collectPages(mostPagesSearched * pageSize, async (page) => {
		const { entries, hasMore } = await leadPage(vendor, query, page);
		found.push(...entries.filter((lead) => asNumber(lead.id) === id));
		return { entries, hasMore: hasMore && found.length === 0 };
	});
	return found;
}

/** A lead under the names that all nodes of this package use. */
export function simplifyLead(lead: JsonObject): IDataObject {
	const variables = isObject(lead.variables) ? lead.variables : {};
	return {
		leadId: asNumber(lead.id) ?? null,
		phoneNumber: asText(lead.phone_number) ?? null,
		campaignId: campaignOf(lead) ?? null,
		campaignName: asText(getOwn(lead.campaign, 'name')) ?? null,
		status: asText(lead.status) ?? null,
		variables: Object.fromEntries(
			Object.entries(variables).map(([name, value]): [string, IDataObject[string]] => [
				name,
				asText(value) ?? null,
			]),
		),
		createdAt: asText(lead.created_at) ?? null,
		updatedAt: asText(lead.updated_at) ?? null,
	};
}
