import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { showFor } from '../../../shared/transport/vendor';
import { campaignField, leadIdField } from '../../descriptions/common';
import {
	leadsRequest,
	readCampaign,
	readLeadId,
	requireStandard,
	squadVoice,
} from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
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
export const execute = defineOperation(squadVoice, {
	safety: 'idempotent',
	parseItem(item, account) {
		requireStandard(account);
		return { campaign: readCampaign(item), leadId: readLeadId(item) };
	},

	maxBatchSize: () => 1000,
	dedupeKeys: ({ campaign, leadId }) => `${campaign}|${leadId}`,
	batchKey: ({ campaign }) => campaign,

	async sendBatch(vendor, leads) {
		const [first] = leads;
		if (first === undefined) return [];
		await vendor.request(
			leadsRequest(vendor.account, 'disable', first.campaign, {
				method: 'POST',
				safety: 'idempotent',
				body: leads.map(({ leadId }) => ({ lead_id: leadId })),
			}),
		);
		return leads.map(({ leadId, campaign }) => ({
			kind: 'disabled',
			data: { leadId, campaignId: campaign },
		}));
	},
});
