import type { IDataObject } from 'n8n-workflow';
import {
	isObject,
	asNumber,
	asObjects,
	getOwn,
	asText,
	type JsonObject,
} from '../../shared/values/json';
import { numberOf, type LeadPhone } from '../../shared/parameters/leadParameters';
import { digitsOf } from '../../shared/values/phone/digitsOf';
import { compact } from '../../shared/values/compact';
import { collectPages, collectStable, type Page } from '../../shared/transport/pagination';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { autocallsPage } from './page';

/** A search by ID reads the newest leads only. */
const MAX_LEADS_SEARCHED = 10_000;

/** One page of leads, by number from 1. */
export async function leadPage(
	client: ApiClient,
	query: Record<string, string | number>,
	page: number,
	perPage?: number,
): Promise<Page<JsonObject>> {
	return await autocallsPage(client, ['leads'], page, { perPage, query });
}

export const idOf = (lead: JsonObject) => asText(lead.id);

/** The campaign's ID of a lead, at the top or inside `campaign`. */
export function campaignOf(lead: JsonObject): number | undefined {
	return asNumber(lead.campaign_id) ?? asNumber(getOwn(lead.campaign, 'id'));
}

/** True if a number of Autocalls is that of the item, in E.164 or as it was written. */
export function isSameNumber(phone: LeadPhone, found: unknown): boolean {
	return [numberOf(phone), phone.phone].some((own) => {
		const digits = digitsOf(own);
		return digits === '' ? own === found : digits === digitsOf(found);
	});
}

/** All leads with exactly this number, in one campaign or in all: Autocalls' own filter is a partial match. */
export async function leadsWithPhone(
	client: ApiClient,
	phone: LeadPhone,
	campaign: number | undefined,
): Promise<JsonObject[]> {
	const numbers = new Set([digitsOf(numberOf(phone)), digitsOf(phone.phone)]);
	// With Phone Validation off, Autocalls may have the number as it was written.
	const spellings = new Set([...numbers, ...(phone.e164 === phone.phone ? [] : [phone.phone])]);
	const found = new Map<string | undefined, JsonObject>();
	for (const spelling of spellings) {
		const query = compact({ phone_number: spelling, campaign_id: campaign });
		const fetchPage = async (page: number) => await leadPage(client, query, page);
		for (const lead of await collectStable(Infinity, fetchPage, idOf)) found.set(idOf(lead), lead);
	}
	return [...found.values()].filter(
		(lead) =>
			isSameNumber(phone, lead.phone_number) &&
			(campaign === undefined || campaignOf(lead) === campaign),
	);
}

/** The lead with this ID, if any: Autocalls has no request for a single lead, so its list is searched. */
export async function leadsWithId(
	client: ApiClient,
	id: number,
	campaign: number | undefined,
): Promise<JsonObject[]> {
	const query = compact({ campaign_id: campaign });
	const found: JsonObject[] = [];
	await collectPages(MAX_LEADS_SEARCHED, async (page) => {
		const { entries, hasMore } = await leadPage(client, query, page);
		found.push(...entries.filter((lead) => asNumber(lead.id) === id));
		return { entries, hasMore: hasMore && found.length === 0 };
	});
	return found;
}

/** Variables under their own names, as texts. */
export function simplifyVariables(variables: unknown): IDataObject {
	const entries = Object.entries(isObject(variables) ? variables : {});
	return Object.fromEntries(
		entries.map(([name, value]): [string, IDataObject[string]] => [name, asText(value) ?? null]),
	);
}

/** A lead under the names that all nodes of this package use. */
export function simplifyLead(lead: JsonObject): IDataObject {
	return {
		leadId: asNumber(lead.id) ?? null,
		phoneNumber: asText(lead.phone_number) ?? null,
		campaignId: campaignOf(lead) ?? null,
		campaignName: asText(getOwn(lead.campaign, 'name')) ?? null,
		leadStatus: asText(lead.status) ?? null,
		variables: simplifyVariables(lead.variables),
		createdAt: asText(lead.created_at) ?? null,
		updatedAt: asText(lead.updated_at) ?? null,
	};
}

function simplifyContact(contact: JsonObject): IDataObject {
	return {
		leadId: asNumber(contact.id) ?? null,
		phoneNumber: asText(contact.phone_number) ?? null,
		leadStatus: asText(contact.status) ?? null,
		variables: simplifyVariables(contact.variables),
		createdAt: asText(contact.created_at) ?? null,
		updatedAt: asText(contact.updated_at) ?? null,
	};
}

/** A lead of the list, which has more than other replies (Autocalls API page, List leads). */
export function simplifyListedLead(lead: JsonObject): IDataObject {
	const contacts = lead.secondary_contacts;
	return {
		...simplifyLead(lead),
		channel: asText(getOwn(lead.campaign, 'channel')) ?? null,
		fallbackSentAt: asText(lead.fallback_sent_at) ?? null,
		// A list without them does not say that there are none.
		secondaryContacts: Array.isArray(contacts) ? asObjects(contacts).map(simplifyContact) : null,
	};
}
