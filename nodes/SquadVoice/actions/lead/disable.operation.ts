import type { INodeProperties } from 'n8n-workflow';
import { action } from '../../../shared/actions/router';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { shownFor } from '../../../shared/transport/vendor';
import { campaignField, leadIdField } from '../../descriptions/common';
import { leadsCall, readCampaign, readLeadId, requireStandard, squadVoice } from '../../transport/vendor';

export const fields: INodeProperties[] = shownFor(
	'lead',
	['disable'],
	[
		campaignField,
		leadIdField,
		optionsField([
			'giveUpAfter',
			'leadsPerRequest',
			'previewOnly',
			'requestsAtOnce',
			'requestsPerMinute',
			'timeout',
		]),
	],
);

/** `POST /leads/disable/{campaign}/` with a list (seed 001). Disabling twice changes nothing. */
export const execute = action(squadVoice, {
	effect: 'harmlessWrite',
	prepare(item, account) {
		requireStandard(account);
		return { campaign: readCampaign(item), leadId: readLeadId(item) };
	},

	batchSize: () => 1000,
	identity: ({ campaign, leadId }) => `${campaign}|${leadId}`,
	together: ({ campaign }) => campaign,

	async send(vendor, leads) {
		const [first] = leads;
		if (first === undefined) return [];
		await vendor.call(
			leadsCall(vendor.account, 'disable', first.campaign, {
				method: 'POST',
				effect: 'harmlessWrite',
				body: leads.map(({ leadId }) => ({ lead_id: leadId })),
			}),
		);
		return leads.map(({ leadId, campaign }) => ({
			kind: 'disabled',
			data: { leadId, campaignId: campaign },
		}));
	},
});
