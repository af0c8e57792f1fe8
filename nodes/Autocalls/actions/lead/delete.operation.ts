import type { INodeProperties } from 'n8n-workflow';
import { action } from '../../../shared/actions/router';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { shownFor } from '../../../shared/transport/vendor';
import { leadIdField } from '../../descriptions/common';
import { autocalls, readId, userCall } from '../../transport/vendor';

export const fields: INodeProperties[] = shownFor(
	'lead',
	['delete'],
	[
		leadIdField,
		optionsField(['giveUpAfter', 'previewOnly', 'requestsAtOnce', 'requestsPerMinute', 'timeout']),
	],
);

/** `DELETE /user/leads/{id}`: for good, with its secondary contacts (Autocalls' API reference). */
export const execute = action(autocalls, {
	effect: 'harmlessWrite',

	prepare: (item) => ({ leadId: readId(item.requiredText('leadId', 'Lead ID'), 'Lead ID') }),

	batchSize: () => 1,
	identity: ({ leadId }) => String(leadId),

	async send(vendor, [lead]) {
		if (lead === undefined) return [];
		const { leadId } = lead;
		const { status, afterLostReply } = await vendor.call(
			userCall(['leads', String(leadId)], {
				method: 'DELETE',
				effect: 'harmlessWrite',
				accept: [404],
			}),
		);
		if (status === 404 && !afterLostReply) return [{ kind: 'notFound', data: { leadId } }];
		return [{ kind: 'deleted', data: { deleted: true, leadId } }];
	},
});
