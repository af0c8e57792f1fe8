import type { INodeProperties } from 'n8n-workflow';
import { action } from '../../../shared/actions/router';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { shownFor } from '../../../shared/transport/vendor';
import { leadIdField } from '../../descriptions/common';
import { shownBy } from '../../lead/lead';
import { leadById } from '../../lead/matching';
import { close, readId } from '../../transport/vendor';

export const fields: INodeProperties[] = shownFor(
	'lead',
	['get'],
	[
		leadIdField,
		optionsField(['giveUpAfter', 'requestsAtOnce', 'requestsPerMinute', 'simplify', 'timeout']),
	],
);

/** `GET /lead/{id}/` (Close docs, leads). */
export const execute = action(close, {
	effect: 'read',

	prepare: (item) => ({
		leadId: readId(item.requiredText('leadId', 'Lead ID'), 'lead', 'Lead ID'),
		simplify: item.within('options', 'simplify') !== false,
	}),

	batchSize: () => 1,

	async send(vendor, [wanted]) {
		if (wanted === undefined) return [];
		const { leadId, simplify } = wanted;
		const lead = await leadById(vendor, leadId);
		if (lead === undefined) return [{ kind: 'notFound', data: { leadId } }];
		return [{ kind: 'found', data: shownBy(simplify)(lead) }];
	},
});
