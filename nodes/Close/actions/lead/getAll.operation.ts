import { defineOperation } from '../../../shared/actions/router';
import { returnAllFields } from '../../../shared/descriptions/commonFields';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { LIST_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { asText } from '../../../shared/values/json';
import { readLimit } from '../../../shared/parameters/leadParameters';
import { collectStable } from '../../../shared/transport/pagination';
import { leadPage, outputMapper } from '../../lead/lead';
import { PAGE_SIZE } from '../../lead/page';
import { close } from '../../transport/vendor';

export const description = showFor(
	'lead',
	['getAll'],
	[...returnAllFields, optionsField(LIST_OPTIONS)],
);

export const toolDescription =
	'Reads only: lists leads of the CRM Close, as many as the limit allows. Use the search tool to find a certain lead. Harmless to repeat.';

/** `GET /lead/` page by page. How far `_skip` goes is not documented: Search goes through any number. */
export const operation = defineOperation(close, {
	safety: 'safe',
	parseItem: (item) => ({ limit: readLimit(item), simplify: item.simplify }),
	async sendOne(client, { limit, simplify }) {
		const perPage = Math.min(PAGE_SIZE, limit);
		const leads = await collectStable(
			limit,
			async (page) => await leadPage(client, page, { perPage }),
			(lead) => asText(lead.id),
		);
		return { kind: 'found', data: leads.map(outputMapper(simplify)) };
	},
});
