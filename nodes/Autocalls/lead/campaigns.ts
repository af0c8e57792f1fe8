import { numberOf, objectsIn, own, textOf } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import type { VendorClient } from '../../shared/transport/ApiClient';
import { userCall } from '../transport/vendor';

/** All campaigns of the account; the vendor's list has no pages. Accepts a bare list and `{ data }`. */
export async function allCampaigns(vendor: VendorClient): Promise<JsonObject[]> {
	const { body } = await vendor.call(userCall(['campaigns'], { method: 'GET', effect: 'read' }));
	return objectsIn(Array.isArray(body) ? body : own(body, 'data'));
}

/** A campaign as an entry of a drop-down: its name, and its status where that matters. */
export function asEntry(campaign: JsonObject): { name: string; value: number } | undefined {
	const value = numberOf(campaign.id);
	if (value === undefined) return undefined;
	const status = textOf(campaign.status);
	const name = textOf(campaign.name) ?? `Campaign ${value}`;
	return { name: status === undefined ? name : `${name} (${status})`, value };
}
