import { leadIdKey } from '../../../shared/actions/dedupeKey';
import { defineOperation } from '../../../shared/actions/router';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { WRITE_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { leadIdField } from '../../descriptions/common';
import { changeLead } from '../../lead/changeLead';
import { autocalls, readId } from '../../transport/vendor';

export const description = showFor('lead', ['delete'], [leadIdField, optionsField(WRITE_OPTIONS)]);

export const toolDescription =
	'Writes, and cannot be undone: deletes one Autocalls lead, given by its lead ID, with its secondary contacts. To stop calls only, use the disable tool. The outcome is "deleted" or "notFound". Harmless to repeat.';

/** `DELETE /user/leads/{id}`: for good, with its secondary contacts (Autocalls' API reference). */
export const operation = defineOperation(autocalls, {
	safety: 'idempotent',
	parseItem: (item) => ({ leadId: readId(item.requiredId('leadId', 'Lead ID'), 'Lead ID') }),
	dedupeKeys: ({ leadId }) => [leadIdKey(leadId)],
	async sendOne(client, { leadId }) {
		const reply = await changeLead(client, leadId, { method: 'DELETE' });
		if (reply.status === 404 && !reply.afterLostResponse)
			return { kind: 'notFound', data: { leadId } };
		return { kind: 'deleted', data: { deleted: true, leadId } };
	},
});
