import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { InvalidInputError } from '../../../shared/errors/InvalidInputError';
import { showFor } from '../../../shared/transport/vendor';
import { leadIdField } from '../../descriptions/common';
import { leadById } from '../../lead/matching';
import { close, closeRequest, readId } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'lead',
	['merge'],
	[
		{
			...leadIdField,
			displayName: 'Source Lead ID',
			name: 'sourceLeadId',
			description: 'The lead that is merged into the other and is gone afterwards',
		},
		{
			...leadIdField,
			displayName: 'Destination Lead ID',
			name: 'destinationLeadId',
			description: 'The lead that stays, with the contacts and activities of both',
		},
		optionsField(['giveUpAfter', 'previewOnly', 'requestsAtOnce', 'requestsPerMinute', 'timeout']),
	],
);

/** `POST /lead/merge/` (Close docs, leads): the source is deleted, which cannot be undone. */
export const execute = defineOperation(close, {
	safety: 'unsafe',

	parseItem(item) {
		const read = (name: string, label: string) =>
			readId(item.requiredText(name, label), 'lead', label);
		const source = read('sourceLeadId', 'Source Lead ID');
		const destination = read('destinationLeadId', 'Destination Lead ID');
		if (source === destination) {
			throw new InvalidInputError(
				'Source and destination are the same lead',
				'Filter out such items: there is nothing to merge',
			);
		}
		return { source, destination };
	},

	maxBatchSize: () => 1,
	dedupeKeys: ({ source, destination }) => `${source}|${destination}`,
	recordKeys: ({ source, destination }) => [source, destination],

	async sendBatch(vendor, [wanted]) {
		if (wanted === undefined) return [];
		await vendor.request(
			closeRequest('lead/merge', { method: 'POST', safety: 'unsafe', body: { ...wanted } }),
		);
		return [told(wanted)];
	},

	/** The source is gone as soon as it is merged. */
	async reconcile(vendor, wanted) {
		const source = await leadById(vendor, wanted.source);
		return source === undefined ? told(wanted) : 'absent';
	},
});

function told({ source, destination }: { source: string; destination: string }) {
	return {
		kind: 'updated',
		data: { leadId: destination, mergedLeadId: source },
	} as const;
}
