import { asObjects, getOwn, type JsonObject } from '../../shared/values/json';
import type { ApiClient } from '../../shared/transport/ApiClient';
import type { RequestOptions } from '../../shared/transport/request';
import type { Page } from '../../shared/transport/pagination';
import { hasList } from '../../shared/transport/responseValidators';
import { closeRequest } from '../transport/vendor';

/** Close's default page; larger ones may be rejected. */
export const PAGE_SIZE = 100;

type PageOptions = Pick<RequestOptions, 'query'> & { perPage?: number };

/** One page of any list of Close, by number from 1 (Close API page, Pagination). */
export async function closePage(
	client: ApiClient,
	path: string,
	page: number,
	{ perPage = PAGE_SIZE, query }: PageOptions = {},
): Promise<Page<JsonObject>> {
	const { body } = await client.request(
		closeRequest(path, {
			method: 'GET',
			safety: 'safe',
			query: { _skip: (page - 1) * perPage, _limit: perPage, ...query },
			validateBody: hasList('data'),
		}),
	);
	return { entries: asObjects(getOwn(body, 'data')), hasMore: getOwn(body, 'has_more') === true };
}
