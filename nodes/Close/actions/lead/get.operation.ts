import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { showFor } from '../../../shared/transport/vendor';
import { leadIdField } from '../../descriptions/common';
import { outputMapper } from '../../lead/lead';
import { leadById } from '../../lead/matching';
import { close, readId } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'lead',
	['get'],
	[
		leadIdField,
		optionsField(['giveUpAfter', 'requestsAtOnce', 'requestsPerMinute', 'simplify', 'timeout']),
	],
);

/** `GET /lead/{id}/` (Close docs, leads). */
export const execute = defineOperation(close, {
	safety: 'safe',

	parseItem: (item) => ({
		leadId: readId(item.requiredText('leadId', 'Lead ID'), 'lead', 'Lead ID'),
		simplify: item.option('options', 'simplify') !== false,
	}),

	maxBatchSize: () => 1,

	async sendBatch(vendor, [wanted]) {
		if (wanted === undefined) return [];
		const { leadId, simplify } = wanted;
		const lead = await leadById(vendor, leadId);
		if (lead === undefined) return [{ kind: 'notFound', data: { leadId } }];
		return [{ kind: 'found', data: outputMapper(simplify)(lead) }];
	},
});
