import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { hasList } from '../../../shared/transport/responseValidators';
import { optionsField, returnAllFields } from '../../../shared/descriptions/commonFields';
import { asNumber, asObjects, getOwn, asText } from '../../../shared/values/json';
import type { JsonObject } from '../../../shared/values/json';
import { readLimit, readDateTime } from '../../../shared/parameters/leadParameters';
import { collectStable } from '../../../shared/transport/pagination';
import type { Page } from '../../../shared/transport/pagination';
import { toRawOutput } from '../../../shared/actions/outcome/outcome';
import { showFor } from '../../../shared/transport/vendor';
import { campaignField } from '../../descriptions/common';
import { simplifyLead } from '../../lead/simplify';
import { leadsRequest, readCampaign, requireStandard, squadVoice } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
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
		optionsField(['giveUpAfter', 'requestsPerMinute', 'simplify', 'timeout']),
	],
);

/** The vendor's own default and the most that is known to work (seed 001). */
const pageSize = 100;

/** What tells leads of the list apart; should one ID be there twice, both come out. */
const idOf = ({ lead_id: id, created_at: createdAt }: JsonObject) =>
	`${asText(id) ?? ''}|${asText(createdAt) ?? ''}`;

/**
 * `GET /leads/responses/{campaign}/` page by page (seed 001). By page number, never by the reply's
 * `next` link: the documented one is plain http, which would give the token away.
 */
export const execute = defineOperation(squadVoice, {
	safety: 'safe',
	parseItem(item, account) {
		requireStandard(account);
		const filter = (name: string, label: string) =>
			readDateTime(item, item.option('filters', name), label)?.epochMs;
		const after = filter('processedAfter', 'Processed After');
		const before = filter('processedBefore', 'Processed Before');
		return {
			campaign: readCampaign(item),
			limit: readLimit(item),
			query: {
				...(after === undefined ? {} : { processed_after: after }),
				...(before === undefined ? {} : { processed_before: before }),
			},
			simplify: item.option('options', 'simplify') !== false,
		};
	},

	maxBatchSize: () => 1,

	async sendBatch(vendor, [wanted]) {
		if (wanted === undefined) return [];
		const { campaign, limit, query, simplify } = wanted;
		const fetchPage = async (page: number): Promise<Page<JsonObject>> => {
			const { status, body } = await vendor.request(
				leadsRequest(vendor.account, 'responses', campaign, {
					method: 'GET',
					safety: 'safe',
					query: { ...query, page, page_size: Math.min(pageSize, limit) },
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
		return [{ kind: 'found', data: leads.map(simplify ? simplifyLead : toRawOutput) }];
	},
});
