import type { INodeProperties } from 'n8n-workflow';
import { action } from '../../../shared/action';
import { confirmedCall } from '../../../shared/confirmed';
import { optionsField } from '../../../shared/fields';
import { shownFor } from '../../../shared/vendor';
import { campaignField, leadIdField } from '../../fields';
import { leadsCall, readCampaign, readLeadId, requireStandard, squadVoice } from '../../vendor';

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
		await confirmedCall(
			vendor,
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
