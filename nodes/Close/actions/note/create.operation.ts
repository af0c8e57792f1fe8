import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { hasId } from '../../../shared/transport/responseValidators';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { getOwn, asText } from '../../../shared/values/json';
import { showFor } from '../../../shared/transport/vendor';
import { leadIdField } from '../../descriptions/common';
import { close, closeRequest, readId } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'note',
	['create'],
	[
		leadIdField,
		{
			displayName: 'Note',
			name: 'note',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			default: '',
			placeholder: 'e.g. Dialer: reached, asked for a call back on Monday',
			description: 'What to write on the timeline of the lead',
		},
		optionsField(['giveUpAfter', 'previewOnly', 'requestsAtOnce', 'requestsPerMinute', 'timeout']),
	],
);

/**
 * `POST /activity/note/` (Close docs, notes). The same note may be wanted twice, so repeats are sent;
 * and after a lost reply nothing tells a note of this run from an older one: its outcome is unknown.
 */
export const execute = defineOperation(close, {
	safety: 'unsafe',

	parseItem: (item) => ({
		leadId: readId(item.requiredText('leadId', 'Lead ID'), 'lead', 'Lead ID'),
		note: item.requiredText('note', 'Note'),
	}),

	maxBatchSize: () => 1,

	async sendBatch(vendor, [wanted]) {
		if (wanted === undefined) return [];
		const { leadId, note } = wanted;
		const { body } = await vendor.request(
			closeRequest('activity/note', {
				method: 'POST',
				safety: 'unsafe',
				body: { lead_id: leadId, note },
				validateBody: hasId,
			}),
		);
		const createdAt = asText(getOwn(body, 'date_created')) ?? null;
		const noteId = asText(getOwn(body, 'id')) ?? null;
		return [{ kind: 'created', data: { noteId, leadId, note, createdAt } }];
	},
});
