import { asNumber, asObjects, getOwn, type JsonObject } from '../../shared/values/json';
import type { ApiClient } from '../../shared/transport/ApiClient';
import type { RequestOptions } from '../../shared/transport/request';
import type { Page } from '../../shared/transport/pagination';
import { userRequest } from '../transport/vendor';

/** The largest page that Autocalls documents. */
export const PAGE_SIZE = 100;

type PageOptions = Pick<RequestOptions, 'query'> & { perPage?: number };

/** The list in a reply: a pager's `data`, the bare list of older versions, or one under its own name, as a white label has it. */
function listIn(body: unknown, name: string): unknown {
	return Array.isArray(body) ? body : (getOwn(body, 'data') ?? getOwn(body, name));
}

/** The entries of a list. @param name what the list is of, such as `leads` */
export const entriesOf = (body: unknown, name: string): JsonObject[] =>
	asObjects(listIn(body, name));

/** A validator: true if a body has a list. */
export function isListOf(name: string): (body: unknown) => boolean {
	return (body) => Array.isArray(listIn(body, name));
}

/** One page of any list of Autocalls, by number from 1; a list without pages is one. */
export async function autocallsPage(
	client: ApiClient,
	path: [name: string, ...more: string[]],
	page: number,
	{ perPage = PAGE_SIZE, query }: PageOptions = {},
): Promise<Page<JsonObject>> {
	const { body, answeredAt } = await client.request(
		userRequest(path, {
			method: 'GET',
			safety: 'safe',
			query: { ...query, per_page: perPage, page },
			validateBody: isListOf(path[0]),
		}),
	);
	return {
		entries: entriesOf(body, path[0]),
		total: asNumber(getOwn(body, 'total')),
		answeredAt,
		hasMore:
			(asNumber(getOwn(body, 'last_page')) ?? 0) > page || getOwn(body, 'next_page_url') != null,
	};
}
