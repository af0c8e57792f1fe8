import { randomUUID } from 'crypto';
import { hasList } from '../../shared/transport/responseValidators';
import { asObjects, getOwn, asText, type JsonObject } from '../../shared/values/json';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { acknowledges } from './acknowledges';
import { leadsRequest, type SquadVoiceAccount } from '../transport/vendor';

/** The lead of a campaign with this ID, or undefined (SquadVoice US API page: `lead_id` filters the list). */
export async function findLead(
	client: ApiClient<SquadVoiceAccount>,
	campaign: string,
	leadId: string | number,
): Promise<JsonObject | undefined> {
	const { body } = await client.request(
		leadsRequest(client.account, 'responses', campaign, {
			method: 'GET',
			safety: 'safe',
			query: { lead_id: leadId },
			validateBody: hasList('results'),
		}),
	);
	return asObjects(getOwn(body, 'results')).find((lead) => asText(lead.lead_id) === String(leadId));
}

/** An ID that no lead has, to see whether the vendor distinguishes leads at all. */
const unusedId = () => `no-lead-${randomUUID()}`;

/**
 * Whether a campaign of API v4 has a lead with this ID, whoever it is: `unknown` if the vendor says so of every ID, as a
 * maintenance page does. v4 lists processed leads only, so an Update that changes nothing asks (SquadVoice API v4 docs).
 */
export async function hasLead(
	client: ApiClient<SquadVoiceAccount>,
	campaign: string,
	leadId: string | number,
): Promise<boolean | 'unknown'> {
	const isThere = async (id: string | number) => {
		const { status } = await client.request(
			leadsRequest(client.account, 'update', campaign, {
				method: 'PATCH',
				safety: 'idempotent',
				body: { lead_id: id },
				expectedStatuses: [404],
				validateBody: acknowledges({ leadId: id }),
			}),
		);
		return status !== 404;
	};
	if (!(await isThere(leadId))) return false;
	return (await isThere(unusedId())) ? 'unknown' : true;
}
