import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { action } from '../../../shared/actions/router';
import { optionsField, returnAllFields } from '../../../shared/descriptions/commonFields';
import { numberOf, textOf } from '../../../shared/values/json';
import type { JsonObject } from '../../../shared/values/json';
import { readLimit } from '../../../shared/parameters/leadParameters';
import { rawRecord } from '../../../shared/actions/outcome/outcome';
import { shownFor } from '../../../shared/transport/vendor';
import { allCampaigns } from '../../lead/campaigns';
import { autocalls } from '../../transport/vendor';

export const fields: INodeProperties[] = shownFor(
	'campaign',
	['getAll'],
	[...returnAllFields, optionsField(['giveUpAfter', 'simplify', 'timeout'])],
);

function simplifyCampaign(campaign: JsonObject): IDataObject {
	return {
		campaignId: numberOf(campaign.id) ?? null,
		name: textOf(campaign.name) ?? null,
		status: textOf(campaign.status) ?? null,
		createdAt: textOf(campaign.created_at) ?? null,
		updatedAt: textOf(campaign.updated_at) ?? null,
	};
}

/** `GET /user/campaigns`: one list without pages (Autocalls' API reference). */
export const execute = action(autocalls, {
	effect: 'read',

	prepare: (item) => ({
		limit: readLimit(item),
		simplify: item.within('options', 'simplify') !== false,
	}),

	batchSize: () => 1,

	async send(vendor, [wanted]) {
		if (wanted === undefined) return [];
		const campaigns = (await allCampaigns(vendor)).slice(0, wanted.limit);
		return [{ kind: 'found', data: campaigns.map(wanted.simplify ? simplifyCampaign : rawRecord) }];
	},
});
