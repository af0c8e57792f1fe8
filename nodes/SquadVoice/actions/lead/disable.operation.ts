import { leadIdKey } from '../../../shared/actions/dedupeKey';
import { defineOperation } from '../../../shared/actions/router';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { BATCH_WRITE_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { campaignField, leadIdField } from '../../descriptions/common';
import { acknowledges } from '../../lead/acknowledges';
import {
	leadsRequest,
	readCampaign,
	readLeadId,
	requireStandard,
	squadVoice,
} from '../../transport/vendor';

export const description = showFor(
	'lead',
	['disable'],
	[campaignField, leadIdField, optionsField(BATCH_WRITE_OPTIONS)],
);

export const toolDescription =
	'Writes: SquadVoice stops calling one lead of a campaign, given by its lead ID; use it for opt-outs and do-not-call requests. The outcome is "disabled". Harmless to repeat.';

/** `POST /leads/disable/{campaign}/` with a list (SquadVoice US API page, Disable a Lead). Disabling twice changes nothing. */
export const operation = defineOperation(squadVoice, {
	safety: 'idempotent',
	parseItem(item, account) {
		requireStandard(account);
		return { campaign: readCampaign(item), leadId: readLeadId(item) };
	},
	maxBatchSize: () => 1000,
	dedupeKeys: ({ campaign, leadId }) => [leadIdKey(leadId, campaign)],
	batchKey: ({ campaign }) => campaign,
	async sendBatch(client, leads) {
		const [first] = leads;
		if (first === undefined) return [];
		await client.request(
			leadsRequest(client.account, 'disable', first.campaign, {
				method: 'POST',
				safety: 'idempotent',
				body: leads.map(({ leadId }) => ({ lead_id: leadId })),
				validateBody: acknowledges(...leads),
			}),
		);
		return leads.map(({ leadId, campaign }) => ({
			kind: 'disabled',
			data: { leadId, campaignId: campaign },
		}));
	},
});
