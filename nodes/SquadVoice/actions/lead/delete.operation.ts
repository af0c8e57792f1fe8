import { leadIdKey } from '../../../shared/actions/dedupeKey';
import { defineOperation } from '../../../shared/actions/router';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { WRITE_OPTIONS } from '../../../shared/descriptions/options';
import { acknowledges } from '../../lead/acknowledges';
import { campaignField, leadIdField, v4Notice } from '../../descriptions/common';
import { squadVoiceOptions } from '../../descriptions/options';
import {
	leadsRequest,
	readCampaign,
	readLeadId,
	requireV4,
	squadVoice,
} from '../../transport/vendor';

export const description = showFor(
	'lead',
	['delete'],
	[v4Notice, campaignField, leadIdField, squadVoiceOptions(WRITE_OPTIONS)],
);

export const toolDescription =
	'Writes, and cannot be undone: erases the personal data of one SquadVoice lead, given by its lead ID, and stops calls to it. To stop calls only, use the disable tool. The outcome is "deleted" or "notFound". Harmless to repeat.';

/** v4 `POST /leads/delete/{campaign}/` with one lead: 202, or 404 for an unknown lead (SquadVoice API v4 docs). */
export const operation = defineOperation(squadVoice, {
	safety: 'idempotent',
	parseItem(item, account) {
		requireV4(
			account,
			'With API v1, use Disable to stop calls, and ask SquadVoice to erase the data',
		);
		return { campaign: readCampaign(item), leadId: readLeadId(item) };
	},
	dedupeKeys: ({ campaign, leadId }) => [leadIdKey(leadId, campaign)],
	async sendOne(client, { campaign, leadId }) {
		const { status, afterLostResponse } = await client.request(
			leadsRequest(client.account, 'delete', campaign, {
				method: 'POST',
				safety: 'idempotent',
				body: { lead_id: leadId },
				expectedStatuses: [404],
				validateBody: acknowledges({ leadId }),
			}),
		);
		if (status === 404 && !afterLostResponse) {
			return { kind: 'notFound', data: { leadId, campaignId: campaign } };
		}
		return { kind: 'deleted', data: { deleted: true, leadId, campaignId: campaign } };
	},
});
