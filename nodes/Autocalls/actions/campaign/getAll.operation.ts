import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { optionsField, returnAllFields } from '../../../shared/descriptions/commonFields';
import { asNumber, asText } from '../../../shared/values/json';
import type { JsonObject } from '../../../shared/values/json';
import { readLimit } from '../../../shared/parameters/leadParameters';
import { toRawOutput } from '../../../shared/actions/outcome/outcome';
import { showFor } from '../../../shared/transport/vendor';
import { allCampaigns } from '../../lead/campaigns';
import { autocalls } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'campaign',
	['getAll'],
	[...returnAllFields, optionsField(['giveUpAfter', 'simplify', 'timeout'])],
);

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
export const execute = defineOperation(autocalls, {
	safety: 'safe',

	parseItem: (item) => ({
		limit: readLimit(item),
		simplify: item.option('options', 'simplify') !== false,
	}),

	maxBatchSize: () => 1,

	async sendBatch(vendor, [wanted]) {
		if (wanted === undefined) return [];
		const campaigns = (await allCampaigns(vendor)).slice(0, wanted.limit);
		return [
			{ kind: 'found', data: campaigns.map(wanted.simplify ? simplifyCampaign : toRawOutput) },
		];
	},
});
