import type { INodeProperties } from 'n8n-workflow';
import { action } from '../../../shared/actions/router';
import { hasId } from '../../../shared/transport/responseValidators';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { own, textOf } from '../../../shared/values/json';
import { shownFor } from '../../../shared/transport/vendor';
import { leadIdField } from '../../descriptions/common';
import { close, closeCall, readId } from '../../transport/vendor';

export const fields: INodeProperties[] = shownFor(
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
export const execute = action(close, {
	effect: 'write',

	prepare: (item) => ({
		leadId: readId(item.requiredText('leadId', 'Lead ID'), 'lead', 'Lead ID'),
		note: item.requiredText('note', 'Note'),
	}),

	batchSize: () => 1,

	async send(vendor, [wanted]) {
		if (wanted === undefined) return [];
		const { leadId, note } = wanted;
		const { body } = await vendor.call(
			closeCall('activity/note', {
				method: 'POST',
				effect: 'write',
				body: { lead_id: leadId, note },
				holds: hasId,
			}),
		);
		const createdAt = textOf(own(body, 'date_created')) ?? null;
		const noteId = textOf(own(body, 'id')) ?? null;
		return [{ kind: 'created', data: { noteId, leadId, note, createdAt } }];
	},
});
