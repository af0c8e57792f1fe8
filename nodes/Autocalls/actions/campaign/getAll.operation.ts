import type { IDataObject } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { returnAllFields } from '../../../shared/descriptions/commonFields';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { optionsField } from '../../../shared/descriptions/options';
import { asNumber, asText, toRawOutput, type JsonObject } from '../../../shared/values/json';
import { readLimit } from '../../../shared/parameters/leadParameters';
import { allCampaigns } from '../../lead/campaigns';
import { autocalls } from '../../transport/vendor';

export const description = showFor(
	'campaign',
	['getAll'],
	[...returnAllFields, optionsField(['giveUpAfter', 'simplify', 'timeout'])],
);

export const toolDescription =
	'Reads only: lists the Autocalls campaigns with their IDs, names and statuses. Use it to find the campaign ID that the other Autocalls tools ask for. Harmless to repeat.';

function simplifyCampaign(campaign: JsonObject): IDataObject {
	return {
		campaignId: asNumber(campaign.id) ?? null,
		name: asText(campaign.name) ?? null,
		status: asText(campaign.status) ?? null,
		createdAt: asText(campaign.created_at) ?? null,
		updatedAt: asText(campaign.updated_at) ?? null,
	};
}

/** `GET /user/campaigns`: one list without pages (Autocalls' API reference). */
export const operation = defineOperation(autocalls, {
	safety: 'safe',
	parseItem: (item) => ({ limit: readLimit(item), simplify: item.simplify }),
	async sendOne(client, wanted) {
		const campaigns = (await allCampaigns(client)).slice(0, wanted.limit);
		return { kind: 'found', data: campaigns.map(wanted.simplify ? simplifyCampaign : toRawOutput) };
	},
});
