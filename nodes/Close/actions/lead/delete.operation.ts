import { leadIdKey } from '../../../shared/actions/dedupeKey';
import { defineOperation } from '../../../shared/actions/router';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { WRITE_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { leadIdField } from '../../descriptions/common';
import { isAcknowledgment } from '../../../shared/transport/responseValidators';
import { close, closeRequest, readLeadId } from '../../transport/vendor';

export const description = showFor('lead', ['delete'], [leadIdField, optionsField(WRITE_OPTIONS)]);

export const toolDescription =
	'Writes, and cannot be undone: deletes one lead of the CRM Close, given by its lead ID (lead_...), with its contacts and activities. The outcome is "deleted" or "notFound". Harmless to repeat.';

/** `DELETE /lead/{id}/`: for good, with its contacts, notes and all that belongs to it (Close docs, leads). */
export const operation = defineOperation(close, {
	safety: 'idempotent',
	parseItem: (item) => ({ leadId: readLeadId(item) }),
	dedupeKeys: ({ leadId }) => [leadIdKey(leadId)],
	async sendOne(client, { leadId }) {
		const { status, afterLostResponse } = await client.request(
			closeRequest('lead', {
				id: leadId,
				method: 'DELETE',
				safety: 'idempotent',
				expectedStatuses: [404],
				validateBody: isAcknowledgment,
			}),
		);
		if (status === 404 && !afterLostResponse) return { kind: 'notFound', data: { leadId } };
		return { kind: 'deleted', data: { deleted: true, leadId } };
	},
});
