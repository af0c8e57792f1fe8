import type { INodeProperties } from 'n8n-workflow';
import { action } from '../../../shared/actions/router';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { own, textOf } from '../../../shared/values/json';
import { shownFor } from '../../../shared/transport/vendor';
import { campaignField } from '../../descriptions/common';
import { autocalls, readCampaign, userCall } from '../../transport/vendor';

export const fields: INodeProperties[] = shownFor(
	'campaign',
	['start', 'stop'],
	[
		campaignField({ description: 'The campaign to start or stop' }),
		optionsField(['giveUpAfter', 'previewOnly', 'timeout']),
	],
);

/** The status that the campaign has now, as the reply tells it. */
const statusOf = (reply: unknown) => textOf(own(own(reply, 'data'), 'status'));

/** `POST /user/campaigns/update-status` with `start` or `stop` (Autocalls' API reference). */
function setStatus(change: 'start' | 'stop') {
	return action(autocalls, {
		effect: 'harmlessWrite',

		prepare: (item) => ({ campaign: readCampaign(item) }),

		batchSize: () => 1,
		identity: ({ campaign }) => String(campaign),

		async send(vendor, [wanted]) {
			if (wanted === undefined) return [];
			const { body } = await vendor.call(
				userCall(['campaigns', 'update-status'], {
					method: 'POST',
					effect: 'harmlessWrite',
					body: { campaign_id: wanted.campaign, action: change },
					holds: (reply) => statusOf(reply) !== undefined,
				}),
			);
			const status = statusOf(body) ?? null;
			return [{ kind: 'updated', data: { campaignId: wanted.campaign, status } }];
		},
	});
}

export const start = setStatus('start');
export const stop = setStatus('stop');
