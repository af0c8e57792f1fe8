import { asNumber, asObjects, getOwn, asText, type JsonObject } from '../../shared/values/json';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { isListReply } from './page';
import { userRequest } from '../transport/vendor';

/** All campaigns of the account: the list has no pages, and is bare or in `data`. */
export async function allCampaigns(client: ApiClient): Promise<JsonObject[]> {
	const { body } = await client.request(
		userRequest(['campaigns'], { method: 'GET', safety: 'safe', validateBody: isListReply }),
	);
	return asObjects(Array.isArray(body) ? body : getOwn(body, 'data'));
}

/** A campaign as an entry of a drop-down: its name and status. */
export function toListItem(campaign: JsonObject): { name: string; value: number } | undefined {
	const value = asNumber(campaign.id);
	if (value === undefined) return undefined;
	const status = asText(campaign.status);
	const name = asText(campaign.name) ?? `Campaign ${value}`;
	return { name: status === undefined ? name : `${name} (${status})`, value };
}
