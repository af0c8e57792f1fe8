import { defineOperation } from '../../../shared/actions/router';
import { hasId } from '../../../shared/transport/responseValidators';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { WRITE_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { getOwn, asText } from '../../../shared/values/json';
import { leadIdField } from '../../descriptions/common';
import { close, closeRequest, readLeadId } from '../../transport/vendor';

export const description = showFor(
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
		optionsField(WRITE_OPTIONS),
	],
);

export const toolDescription =
	'Writes: puts a note on the timeline of one lead in the CRM Close, given by its lead ID (lead_...). Not harmless to repeat: each call writes one more note. The outcome is "created".';

/** `POST /activity/note/` (Close docs, notes). Repeats are sent; after a lost response, unknown. */
export const operation = defineOperation(close, {
	safety: 'unsafe',
	parseItem: (item) => ({
		leadId: readLeadId(item),
		note: item.requiredText('note', 'Note'),
	}),
	async sendOne(client, { leadId, note }) {
		const { body } = await client.request(
			closeRequest('activity/note', {
				method: 'POST',
				safety: 'unsafe',
				body: { lead_id: leadId, note },
				validateBody: (reply) => hasId(reply) && getOwn(reply, 'lead_id') === leadId,
			}),
		);
		const createdAt = asText(getOwn(body, 'date_created')) ?? null;
		const noteId = asText(getOwn(body, 'id')) ?? null;
		return { kind: 'created', data: { noteId, leadId, note, createdAt } };
	},
});
