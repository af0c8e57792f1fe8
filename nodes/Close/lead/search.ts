import type { IDataObject } from 'n8n-workflow';
import { hasList } from '../../shared/transport/responseValidators';
import { asNumber, asObjects, getOwn, asText } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { collectPages } from '../../shared/transport/pagination';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { createdWithin, leadsWhere } from './searchQuery';
import { closeRequest } from '../transport/vendor';

export interface LeadSearch {
	/** Conditions that all have to hold. */
	conditions: IDataObject[];
	order: 'asc' | 'desc';
	limit: number;
	/** The most leads in one page. */
	perPage: number;
}

/** What search is to show of a lead; by itself it shows the ID only. */
export const LEAD_FIELDS = [
	'id',
	'name',
	'display_name',
	'description',
	'url',
	'html_url',
	'status_id',
	'status_label',
	'addresses',
	'contacts',
	'primary_email',
	'primary_phone',
	'custom',
	'created_by',
	'created_by_name',
	'updated_by',
	'updated_by_name',
	'date_created',
	'date_updated',
	'organization_id',
];

interface Walk {
	leads: JsonObject[];
	/** Whether there may be more than this walk reached. */
	cutOff: boolean;
}

/** Close's own bound on one walk. */
const mostInOneWalk = 10_000;

/** Walks through one search by its cursor, up to `limit`, or as far as Close goes. */
async function walk(
	vendor: ApiClient,
	{ conditions, order, limit, perPage }: LeadSearch,
): Promise<Walk> {
	let cursor: string | undefined;
	let total = 0;
	let expired = false;
	const leads = await collectPages(limit, async () => {
		const { status, body } = await vendor.request(
			closeRequest('data/search', {
				method: 'POST',
				safety: 'safe',
				body: {
					query: leadsWhere(conditions),
					_fields: { lead: LEAD_FIELDS },
					_limit: Math.min(perPage, limit),
					sort: [
						{
							direction: order,
							field: { type: 'regular_field', object_type: 'lead', field_name: 'date_created' },
						},
					],
					...(cursor === undefined ? { include_counts: true } : { cursor }),
				},
				// Of a page by its cursor, a 400 says that the cursor's 30 seconds are over.
				expectedStatuses: cursor === undefined ? [] : [400],
				validateBody: hasList('data'),
			}),
		);
		expired = status === 400;
		total = Math.max(total, asNumber(getOwn(getOwn(body, 'count'), 'total')) ?? 0);
		cursor = asText(getOwn(body, 'cursor'));
		return { entries: asObjects(getOwn(body, 'data')), hasMore: cursor !== undefined };
	});
	const isShort = expired || leads.length < total || leads.length >= mostInOneWalk;
	return { leads, cutOff: leads.length >= limit || isShort };
}

/** When a lead was made, in epoch milliseconds; NaN where Close does not say. */
export function createdAt(lead: JsonObject | undefined): number {
	return Date.parse(asText(lead?.date_created) ?? '');
}

/**
 * Finds leads by `POST /data/search/`. A cursor lasts 30 seconds and one walk ends at 10,000 objects
 * (Close docs, Advanced Filtering): where it ends early, another begins at the date it had reached.
 * @throws InvalidInputError when Close cannot show all of what was asked for
 */
export async function searchLeads(vendor: ApiClient, search: LeadSearch): Promise<JsonObject[]> {
	const found = new Map<string, JsonObject>();
	let window: IDataObject[] = [];
	for (;;) {
		const before = found.size;
		const conditions = [...search.conditions, ...window];
		// A window begins with leads that were found already: those of its first moment.
		const again = window.length === 0 ? 0 : search.perPage;
		const limit = search.limit - before + again;
		const { leads, cutOff } = await walk(vendor, { ...search, conditions, limit });
		for (const lead of leads) found.set(asText(lead.id) ?? `#${found.size}`, lead);
		if (!cutOff || found.size >= search.limit) return [...found.values()].slice(0, search.limit);
		const reached = createdAt(leads[leads.length - 1]);
		if (found.size === before || Number.isNaN(reached)) throw tooMany;
		window = [
			search.order === 'asc'
				? createdWithin(reached, undefined)
				: createdWithin(undefined, reached + 1),
		];
	}
}

const tooMany = new InvalidInputError(
	'Close shows at most 10,000 leads of one search, and does not tell where it stopped',
	'Search for less at a time, such as the leads created in one month',
);
