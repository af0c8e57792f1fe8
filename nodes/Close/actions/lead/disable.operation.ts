import type { INodeProperties } from 'n8n-workflow';
import { action } from '../../../shared/actions/router';
import { hasId } from '../../../shared/transport/responseValidators';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { own, textOf } from '../../../shared/values/json';
import { shownFor } from '../../../shared/transport/vendor';
import { leadIdField, statusField } from '../../descriptions/common';
import { close, closeCall, readId } from '../../transport/vendor';

export const fields: INodeProperties[] = shownFor(
	'lead',
	['disable'],
	[
		{
			displayName:
				'Close has no switch for a lead: this gives it the status that you choose, such as Bad Fit. Nothing is deleted, and Update with another status takes it back. Sequences and dialers go by what you set them up for.',
			name: 'disableNotice',
			type: 'notice',
			default: '',
		},
		leadIdField,
		statusField({
			required: true,
			description: 'The status that leads have in your organization when they are not to be called',
		}),
		optionsField(['giveUpAfter', 'previewOnly', 'requestsAtOnce', 'requestsPerMinute', 'timeout']),
	],
);

/** `PUT /lead/{id}/` with a status: reversible, deletes nothing (Close docs, leads). */
export const execute = action(close, {
	effect: 'harmlessWrite',

	prepare: (item) => ({
		leadId: readId(item.requiredText('leadId', 'Lead ID'), 'lead', 'Lead ID'),
		statusId: readId(item.locator('status', 'Status'), 'stat', 'Status'),
	}),

	batchSize: () => 1,
	identity: ({ leadId, statusId }) => `${leadId}|${statusId}`,
	target: ({ leadId }) => leadId,

	async send(vendor, [lead]) {
		if (lead === undefined) return [];
		const { leadId, statusId } = lead;
		const { status, body } = await vendor.call(
			closeCall(
				'lead',
				{
					method: 'PUT',
					effect: 'harmlessWrite',
					body: { status_id: statusId },
					accept: [404],
					holds: hasId,
				},
				leadId,
			),
		);
		if (status === 404) return [{ kind: 'notFound', data: { leadId } }];
		const label = textOf(own(body, 'status_label')) ?? null;
		return [{ kind: 'disabled', data: { leadId, status: label, statusId } }];
	},
});
