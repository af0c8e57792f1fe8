import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { InvalidInputError } from '../../../shared/errors/InvalidInputError';
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
	['convert'],
	[
		campaignField,
		leadIdField,
		{
			displayName: 'Detail',
			name: 'detail',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. purchase',
			description: 'A code of up to 32 characters that says how the lead converted',
		},
		optionsField(['giveUpAfter', 'previewOnly', 'requestsAtOnce', 'requestsPerMinute', 'timeout']),
	],
);

/**
 * v4 `POST /leads/convert/{campaign}/`: 200, or 404 for a lead it does not have (API docs). Whether
 * converting twice counts twice is not documented, so a lost reply is told as unknown.
 */
export const execute = defineOperation(squadVoice, {
	safety: 'unsafe',

	parseItem(item, account) {
		requireV4(account);
		const detail = item.requiredText('detail', 'Detail');
		if (detail.length > 32) {
			throw new InvalidInputError('Detail is longer than 32 characters', 'Use a shorter code');
		}
		return { campaign: readCampaign(item), leadId: readLeadId(item), detail };
	},

	maxBatchSize: () => 1,
	dedupeKeys: ({ campaign, leadId, detail }) => `${campaign}|${leadId}|${detail}`,
	recordKeys: ({ campaign, leadId }) => `${campaign}|${leadId}`,

	async sendBatch(vendor, [lead]) {
		if (lead === undefined) return [];
		const { campaign, leadId, detail } = lead;
		const { status } = await vendor.request(
			leadsRequest(vendor.account, 'convert', campaign, {
				method: 'POST',
				safety: 'unsafe',
				body: { lead_id: leadId, detail },
				expectedStatuses: [404],
			}),
		);
		const data = { leadId, campaignId: campaign, detail };
		return [{ kind: status === 404 ? 'notFound' : 'updated', data }];
	},
});
