import type { INodeProperties } from 'n8n-workflow';
import { action } from '../../../shared/action';
import { optionsField } from '../../../shared/fields';
import { rawRecord } from '../../../shared/outcome';
import { shownFor } from '../../../shared/vendor';
import { campaignField, leadIdField } from '../../fields';
import { findLead } from '../../findLead';
import { simplifyLead } from '../../simplify';
import { readCampaign, readLeadId, requireStandard, squadVoice } from '../../vendor';

export const fields: INodeProperties[] = shownFor(
	'lead',
	['get'],
	[
		campaignField,
		leadIdField,
		optionsField(['giveUpAfter', 'requestsAtOnce', 'requestsPerMinute', 'simplify', 'timeout']),
	],
);

/** `GET /leads/responses/{campaign}/?lead_id=` (seed 001): the vendor's only way to one lead. */
export const execute = action(squadVoice, {
	effect: 'read',
	prepare(item, account) {
		requireStandard(account);
		return {
			campaign: readCampaign(item),
			leadId: readLeadId(item),
			simplify: item.within('options', 'simplify') !== false,
		};
	},

	batchSize: () => 1,

	async send(vendor, [lead]) {
		if (lead === undefined) return [];
		const found = await findLead(vendor, lead.campaign, lead.leadId);
		if (found === undefined) {
			return [{ kind: 'notFound', data: { leadId: lead.leadId, campaignId: lead.campaign } }];
		}
		return [{ kind: 'found', data: lead.simplify ? simplifyLead(found) : rawRecord(found) }];
	},
});
