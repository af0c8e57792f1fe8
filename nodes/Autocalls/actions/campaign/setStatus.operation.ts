import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { getOwn, asText } from '../../../shared/values/json';
import { showFor } from '../../../shared/transport/vendor';
import { campaignField } from '../../descriptions/common';
import { autocalls, readCampaign, userRequest } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'campaign',
	['start', 'stop'],
	[
		campaignField({ description: 'The campaign to start or stop' }),
		optionsField(['giveUpAfter', 'previewOnly', 'timeout']),
	],
);

/** The status that the campaign has now, as the reply tells it. */
const statusOf = (reply: unknown) => asText(getOwn(getOwn(reply, 'data'), 'status'));

/** `POST /user/campaigns/update-status` with `start` or `stop` (Autocalls' API reference). */
function setStatus(change: 'start' | 'stop') {
	return defineOperation(autocalls, {
		safety: 'idempotent',

		parseItem: (item) => ({ campaign: readCampaign(item) }),

		maxBatchSize: () => 1,
		dedupeKeys: ({ campaign }) => String(campaign),

		async sendBatch(vendor, [wanted]) {
			if (wanted === undefined) return [];
			const { body } = await vendor.request(
				userRequest(['campaigns', 'update-status'], {
					method: 'POST',
					safety: 'idempotent',
					body: { campaign_id: wanted.campaign, action: change },
					validateBody: (reply) => statusOf(reply) !== undefined,
				}),
			);
			const status = statusOf(body) ?? null;
			return [{ kind: 'updated', data: { campaignId: wanted.campaign, status } }];
		},
	});
}

export const start = setStatus('start');
export const stop = setStatus('stop');
