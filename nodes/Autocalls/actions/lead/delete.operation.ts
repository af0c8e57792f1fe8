import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { showFor } from '../../../shared/transport/vendor';
import { leadIdField } from '../../descriptions/common';
import { autocalls, readId, userRequest } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'lead',
	['delete'],
	[
		leadIdField,
		optionsField(['giveUpAfter', 'previewOnly', 'requestsAtOnce', 'requestsPerMinute', 'timeout']),
	],
);

/** `DELETE /user/leads/{id}`: for good, with its secondary contacts (Autocalls' API reference). */
export const execute = defineOperation(autocalls, {
	safety: 'idempotent',

	parseItem: (item) => ({ leadId: readId(item.requiredText('leadId', 'Lead ID'), 'Lead ID') }),

	maxBatchSize: () => 1,
	dedupeKeys: ({ leadId }) => String(leadId),

	async sendBatch(vendor, [lead]) {
		if (lead === undefined) return [];
		const { leadId } = lead;
		const { status, afterLostResponse } = await vendor.request(
			userRequest(['leads', String(leadId)], {
				method: 'DELETE',
				safety: 'idempotent',
				expectedStatuses: [404],
			}),
		);
		if (status === 404 && !afterLostResponse) return [{ kind: 'notFound', data: { leadId } }];
		return [{ kind: 'deleted', data: { deleted: true, leadId } }];
	},
});
