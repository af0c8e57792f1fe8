import { defineOperation } from '../../../shared/actions/router';
import { hasList } from '../../../shared/transport/responseValidators';
import { returnAllFields } from '../../../shared/descriptions/commonFields';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { LIST_OPTIONS } from '../../../shared/descriptions/options';
import { compact } from '../../../shared/values/compact';
import {
	asNumber,
	asObjects,
	getOwn,
	asText,
	toRawOutput,
	type JsonObject,
} from '../../../shared/values/json';
import { readLimit, readDateTime } from '../../../shared/parameters/leadParameters';
import { checkFilters } from '../../../shared/parameters/filters';
import { collectStable, type Page } from '../../../shared/transport/pagination';
import { campaignField } from '../../descriptions/common';
import { squadVoiceOptions } from '../../descriptions/options';
import { simplifyLead } from '../../lead/simplify';
import { leadsRequest, readCampaign, requireStandard, squadVoice } from '../../transport/vendor';

export const description = showFor(
	'lead',
	['getAll'],
	[
		{ ...campaignField, description: 'The campaign whose leads to get' },
		...returnAllFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Processed After',
					name: 'processedAfter',
					type: 'dateTime',
					default: '',
					description: 'Return only leads that were processed after this moment',
				},
				{
					displayName: 'Processed Before',
					name: 'processedBefore',
					type: 'dateTime',
					default: '',
					description: 'Return only leads that were processed before this moment',
				},
			],
		},
		squadVoiceOptions([...LIST_OPTIONS, 'dateFormat']),
	],
);

export const toolDescription =
	'Reads only: lists leads of a SquadVoice campaign with their calls, their outcomes and answers, as many as the limit allows. Harmless to repeat.';

const FILTERS = { processedAfter: 'Processed After', processedBefore: 'Processed Before' };

/** The vendor's default (SquadVoice US API page, Get Leads); larger pages are not documented. */
const PAGE_SIZE = 100;

/** Identifies a lead in the list. If a lead ID occurs twice, both are returned. */
const idOf = ({ lead_id: id, created_at: createdAt }: JsonObject) =>
	`${asText(id) ?? ''}|${asText(createdAt) ?? ''}`;

/** By page number (SquadVoice US API page, Get Leads): the documented `next` link is plain http and would expose the token. */
export const operation = defineOperation(squadVoice, {
	safety: 'safe',
	parseItem(item, account) {
		requireStandard(account);
		checkFilters(item, FILTERS, true);
		const filter = (name: string, label: string) =>
			readDateTime(item, item.option('filters', name), label)?.epochMs;
		return {
			campaign: readCampaign(item),
			limit: readLimit(item),
			query: compact({
				processed_after: filter('processedAfter', 'Processed After'),
				processed_before: filter('processedBefore', 'Processed Before'),
			}),
			simplify: item.simplify,
		};
	},
	async sendOne(client, { campaign, limit, query, simplify }) {
		const fetchPage = async (page: number): Promise<Page<JsonObject>> => {
			const { status, body } = await client.request(
				leadsRequest(client.account, 'responses', campaign, {
					method: 'GET',
					safety: 'safe',
					query: { ...query, page, page_size: Math.min(PAGE_SIZE, limit) },
					// A page past the end: leads may leave the list while it is read.
					expectedStatuses: page > 1 ? [404] : [],
					validateBody: hasList('results'),
				}),
			);
			const entries = status === 404 ? [] : asObjects(getOwn(body, 'results'));
			const hasMore = typeof getOwn(body, 'next') === 'string';
			return { entries, hasMore, total: asNumber(getOwn(body, 'count')) };
		};
		const leads = await collectStable(limit, fetchPage, idOf);
		return { kind: 'found', data: leads.map(simplify ? simplifyLead : toRawOutput) };
	},
});
