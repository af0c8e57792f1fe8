import type { INodeProperties } from 'n8n-workflow';
import { action } from '../../../shared/actions/router';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { shownFor } from '../../../shared/transport/vendor';
import { leadIdField } from '../../descriptions/common';
import { close, closeCall, readId } from '../../transport/vendor';

export const fields: INodeProperties[] = shownFor(
	'lead',
	['delete'],
	[
		leadIdField,
		optionsField(['giveUpAfter', 'previewOnly', 'requestsAtOnce', 'requestsPerMinute', 'timeout']),
	],
);

/** `DELETE /lead/{id}/`: for good, with its contacts, notes and all that belongs to it (Close docs, leads). */
export const execute = action(close, {
	effect: 'harmlessWrite',

	prepare: (item) => ({
		leadId: readId(item.requiredText('leadId', 'Lead ID'), 'lead', 'Lead ID'),
	}),

	batchSize: () => 1,
	identity: ({ leadId }) => leadId,

	async send(vendor, [lead]) {
		if (lead === undefined) return [];
		const { leadId } = lead;
		const { status, afterLostReply } = await vendor.call(
			closeCall('lead', { method: 'DELETE', effect: 'harmlessWrite', accept: [404] }, leadId),
		);
		if (status === 404 && !afterLostReply) return [{ kind: 'notFound', data: { leadId } }];
		return [{ kind: 'deleted', data: { deleted: true, leadId } }];
	},
});
