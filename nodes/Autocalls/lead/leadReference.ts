import { readLeadPhone } from '../../shared/parameters/leadParameters';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { getOwn, asText } from '../../shared/values/json';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { leadsWithPhone } from './lead';
import { phoneRules, readId } from '../transport/vendor';

/** Which lead an item means. */
export type LeadRef =
	| { by: 'id'; id: number }
	| { by: 'phone'; phone: string; campaign: number | undefined };

/** Reads Find Lead By and what belongs to it. @throws InvalidInputError */
export function readLeadRef(item: ItemParameters): LeadRef {
	if (item.text('findBy') === 'id') {
		return { by: 'id', id: readId(item.requiredText('leadId', 'Lead ID'), 'Lead ID') };
	}
	const { phone } = readLeadPhone(item, phoneRules);
	return { by: 'phone', phone, campaign: readOptionalCampaign(item) };
}

/** The Campaign of an item, or undefined for all campaigns. @throws InvalidInputError */
export function readOptionalCampaign(item: ItemParameters): number | undefined {
	const value = item.value('campaign', { extractValue: true });
	const text = asText(getOwn(value, 'value') ?? value);
	return text === undefined ? undefined : readId(text, 'Campaign');
}

/** The IDs of the leads that an item means. */
export async function idsOf(vendor: ApiClient, ref: LeadRef): Promise<string[]> {
	if (ref.by === 'id') return [String(ref.id)];
	const leads = await leadsWithPhone(vendor, ref.phone, ref.campaign);
	return leads.flatMap((lead) => asText(lead.id) ?? []);
}

/** What makes two items mean the same lead. */
export function identityOf(ref: LeadRef): string {
	return ref.by === 'id' ? `id ${ref.id}` : `phone ${ref.phone} in ${ref.campaign ?? 'all'}`;
}

/** What is known of the lead before the vendor is asked. */
export function describe(ref: LeadRef): { leadId: number } | { phoneNumber: string } {
	return ref.by === 'id' ? { leadId: ref.id } : { phoneNumber: ref.phone };
}
