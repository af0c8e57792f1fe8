import { defineOperation } from '../../../shared/actions/router';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { READ_OPTIONS } from '../../../shared/descriptions/options';
import { campaignField, leadIdField } from '../../descriptions/common';
import { squadVoiceOptions } from '../../descriptions/options';
import { findLead } from '../../lead/findLead';
import { simplifyLead } from '../../lead/simplify';
import { readCampaign, readLeadId, requireStandard, squadVoice } from '../../transport/vendor';
import { toRawOutput } from '../../../shared/values/json';

export const description = showFor(
	'lead',
	['get'],
	[campaignField, leadIdField, squadVoiceOptions(READ_OPTIONS)],
);

export const toolDescription =
	'Reads only: looks up one lead of a SquadVoice campaign by its lead ID, with its calls, their outcomes and answers. The outcome is "found" or "notFound". Harmless to repeat.';

/** `GET /leads/responses/{campaign}/?lead_id=` (SquadVoice US API page, Get Leads): the only way to read one lead. */
export const operation = defineOperation(squadVoice, {
	safety: 'safe',
	parseItem(item, account) {
		requireStandard(account);
		return { campaign: readCampaign(item), leadId: readLeadId(item), simplify: item.simplify };
	},
	async sendOne(client, lead) {
		const found = await findLead(client, lead.campaign, lead.leadId);
		if (found === undefined) {
			return { kind: 'notFound', data: { leadId: lead.leadId, campaignId: lead.campaign } };
		}
		return { kind: 'found', data: lead.simplify ? simplifyLead(found) : toRawOutput(found) };
	},
});
