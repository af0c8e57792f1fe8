import type { INodeProperties } from 'n8n-workflow';
import { action } from '../../../shared/actions/router';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { shownFor } from '../../../shared/transport/vendor';
import { campaignField, leadIdField } from '../../descriptions/common';
import { leadsCall, readCampaign, readLeadId, requireV4, squadVoice } from '../../transport/vendor';

export const fields: INodeProperties[] = shownFor(
	'lead',
	['delete'],
	[
		campaignField,
		leadIdField,
		optionsField(['giveUpAfter', 'previewOnly', 'requestsAtOnce', 'requestsPerMinute', 'timeout']),
	],
);

/** v4 `POST /leads/delete/{campaign}/` with one lead: 202, or 404 for a lead it does not have (API docs). */
export const execute = action(squadVoice, {
	effect: 'harmlessWrite',

	prepare(item, account) {
		requireV4(account);
		return { campaign: readCampaign(item), leadId: readLeadId(item) };
	},

	batchSize: () => 1,
	identity: ({ campaign, leadId }) => `${campaign}|${leadId}`,

	async send(vendor, [lead]) {
		if (lead === undefined) return [];
		const { campaign, leadId } = lead;
		const { status, afterLostReply } = await vendor.call(
			leadsCall(vendor.account, 'delete', campaign, {
				method: 'POST',
				effect: 'harmlessWrite',
				body: { lead_id: leadId },
				accept: [404],
			}),
		);
		if (status === 404 && !afterLostReply) {
			return [{ kind: 'notFound', data: { leadId, campaignId: campaign } }];
		}
		return [{ kind: 'deleted', data: { deleted: true, leadId, campaignId: campaign } }];
	},
});
