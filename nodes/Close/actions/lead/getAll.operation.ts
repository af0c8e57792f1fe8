import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { optionsField, returnAllFields } from '../../../shared/descriptions/commonFields';
import { asText } from '../../../shared/values/json';
import { readLimit } from '../../../shared/parameters/leadParameters';
import { collectStable } from '../../../shared/transport/pagination';
import { showFor } from '../../../shared/transport/vendor';
import { leadPage, PAGE_SIZE, outputMapper } from '../../lead/lead';
import { close } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'lead',
	['getAll'],
	[...returnAllFields, optionsField(['giveUpAfter', 'requestsPerMinute', 'simplify', 'timeout'])],
);

/** `GET /lead/` page by page. How far `_skip` goes is not documented: Search goes through any number. */
export const execute = defineOperation(close, {
	safety: 'safe',

	parseItem: (item) => ({
		limit: readLimit(item),
		simplify: item.option('options', 'simplify') !== false,
	}),

	maxBatchSize: () => 1,

	async sendBatch(vendor, [wanted]) {
		if (wanted === undefined) return [];
		const { limit, simplify } = wanted;
		const perPage = Math.min(PAGE_SIZE, limit);
		const leads = await collectStable(
			limit,
			async (page) => await leadPage(vendor, page, { perPage }),
			(lead) => asText(lead.id),
		);
		return [{ kind: 'found', data: leads.map(outputMapper(simplify)) }];
	},
});
