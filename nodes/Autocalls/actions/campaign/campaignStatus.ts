import type { INodeProperties } from 'n8n-workflow';
import { defineOperation, type BoundOperation } from '../../../shared/actions/router';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { optionsField } from '../../../shared/descriptions/options';
import { asText, getOwn } from '../../../shared/values/json';
import { campaignField } from '../../descriptions/common';
import { autocalls, readCampaign, userRequest } from '../../transport/vendor';

type Change = 'start' | 'stop';

export function changeStatusFields(change: Change): INodeProperties[] {
	return showFor(
		'campaign',
		[change],
		[
			campaignField({ description: `The campaign to ${change}` }),
			optionsField(['giveUpAfter', 'previewOnly', 'timeout']),
		],
	);
}

/** The status that the campaign has after the change. */
const statusOf = (reply: unknown) => asText(getOwn(getOwn(reply, 'data'), 'status'));

/** `POST /user/campaigns/update-status` with `start` or `stop` (Autocalls API reference). */
export function changeStatus(change: Change): BoundOperation {
	return defineOperation(autocalls, {
		safety: 'idempotent',
		parseItem: (item) => ({ campaign: readCampaign(item) }),
		dedupeKeys: ({ campaign }) => String(campaign),
		async sendOne(client, { campaign }) {
			const { body } = await client.request(
				userRequest(['campaigns', 'update-status'], {
					method: 'POST',
					safety: 'idempotent',
					body: { campaign_id: campaign, action: change },
					validateBody: (reply) => statusOf(reply) !== undefined,
				}),
			);
			return { kind: 'updated', data: { campaignId: campaign, status: statusOf(body) ?? null } };
		},
	});
}
