import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { hasId } from '../../../shared/transport/responseValidators';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { getOwn, asText } from '../../../shared/values/json';
import { showFor } from '../../../shared/transport/vendor';
import { leadIdField, statusField } from '../../descriptions/common';
import { close, closeRequest, readId } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'lead',
	['disable'],
	[
		{
			displayName:
				'Close has no switch for a lead: this gives it the status that you choose, such as Bad Fit. Nothing is deleted, and Update with another status takes it back. Sequences and dialers go by what you set them up for.',
			name: 'disableNotice',
			type: 'notice',
			default: '',
		},
		leadIdField,
		statusField({
			required: true,
			description: 'The status that leads have in your organization when they are not to be called',
		}),
		optionsField(['giveUpAfter', 'previewOnly', 'requestsAtOnce', 'requestsPerMinute', 'timeout']),
	],
);

/** `PUT /lead/{id}/` with a status: reversible, deletes nothing (Close docs, leads). */
export const execute = defineOperation(close, {
	safety: 'idempotent',

	parseItem: (item) => ({
		leadId: readId(item.requiredText('leadId', 'Lead ID'), 'lead', 'Lead ID'),
		statusId: readId(item.locator('status', 'Status'), 'stat', 'Status'),
	}),

	maxBatchSize: () => 1,
	dedupeKeys: ({ leadId, statusId }) => `${leadId}|${statusId}`,
	recordKeys: ({ leadId }) => leadId,

	async sendBatch(vendor, [lead]) {
		if (lead === undefined) return [];
		const { leadId, statusId } = lead;
		const { status, body } = await vendor.request(
			closeRequest(
				'lead',
				{
					method: 'PUT',
					safety: 'idempotent',
					body: { status_id: statusId },
					expectedStatuses: [404],
					validateBody: hasId,
				},
				leadId,
			),
		);
		if (status === 404) return [{ kind: 'notFound', data: { leadId } }];
		const label = asText(getOwn(body, 'status_label')) ?? null;
		return [{ kind: 'disabled', data: { leadId, status: label, statusId } }];
	},
});
