import type { INodeProperties } from 'n8n-workflow';
import { action } from '../../../shared/action';
import { optionsField, returnAllFields } from '../../../shared/fields';
import { textOf } from '../../../shared/json';
import { readLimit } from '../../../shared/leadFields';
import { collectRecords } from '../../../shared/paging';
import { shownFor } from '../../../shared/vendor';
import { leadPage, pageSize, shownBy } from '../../leads';
import { close } from '../../vendor';

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
