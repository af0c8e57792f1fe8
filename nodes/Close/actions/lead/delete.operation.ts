import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { showFor } from '../../../shared/transport/vendor';
import { leadIdField } from '../../descriptions/common';
import { close, closeRequest, readId } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'lead',
	['delete'],
	[
		leadIdField,
		optionsField(['giveUpAfter', 'previewOnly', 'requestsAtOnce', 'requestsPerMinute', 'timeout']),
	],
);

/** `DELETE /lead/{id}/`: for good, with its contacts, notes and all that belongs to it (Close docs, leads). */
export const execute = defineOperation(close, {
	safety: 'idempotent',

	parseItem: (item) => ({
		leadId: readId(item.requiredText('leadId', 'Lead ID'), 'lead', 'Lead ID'),
	}),

	maxBatchSize: () => 1,
	dedupeKeys: ({ leadId }) => leadId,

	async sendBatch(vendor, [lead]) {
		if (lead === undefined) return [];
		const { leadId } = lead;
		const { status, afterLostResponse } = await vendor.request(
			closeRequest(
				'lead',
				{ method: 'DELETE', safety: 'idempotent', expectedStatuses: [404] },
				leadId,
			),
		);
		if (status === 404 && !afterLostResponse) return [{ kind: 'notFound', data: { leadId } }];
		return [{ kind: 'deleted', data: { deleted: true, leadId } }];
	},
});
