import type { IDataObject } from 'n8n-workflow';
import { hasList } from '../../shared/transport/responseValidators';
import { asNumber, asObjects, getOwn, asText, type JsonObject } from '../../shared/values/json';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { collectPages } from '../../shared/transport/pagination';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { createdWithin, leadsWhere } from './searchQuery';
import { closeRequest } from '../transport/vendor';

export interface LeadSearch {
	conditions: IDataObject[];
	order: 'asc' | 'desc';
	limit: number;
	perPage: number;
	/** Fields to return beyond those of every lead. */
	fields?: readonly string[];
}

/** The fields of a lead that search returns; by default it returns the ID only. */
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
	'contact_ids',
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

interface Pass {
	leads: JsonObject[];
	/** There may be more leads than this pass reached. */
	isCutOff: boolean;
}

/** Close's limit for one pass with a cursor (Close API page, Advanced Filtering). */
const MAX_LEADS_PER_PASS = 10_000;

/** Reads one search by its cursor, up to `limit`, or as far as Close returns it. */
async function readPass(
	client: ApiClient,
	{ conditions, order, limit, perPage, fields = [] }: LeadSearch,
): Promise<Pass> {
	let cursor: string | undefined;
	let total = 0;
	let isExpired = false;
	const leads = await collectPages(limit, async () => {
		const { status, body } = await client.request(
			closeRequest('data/search', {
				method: 'POST',
				safety: 'safe',
				body: {
					query: leadsWhere(conditions),
					_fields: { lead: [...LEAD_FIELDS, ...fields] },
					_limit: Math.min(perPage, limit),
					sort: [
						{
							direction: order,
							field: { type: 'regular_field', object_type: 'lead', field_name: 'date_created' },
						},
					],
					...(cursor === undefined ? { include_counts: true } : { cursor }),
				},
				// A 400 for a page by its cursor means that the cursor's 30 seconds are over.
				expectedStatuses: cursor === undefined ? [] : [400],
				validateBody: hasList('data'),
			}),
		);
		isExpired = status === 400;
		total = Math.max(total, asNumber(getOwn(getOwn(body, 'count'), 'total')) ?? 0);
		cursor = asText(getOwn(body, 'cursor'));
		return { entries: asObjects(getOwn(body, 'data')), hasMore: cursor !== undefined };
	});
	const isShort = isExpired || leads.length < total || leads.length >= MAX_LEADS_PER_PASS;
	return { leads, isCutOff: leads.length >= limit || isShort };
}

/** When a lead was created, in epoch milliseconds; NaN if unknown. */
export function createdAt(lead: JsonObject | undefined): number {
	return Date.parse(asText(lead?.date_created) ?? '');
}

/** `POST /data/search/` in passes by creation date, as cursors end early. @throws InvalidInputError */
export async function searchLeads(client: ApiClient, search: LeadSearch): Promise<JsonObject[]> {
	const found = new Map<string, JsonObject>();
	let window: IDataObject[] = [];
	for (;;) {
		const before = found.size;
		const conditions = [...search.conditions, ...window];
		// A window starts with leads that were found already: those of its first moment.
		const overlap = window.length === 0 ? 0 : search.perPage;
		const limit = search.limit - before + overlap;
		const { leads, isCutOff } = await readPass(client, { ...search, conditions, limit });
		for (const lead of leads) found.set(asText(lead.id) ?? `#${found.size}`, lead);
		if (!isCutOff || found.size >= search.limit) return [...found.values()].slice(0, search.limit);
		const reached = createdAt(leads[leads.length - 1]);
		if (found.size === before || Number.isNaN(reached)) throw tooManyLeads();
		window = [
			search.order === 'asc'
				? createdWithin(reached, undefined)
				: createdWithin(undefined, reached + 1),
		];
	}
}

function tooManyLeads(): InvalidInputError {
	return new InvalidInputError(
		'Close returns at most 10,000 leads of one search, and this search cannot be continued',
		'Search for less at a time, such as the leads created in one month',
	);
}
