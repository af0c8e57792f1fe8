import { hasList } from '../../shared/transport/responseValidators';
import { asObjects, getOwn, asText, type JsonObject } from '../../shared/values/json';
import type { ApiClient } from '../../shared/transport/ApiClient';
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
