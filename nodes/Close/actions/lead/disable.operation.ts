import { defineOperation } from '../../../shared/actions/router';
import { isRecord } from '../../../shared/transport/responseValidators';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { WRITE_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { getOwn, asText } from '../../../shared/values/json';
import { leadIdField, statusField } from '../../descriptions/common';
import { close, closeRequest, readId, readLeadId } from '../../transport/vendor';

export const description = showFor(
	'lead',
	['disable'],
	[
		{
			displayName:
				'Close cannot disable a lead. This sets the status you choose, such as Bad Fit. To undo it, set another status. Make sure that your sequences and dialers skip this status.',
			name: 'disableNotice',
			type: 'notice',
			default: '',
		},
		leadIdField,
		statusField({
			required: true,
			description: 'The status of leads that must not be called in your organization',
		}),
		optionsField(WRITE_OPTIONS),
	],
);

export const toolDescription =
	'Writes: gives one lead of the CRM Close, given by its lead ID (lead_...), the status that means "do not call". Deletes nothing. The outcome is "disabled" or "notFound". Harmless to repeat.';

/** `PUT /lead/{id}/` with a status: reversible, deletes nothing (Close docs, leads). */
export const operation = defineOperation(close, {
	safety: 'idempotent',
	parseItem: (item) => ({
		leadId: readLeadId(item),
		statusId: readId(item.locator('status', 'Status'), 'stat', 'Status'),
	}),
	dedupeKeys: ({ leadId, statusId }) => [
		{ identity: `${leadId}|${statusId}`, label: `lead ID ${leadId}` },
	],
	recordKeys: ({ leadId }) => leadId,
	async sendOne(client, { leadId, statusId }) {
		const { status, body } = await client.request(
			closeRequest('lead', {
				id: leadId,
				method: 'PUT',
				safety: 'idempotent',
				body: { status_id: statusId },
				expectedStatuses: [404],
				validateBody: isRecord(leadId),
			}),
		);
		if (status === 404) return { kind: 'notFound', data: { leadId } };
		const label = asText(getOwn(body, 'status_label')) ?? null;
		return { kind: 'disabled', data: { leadId, leadStatus: label, statusId } };
	},
});
