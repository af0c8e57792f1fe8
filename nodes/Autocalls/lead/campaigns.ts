import { asNumber, asText, type JsonObject } from '../../shared/values/json';
import type { ApiClient } from '../../shared/transport/ApiClient';
import type { Explanation } from '../../shared/transport/request';
import { quote } from '../../shared/values/quote';
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

/** A campaign that a request names and the account does not have. */
export function unknownCampaign(id: number): Explanation {
	return {
		message: `Autocalls has no campaign ${id} for this credential`,
		description:
			'Choose the campaign from the list. It must belong to the account of the credential',
	};
}

/** Statuses of a campaign that calls no one; any other one may call. */
const IDLE_STATUSES: ReadonlySet<string | undefined> = new Set(['draft', 'stopped']);

/** A warning for each of these campaigns that does not call its leads. @throws ApiError */
export async function idleCampaignNotes(
	client: ApiClient,
	ids: ReadonlySet<number>,
): Promise<string[]> {
	const campaigns = await allCampaigns(client);
	return campaigns.flatMap((campaign) => {
		const id = asNumber(campaign.id);
		const status = asText(campaign.status)?.toLowerCase();
		if (id === undefined || !ids.has(id) || !IDLE_STATUSES.has(status)) return [];
		const name = quote(asText(campaign.name) ?? id);
		const state = status === 'draft' ? 'is a draft' : 'is stopped';
		return [`Campaign ${name} ${state}: its leads are not called until you start it`];
	});
}
