import type { INodeListSearchItems } from 'n8n-workflow';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { asText } from '../../shared/values/json';
import { simplifyLead } from './lead';
import { searchLeads } from './search';
import { isNamedLike, isSearchable } from './searchQuery';

/** As many as a drop-down shows; more are found by typing more of the name. */
const MAX_LISTED = 50;

/** Leads for a drop-down: the newest ones, or those whose name, or that of a contact, matches by beginnings of words. */
export async function leadsToChoose(
	client: ApiClient,
	typed = '',
): Promise<INodeListSearchItems[]> {
	const leads = await searchLeads(client, {
		conditions: isSearchable(typed) ? [isNamedLike(typed)] : [],
		order: 'desc',
		limit: MAX_LISTED,
		perPage: MAX_LISTED,
	});
	return leads.flatMap((lead): INodeListSearchItems[] => {
		const { leadId: value, name, contactName, phoneNumber, email, leadStatus } = simplifyLead(lead);
		if (typeof value !== 'string') return [];
		// Leads may share a name: a wrong one may be deleted.
		const details = [contactName, phoneNumber, email, leadStatus].filter(
			(detail) => asText(detail) !== undefined && detail !== name,
		);
		const label = [asText(name) ?? value, ...details].join(' · ');
		const url = asText(lead.html_url);
		return [{ name: label, value, ...(url === undefined ? {} : { url }) }];
	});
}
