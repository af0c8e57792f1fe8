import type { IDataObject } from 'n8n-workflow';
import { hasList } from '../../shared/transport/responseValidators';
import { isObject, numberOf, objectsIn, own, textOf } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { collectPages, collectRecords } from '../../shared/transport/pagination';
import type { Page } from '../../shared/transport/pagination';
import type { VendorClient } from '../../shared/transport/ApiClient';
import { userCall } from '../transport/vendor';

/** The largest page that the vendor documents. */
export const pageSize = 100;
/** How far a search by ID goes: 10,000 leads, the newest first. */
const mostPagesSearched = 100;

/** One page of leads. Accepts both list shapes: a pager, and the bare list of older versions. */
export async function leadPage(
	vendor: VendorClient,
	query: Record<string, string | number>,
	page: number,
	perPage = pageSize,
): Promise<Page<JsonObject>> {
	const { body } = await vendor.call(
		userCall(['leads'], {
			method: 'GET',
			effect: 'read',
			query: { ...query, per_page: perPage, page },
			holds: (reply) => Array.isArray(reply) || hasList('data')(reply),
		}),
	);
	if (Array.isArray(body)) return { entries: objectsIn(body), more: false };
	return {
		entries: objectsIn(own(body, 'data')),
		total: numberOf(own(body, 'total')),
		more: (numberOf(own(body, 'last_page')) ?? 0) > page || own(body, 'next_page_url') != null,
	};
}

/** What tells leads of a list apart. */
export const idOf = (lead: JsonObject) => textOf(lead.id);

/** The campaign's ID of a lead, whether told at the top or inside `campaign`. */
function campaignOf(lead: JsonObject): number | undefined {
	return numberOf(lead.campaign_id) ?? numberOf(own(lead.campaign, 'id'));
}

const digitsOf = (phone: unknown) => (textOf(phone) ?? '').replace(/\D/g, '');

/** All leads with this very number, in one campaign or in all. The vendor's own filter is a partial match. */
export async function leadsWithPhone(
	vendor: VendorClient,
	phone: string,
	campaign: number | undefined,
): Promise<JsonObject[]> {
	const query: Record<string, string | number> = { phone_number: digitsOf(phone) };
	if (campaign !== undefined) query.campaign_id = campaign;
	const leads = await collectRecords(
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
	vendor: VendorClient,
	id: number,
	campaign: number | undefined,
): Promise<JsonObject[]> {
	const query: Record<string, string | number> = {};
	if (campaign !== undefined) query.campaign_id = campaign;
	const found: JsonObject[] = [];
	await collectPages(mostPagesSearched * pageSize, async (page) => {
		const { entries, more } = await leadPage(vendor, query, page);
		found.push(...entries.filter((lead) => numberOf(lead.id) === id));
		return { entries, more: more && found.length === 0 };
	});
	return found;
}

/** A lead under the names that all nodes of this package use. */
export function simplifyLead(lead: JsonObject): IDataObject {
	const variables = isObject(lead.variables) ? lead.variables : {};
	return {
		leadId: numberOf(lead.id) ?? null,
		phoneNumber: textOf(lead.phone_number) ?? null,
		campaignId: campaignOf(lead) ?? null,
		campaignName: textOf(own(lead.campaign, 'name')) ?? null,
		status: textOf(lead.status) ?? null,
		variables: Object.fromEntries(
			Object.entries(variables).map(([name, value]): [string, IDataObject[string]] => [
				name,
				textOf(value) ?? null,
			]),
		),
		createdAt: textOf(lead.created_at) ?? null,
		updatedAt: textOf(lead.updated_at) ?? null,
	};
}
