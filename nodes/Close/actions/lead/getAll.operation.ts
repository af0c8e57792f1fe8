import { defineOperation } from '../../../shared/actions/router';
import { returnAllFields } from '../../../shared/descriptions/commonFields';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { LIST_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { InvalidInputError } from '../../../shared/errors/InvalidInputError';
import { ApiError } from '../../../shared/transport/ApiError';
import { asText, toError } from '../../../shared/values/json';
import { readLimit } from '../../../shared/parameters/leadParameters';
import { collectStable } from '../../../shared/transport/pagination';
import { leadPage } from '../../lead/lead';
import { leadOutputs } from '../../lead/leadOutput';
import { PAGE_SIZE } from '../../lead/page';
import { close } from '../../transport/vendor';

export const description = showFor(
	'lead',
	['getAll'],
	[...returnAllFields, optionsField(LIST_OPTIONS)],
);

export const toolDescription =
	'Reads only: lists leads of the CRM Close, as many as the limit allows. Use the search tool to find a certain lead. Harmless to repeat.';

/** How far `_skip` goes varies by list: Close names it in its reply. Search goes through any number. */
function explainEnd(error: unknown): never {
	if (!(error instanceof ApiError) || !/max_skip/.test(error.message)) throw toError(error);
	throw new InvalidInputError(
		`Close does not list leads beyond a maximum: ${error.vendorMessage ?? error.message}`,
		'Use Search without filters, which returns any number of leads, or set a lower Limit',
	);
}

/** `GET /lead/` page by page (Close API page, Pagination). */
export const operation = defineOperation(close, {
	safety: 'safe',
	parseItem: (item) => ({ limit: readLimit(item), simplify: item.simplify }),
	async sendOne(client, { limit, simplify }) {
		const perPage = Math.min(PAGE_SIZE, limit);
		const leads = await collectStable(
			limit,
			async (page) => await leadPage(client, page, { perPage }).catch(explainEnd),
			(lead) => asText(lead.id),
		);
		return { kind: 'found', data: await leadOutputs(client, leads, simplify) };
	},
});
