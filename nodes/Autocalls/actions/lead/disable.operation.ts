import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { showFor } from '../../../shared/transport/vendor';
import { campaignField, findByFields } from '../../descriptions/common';
import { describe, identityOf, idsOf, readLeadRef } from '../../lead/leadReference';
import { autocalls, userRequest } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'lead',
	['disable'],
	[
		{
			displayName:
				'Sets the status of the lead, so that Autocalls does not call it again. A call that is under way is not stopped. Update with the status Created makes the lead ready again.',
			name: 'disableNotice',
			type: 'notice',
			default: '',
		},
		...findByFields,
		campaignField(
			{
				required: false,
				description: 'Where to look for the number; empty disables it in all campaigns',
				displayOptions: { show: { findBy: ['phone'] } },
			},
			'All campaigns',
		),
		{
			displayName: 'Set Status To',
			name: 'disableStatus',
			type: 'options',
			default: 'completed',
			description: 'Both stop further calls; they differ in how reports count the lead',
			options: [
				{ name: 'Completed', value: 'completed' },
				{ name: 'Reached Max Retries', value: 'reached-max-retries' },
			],
		},
		optionsField([
			'defaultCountry',
			'giveUpAfter',
			'phoneCheck',
			'previewOnly',
			'requestsAtOnce',
			'requestsPerMinute',
			'timeout',
		]),
	],
);

/** `PUT /user/leads/{id}` with a status after which it is not called; every lead with the number. */
export const execute = defineOperation(autocalls, {
	safety: 'idempotent',

	parseItem: (item) => ({
		ref: readLeadRef(item),
		status:
			item.text('disableStatus') === 'reached-max-retries' ? 'reached-max-retries' : 'completed',
	}),

	maxBatchSize: () => 1,
	dedupeKeys: ({ ref, status }) => `${identityOf(ref)}|${status}`,
	recordKeys: ({ ref }) => identityOf(ref),

	async sendBatch(vendor, [lead]) {
		if (lead === undefined) return [];
		const { ref, status } = lead;
		const disabled: string[] = [];
		for (const id of await idsOf(vendor, ref)) {
			const reply = await vendor.request(
				userRequest(['leads', id], {
					method: 'PUT',
					safety: 'idempotent',
					body: { status },
					expectedStatuses: [404],
				}),
			);
			if (reply.status !== 404) disabled.push(id);
		}
		if (disabled.length === 0) return [{ kind: 'notFound', data: describe(ref) }];
		return [{ kind: 'disabled', data: { ...describe(ref), leadIds: disabled, status } }];
	},
});
