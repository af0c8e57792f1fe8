import { numberOf, readLeadPhone, type LeadPhone } from '../../shared/parameters/leadParameters';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { asText } from '../../shared/values/json';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { leadsWithPhone } from './lead';
import { phoneRules, readId } from '../transport/vendor';

export type LeadRef =
	| { by: 'id'; id: number }
	| { by: 'phone'; phone: LeadPhone; campaign: number | undefined };

export function readLeadRef(item: ItemParameters): LeadRef {
	if (item.text('findBy') === 'id') {
		return { by: 'id', id: readId(item.requiredId('leadId', 'Lead ID'), 'Lead ID') };
	}
	const phone = readLeadPhone(item, phoneRules);
	return { by: 'phone', phone, campaign: readOptionalCampaign(item) };
}

/** The Campaign of an item, or undefined for all campaigns. @throws InvalidInputError */
export function readOptionalCampaign(item: ItemParameters): number | undefined {
	const text = item.filterLocator('campaign', 'Campaign');
	return text === undefined ? undefined : readId(text, 'Campaign');
}

export async function leadIdsOf(client: ApiClient, ref: LeadRef): Promise<string[]> {
	if (ref.by === 'id') return [String(ref.id)];
	const leads = await leadsWithPhone(client, ref.phone, ref.campaign);
	return leads.flatMap((lead) => asText(lead.id) ?? []);
}

/** Two items that share it refer to the same lead. */
export function recordKeyOf(ref: LeadRef): string {
	return ref.by === 'id'
		? `id ${ref.id}`
		: `phone ${numberOf(ref.phone)} in ${ref.campaign ?? 'all'}`;
}

/** The lead for the output item, before Autocalls is asked. */
export function referenceOutput(ref: LeadRef): { leadId: number } | { phoneNumber: string } {
	return ref.by === 'id' ? { leadId: ref.id } : { phoneNumber: numberOf(ref.phone) };
}

/** What refers to the lead, for the output of a duplicate. */
export function labelOf(ref: LeadRef): string {
	return ref.by === 'id' ? `lead ID ${ref.id}` : `phone number ${numberOf(ref.phone)}`;
}
