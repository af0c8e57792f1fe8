import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { toRawOutput } from '../../../shared/actions/outcome/outcome';
import { showFor } from '../../../shared/transport/vendor';
import { campaignField, findByFields } from '../../descriptions/common';
import { describe, readLeadRef, readOptionalCampaign } from '../../lead/leadReference';
import { leadsWithPhone, leadsWithId, simplifyLead } from '../../lead/lead';
import { autocalls } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'lead',
	['get'],
	[
		...findByFields,
		campaignField(
			{ required: false, description: 'Where to look; empty looks in all campaigns' },
			'All campaigns',
		),
		optionsField([
			'defaultCountry',
			'giveUpAfter',
			'phoneCheck',
			'requestsAtOnce',
			'requestsPerMinute',
			'simplify',
			'timeout',
		]),
	],
);

/**
 * `GET /user/leads`, filtered: the vendor has no call for a single lead. A number may be in several
 * campaigns, so that one item may yield several leads; a search by ID goes through the newest 10,000.
 */
export const execute = defineOperation(autocalls, {
	safety: 'safe',

	parseItem: (item) => ({
		ref: readLeadRef(item),
		campaign: readOptionalCampaign(item),
		simplify: item.option('options', 'simplify') !== false,
	}),

	maxBatchSize: () => 1,

	async sendBatch(vendor, [wanted]) {
		if (wanted === undefined) return [];
		const { ref, campaign, simplify } = wanted;
		const found =
			ref.by === 'id'
				? await leadsWithId(vendor, ref.id, campaign)
				: await leadsWithPhone(vendor, ref.phone, campaign);
		if (found.length === 0) return [{ kind: 'notFound', data: describe(ref) }];
		return [{ kind: 'found', data: found.map(simplify ? simplifyLead : toRawOutput) }];
	},
});
