import { hasList } from '../../shared/transport/responseValidators';
import { objectsIn, own, textOf } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import type { VendorClient } from '../../shared/transport/ApiClient';
import { leadsCall } from '../transport/vendor';
import type { SquadVoiceAccount } from '../transport/vendor';

/** The lead of a campaign with this very ID (seed 001: `lead_id` filters the list), or undefined. */
export async function findLead(
	vendor: VendorClient<SquadVoiceAccount>,
	campaign: string,
	leadId: string | number,
): Promise<JsonObject | undefined> {
	const { body } = await vendor.call(
		leadsCall(vendor.account, 'responses', campaign, {
			method: 'GET',
			effect: 'read',
			query: { lead_id: leadId },
			holds: hasList('results'),
		}),
	);
	return objectsIn(own(body, 'results')).find((lead) => textOf(lead.lead_id) === String(leadId));
}
