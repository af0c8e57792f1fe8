import type { INodeProperties } from 'n8n-workflow';
import { action } from '../../../shared/actions/router';
import { optionsField, returnAllFields } from '../../../shared/descriptions/commonFields';
import { textOf } from '../../../shared/values/json';
import { readLimit } from '../../../shared/parameters/leadParameters';
import { collectRecords } from '../../../shared/transport/pagination';
import { shownFor } from '../../../shared/transport/vendor';
import { leadPage, pageSize, shownBy } from '../../lead/lead';
import { close } from '../../transport/vendor';

export const fields: INodeProperties[] = shownFor(
	'lead',
	['getAll'],
	[...returnAllFields, optionsField(['giveUpAfter', 'requestsPerMinute', 'simplify', 'timeout'])],
);

/** `GET /lead/` page by page. How far `_skip` goes is not documented: Search goes through any number. */
export const execute = action(close, {
	effect: 'read',

	prepare: (item) => ({
		limit: readLimit(item),
		simplify: item.within('options', 'simplify') !== false,
	}),

	batchSize: () => 1,

	async send(vendor, [wanted]) {
		if (wanted === undefined) return [];
		const { limit, simplify } = wanted;
		const perPage = Math.min(pageSize, limit);
		const leads = await collectRecords(
			limit,
			async (page) => await leadPage(vendor, page, { perPage }),
			(lead) => textOf(lead.id),
		);
		return [{ kind: 'found', data: leads.map(shownBy(simplify)) }];
	},
});
