import { asNumber, asObjects, getOwn, type JsonObject } from '../../shared/values/json';
import type { ApiClient } from '../../shared/transport/ApiClient';
import type { RequestOptions } from '../../shared/transport/request';
import type { Page } from '../../shared/transport/pagination';
import { hasList } from '../../shared/transport/responseValidators';
import { userRequest } from '../transport/vendor';

/** The largest page that Autocalls documents. */
export const PAGE_SIZE = 100;

type PageOptions = Pick<RequestOptions, 'query'> & { perPage?: number };

/** True for a list of Autocalls: a pager, or the bare list of older versions. */
export function isListReply(body: unknown): boolean {
	return Array.isArray(body) || hasList('data')(body);
}

/** One page of any list of Autocalls, by number from 1: a pager, or the bare list of older versions. */
export async function autocallsPage(
	client: ApiClient,
	path: string[],
	page: number,
	{ perPage = PAGE_SIZE, query }: PageOptions = {},
): Promise<Page<JsonObject>> {
	const { body, answeredAt } = await client.request(
		userRequest(path, {
			method: 'GET',
			safety: 'safe',
			query: { ...query, per_page: perPage, page },
			validateBody: isListReply,
		}),
	);
	return {
		entries: asObjects(Array.isArray(body) ? body : getOwn(body, 'data')),
		total: asNumber(getOwn(body, 'total')),
		answeredAt,
		hasMore:
			(asNumber(getOwn(body, 'last_page')) ?? 0) > page || getOwn(body, 'next_page_url') != null,
	};
}
