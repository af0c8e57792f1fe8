import { hasList } from '../shared/confirmed';
import { objectsIn, own, textOf } from '../shared/json';
import type { JsonObject } from '../shared/json';
import type { VendorClient } from '../shared/transport';
import { leadsCall } from './vendor';
import type { SquadVoiceAccount } from './vendor';

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
