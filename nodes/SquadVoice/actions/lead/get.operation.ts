import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { toRawOutput } from '../../../shared/actions/outcome/outcome';
import { showFor } from '../../../shared/transport/vendor';
import { campaignField, leadIdField } from '../../descriptions/common';
import { findLead } from '../../lead/findLead';
import { simplifyLead } from '../../lead/simplify';
import { readCampaign, readLeadId, requireStandard, squadVoice } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'lead',
	['get'],
	[
		campaignField,
		leadIdField,
		optionsField(['giveUpAfter', 'requestsAtOnce', 'requestsPerMinute', 'simplify', 'timeout']),
	],
);

/** `GET /leads/responses/{campaign}/?lead_id=` (seed 001): the vendor's only way to one lead. */
export const execute = defineOperation(squadVoice, {
	safety: 'safe',
	parseItem(item, account) {
		requireStandard(account);
		return {
			campaign: readCampaign(item),
			leadId: readLeadId(item),
			simplify: item.option('options', 'simplify') !== false,
		};
	},

	maxBatchSize: () => 1,

	async sendBatch(vendor, [lead]) {
		if (lead === undefined) return [];
		const found = await findLead(vendor, lead.campaign, lead.leadId);
		if (found === undefined) {
			return [{ kind: 'notFound', data: { leadId: lead.leadId, campaignId: lead.campaign } }];
		}
		return [{ kind: 'found', data: lead.simplify ? simplifyLead(found) : toRawOutput(found) }];
	},
});
