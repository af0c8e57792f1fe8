import { numberOf, readLeadPhone, type LeadPhone } from '../../shared/parameters/leadParameters';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { asText } from '../../shared/values/json';
import { quote } from '../../shared/values/quote';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { leadsWithPhone } from './lead';
import { phoneRules, readCampaign, readId } from '../transport/vendor';

export type LeadRef =
	| { by: 'id'; id: number }
	| { by: 'phone'; phone: LeadPhone; campaign: number | undefined };

export function readLeadRef(item: ItemParameters): LeadRef {
	if (item.text('findBy') === 'id') return readIdRef(item);
	const phone = readLeadPhone(item, phoneRules);
	return { by: 'phone', phone, campaign: readOptionalCampaign(item) };
}

/** What refers to one lead: by number, in one campaign. @throws InvalidInputError */
export function readSingleLeadRef(item: ItemParameters): LeadRef {
	if (item.text('findBy') !== 'phone') return readIdRef(item);
	return { by: 'phone', phone: readLeadPhone(item, phoneRules), campaign: readCampaign(item) };
}

function readIdRef(item: ItemParameters): LeadRef {
	return { by: 'id', id: readId(item.requiredId('leadId', 'Lead ID'), 'Lead ID') };
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

/**
 * The only lead that it refers to; undefined for none. Which of several is meant is not guessed.
 * @throws InvalidInputError if several leads of the campaign have the number
 */
export async function singleLeadIdOf(client: ApiClient, ref: LeadRef): Promise<number | undefined> {
	if (ref.by === 'id') return ref.id;
	const leads = await leadsWithPhone(client, ref.phone, ref.campaign);
	const ids = leads.map((lead) => asText(lead.id) ?? 'one without an ID');
	const [id] = ids;
	if (id === undefined) return undefined;
	if (ids.length === 1) return readId(id, 'Lead ID');
	throw InvalidInputError.ofField(
		'Phone Number',
		{
			shown: quote(numberOf(ref.phone)),
			problem: `belongs to several leads in campaign ${ref.campaign ?? 'any'}: ${ids.join(', ')}`,
		},
		'Nothing was changed. Set Find Lead By to Lead ID, and give the ID of the lead that you mean',
	);
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
