import { asNumber, asText, type JsonObject } from '../../shared/values/json';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { entriesOf, isListOf } from './page';
import { userRequest } from '../transport/vendor';

/** All campaigns of the account: a list without pages (Autocalls API page, Get campaigns). */
export async function allCampaigns(client: ApiClient): Promise<JsonObject[]> {
	const { body } = await client.request(
		userRequest(['campaigns'], {
			method: 'GET',
			safety: 'safe',
			validateBody: isListOf('campaigns'),
		}),
	);
	return entriesOf(body, 'campaigns');
}

/** A campaign as an entry of a drop-down: its name and status. */
export function toListItem(campaign: JsonObject): { name: string; value: number } | undefined {
	const value = asNumber(campaign.id);
	if (value === undefined) return undefined;
	const status = asText(campaign.status);
	const name = asText(campaign.name) ?? `Campaign ${value}`;
	return { name: status === undefined ? name : `${name} (${status})`, value };
}
