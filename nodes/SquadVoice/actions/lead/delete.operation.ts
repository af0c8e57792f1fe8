import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { showFor } from '../../../shared/transport/vendor';
import { campaignField, leadIdField } from '../../descriptions/common';
import {
	leadsRequest,
	readCampaign,
	readLeadId,
	requireV4,
	squadVoice,
} from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'lead',
	['delete'],
	[
		campaignField,
		leadIdField,
		optionsField(['giveUpAfter', 'previewOnly', 'requestsAtOnce', 'requestsPerMinute', 'timeout']),
	],
);

/** v4 `POST /leads/delete/{campaign}/` with one lead: 202, or 404 for a lead it does not have (API docs). */
export const execute = defineOperation(squadVoice, {
	safety: 'idempotent',

	parseItem(item, account) {
		requireV4(account);
		return { campaign: readCampaign(item), leadId: readLeadId(item) };
	},

	maxBatchSize: () => 1,
	dedupeKeys: ({ campaign, leadId }) => `${campaign}|${leadId}`,

	async sendBatch(vendor, [lead]) {
		if (lead === undefined) return [];
		const { campaign, leadId } = lead;
		const { status, afterLostResponse } = await vendor.request(
			leadsRequest(vendor.account, 'delete', campaign, {
				method: 'POST',
				safety: 'idempotent',
				body: { lead_id: leadId },
				expectedStatuses: [404],
			}),
		);
		if (status === 404 && !afterLostResponse) {
			return [{ kind: 'notFound', data: { leadId, campaignId: campaign } }];
		}
		return [{ kind: 'deleted', data: { deleted: true, leadId, campaignId: campaign } }];
	},
});
