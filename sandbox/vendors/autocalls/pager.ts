import type { FieldErrors } from './replies';
import { readInteger } from './validate';

/** The requested page. */
export interface Paging {
	page: number;
	perPage: number;
}

/**
 * Reads per_page, 1 to 100, and page. ASSUMED (an invalid filter or page): any other per_page is
 * an error; a page that is not a positive integer is the first one, as in Laravel's paginator.
 * Confirmed by one call of each.
 */
export function readPage(
	{ page, per_page: size }: Record<string, unknown>,
	defaultSize: number,
	errors: FieldErrors,
): Paging {
	const perPage = size === undefined ? defaultSize : (readInteger(size) ?? 0);
	if (perPage < 1 || perPage > 100) {
		errors.per_page = ['The per page field must be between 1 and 100.'];
	}
	return { page: Math.max(1, readInteger(page) ?? 1), perPage };
}

const PUBLIC_URL = 'https://app.autocalls.ai/api';

/** Laravel's links: all pages when there are few, otherwise those at both ends. */
function linksOf(page: number, last: number, pageUrl: (page: number) => string) {
	const all = Array.from({ length: last }, (_, index) => index + 1);
	const shown = last < 14 ? all : [...all.slice(0, 10), undefined, ...all.slice(-2)];
	const step = (label: string, to: number, exists: boolean) => ({
		url: exists ? pageUrl(to) : null,
		label,
		active: false,
	});
	return [
		step('&laquo; Previous', page - 1, page > 1),
		...shown.map((number) =>
			number === undefined
				? { url: null, label: '...', active: false }
				: { url: pageUrl(number), label: String(number), active: number === page },
		),
		step('Next &raquo;', page + 1, page < last),
	];
}

/**
 * A page of Laravel's paginator, of the list at `listPath`; a page past the end is empty. ASSUMED
 * (the links of a page): links use the public host and omit the filters, as is Laravel's default.
 * Confirmed by a filtered list of two pages.
 */
export function pageOf<T>(
	all: T[],
	{ page, perPage }: Paging,
	view: (entry: T) => unknown,
	listPath: string,
) {
	const path = `${PUBLIC_URL}/${listPath}`;
	const pageUrl = (number: number) => `${path}?page=${number}`;
	const start = (page - 1) * perPage;
	const entries = all.slice(start, start + perPage);
	const last = Math.max(1, Math.ceil(all.length / perPage));
	const isEmpty = entries.length === 0;
	return {
		current_page: page,
		data: entries.map(view),
		first_page_url: pageUrl(1),
		from: isEmpty ? null : start + 1,
		last_page: last,
		last_page_url: pageUrl(last),
		links: linksOf(page, last, pageUrl),
		next_page_url: page < last ? pageUrl(page + 1) : null,
		path,
		per_page: perPage,
		prev_page_url: page > 1 ? pageUrl(page - 1) : null,
		to: isEmpty ? null : start + entries.length,
		total: all.length,
	};
}
