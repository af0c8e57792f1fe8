import { defineOperation } from '../../../shared/actions/router';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { READ_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { leadIdField } from '../../descriptions/common';
import { leadById } from '../../lead/lead';
import { leadOutputs } from '../../lead/leadOutput';
import { close, readLeadId } from '../../transport/vendor';

export const description = showFor('lead', ['get'], [leadIdField, optionsField(READ_OPTIONS)]);

export const toolDescription =
	'Reads only: gets one lead of the CRM Close by its lead ID (lead_...), with contact, status and custom fields. The outcome is "found" or "notFound". Use the search tool when the ID is not known. Harmless to repeat.';

/** `GET /lead/{id}/` (Close docs, leads). */
export const operation = defineOperation(close, {
	safety: 'safe',
	parseItem: (item) => ({ leadId: readLeadId(item), simplify: item.simplify }),
	async sendOne(client, { leadId, simplify }) {
		const lead = await leadById(client, leadId);
		if (lead === undefined) return { kind: 'notFound', data: { leadId } };
		const [data = {}] = await leadOutputs(client, [lead], simplify);
		return { kind: 'found', data };
	},
});
