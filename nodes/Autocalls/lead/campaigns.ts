import { asNumber, asObjects, getOwn, asText } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { userRequest } from '../transport/vendor';

/** All campaigns of the account; the vendor's list has no pages. Accepts a bare list and `{ data }`. */
export async function allCampaigns(vendor: ApiClient): Promise<JsonObject[]> {
	const { body } = await vendor.request(
		userRequest(['campaigns'], { method: 'GET', safety: 'safe' }),
	);
	return asObjects(Array.isArray(body) ? body : getOwn(body, 'data'));
}

/** A campaign as an entry of a drop-down: its name, and its status where that matters. */
export function asEntry(campaign: JsonObject): { name: string; value: number } | undefined {
	const value = asNumber(campaign.id);
	if (value === undefined) return undefined;
	const status = asText(campaign.status);
	const name = asText(campaign.name) ?? `Campaign ${value}`;
	return { name: status === undefined ? name : `${name} (${status})`, value };
}
