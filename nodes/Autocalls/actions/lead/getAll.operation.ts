import { defineOperation } from '../../../shared/actions/router';
import { returnAllFields } from '../../../shared/descriptions/commonFields';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { LIST_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { compact } from '../../../shared/values/compact';
import { readIdText } from '../../../shared/parameters/cells';
import { isoDay } from '../../../shared/values/dates';
import { toRawOutput } from '../../../shared/values/json';
import { readLimit, readDateTime } from '../../../shared/parameters/leadParameters';
import { checkFilters } from '../../../shared/parameters/filters';
import type { ItemParameters } from '../../../shared/parameters/ItemParameters';
import { collectStable } from '../../../shared/transport/pagination';
import { campaignField, leadStatusOptions } from '../../descriptions/common';
import { readOptionalCampaign } from '../../lead/leadReference';
import { idOf, leadPage, simplifyListedLead } from '../../lead/lead';
import { PAGE_SIZE } from '../../lead/page';
import { autocalls } from '../../transport/vendor';

export const description = showFor(
	'lead',
	['getAll'],
	[
		campaignField(
			{ required: false, description: 'Leave empty to get the leads of all campaigns' },
			'All campaigns',
		),
		...returnAllFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Created From',
					name: 'createdFrom',
					type: 'dateTime',
					default: '',
					description: 'Return only leads that were created on this day or later',
				},
				{
					displayName: 'Created Until',
					name: 'createdUntil',
					type: 'dateTime',
					default: '',
					description: 'Return only leads that were created on this day or earlier',
				},
				{
					displayName: 'Phone Number Contains',
					name: 'phoneContains',
					type: 'string',
					default: '',
					placeholder: 'e.g. 509555',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					default: 'completed',
					options: leadStatusOptions,
				},
			],
		},
		optionsField([...LIST_OPTIONS, 'dateFormat']),
	],
);

export const toolDescription =
	'Reads only: lists Autocalls leads by campaign, status, number or date, as many as the limit allows. Harmless to repeat.';

const FILTERS = {
	createdFrom: 'Created From',
	createdUntil: 'Created Until',
	phoneContains: 'Phone Number Contains',
	status: 'Status',
};

/** The day of a moment as the vendor filters by it: YYYY-MM-DD, in the timezone it was given in. */
function dayOf(item: ItemParameters, name: string, label: string): string | undefined {
	const moment = readDateTime(item, item.option('filters', name), label);
	return moment && isoDay(moment.epochMs, moment.offsetMinutes);
}

/** `GET /user/leads` page by page, in pages of 100 (Autocalls' API reference). */
export const operation = defineOperation(autocalls, {
	safety: 'safe',
	parseItem(item) {
		const campaign = readOptionalCampaign(item);
		checkFilters(item, FILTERS, campaign !== undefined);
		const query = compact({
			campaign_id: campaign,
			status: item.optionText('filters', 'status', 'Status'),
			phone_number: readIdText(item.option('filters', 'phoneContains'), 'Phone Number Contains'),
			date_from: dayOf(item, 'createdFrom', 'Created From'),
			date_to: dayOf(item, 'createdUntil', 'Created Until'),
		});
		return { query, limit: readLimit(item), simplify: item.simplify };
	},
	async sendOne(client, { query, limit, simplify }) {
		const perPage = Math.min(PAGE_SIZE, limit);
		const leads = await collectStable(
			limit,
			async (page) => await leadPage(client, query, page, perPage),
			idOf,
		);
		return { kind: 'found', data: leads.map(simplify ? simplifyListedLead : toRawOutput) };
	},
});
