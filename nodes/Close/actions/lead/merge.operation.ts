import { defineOperation } from '../../../shared/actions/router';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { WRITE_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { InvalidInputError } from '../../../shared/errors/InvalidInputError';
import { leadIdField } from '../../descriptions/common';
import { leadById } from '../../lead/lead';
import { isAcknowledgment } from '../../../shared/transport/responseValidators';
import { close, closeRequest, readId } from '../../transport/vendor';

export const description = showFor(
	'lead',
	['merge'],
	[
		{
			...leadIdField,
			displayName: 'Source Lead ID',
			name: 'sourceLeadId',
			description: 'The lead that is merged into the other one and then deleted',
		},
		{
			...leadIdField,
			displayName: 'Destination Lead ID',
			name: 'destinationLeadId',
			description: 'The lead that stays, with the contacts and activities of both',
		},
		optionsField(WRITE_OPTIONS),
	],
);

export const toolDescription =
	'Writes, and cannot be undone: merges one lead of the CRM Close into another and deletes the first; both are given by lead ID (lead_...). The outcome is "updated", with the lead that stays. A repeat is refused, as the first lead is gone.';

/** `POST /lead/merge/` (Close docs, leads): the source is deleted, which cannot be undone. */
export const operation = defineOperation(close, {
	safety: 'unsafe',
	parseItem(item) {
		const read = (name: string, label: string) => readId(item.locator(name, label), 'lead', label);
		const source = read('sourceLeadId', 'Source Lead ID');
		const destination = read('destinationLeadId', 'Destination Lead ID');
		if (source === destination) {
			throw new InvalidInputError(
				'Source and destination are the same lead',
				'Remove such items: there is nothing to merge',
			);
		}
		return { source, destination };
	},
	dedupeKeys: ({ source, destination }) => [
		{
			identity: `${source}|${destination}`,
			label: `lead ID ${source} and lead ID ${destination}`,
		},
	],
	recordKeys: ({ source, destination }) => [source, destination],
	async sendOne(client, wanted) {
		await client.request(
			closeRequest('lead/merge', {
				method: 'POST',
				safety: 'unsafe',
				body: { ...wanted },
				validateBody: isAcknowledgment,
			}),
		);
		return merged(wanted);
	},
	/** Merging deletes the source. */
	async reconcile(client, wanted) {
		const source = await leadById(client, wanted.source);
		return source === undefined ? merged(wanted) : 'notFound';
	},
});

function merged({ source, destination }: { source: string; destination: string }) {
	return { kind: 'updated', data: { leadId: destination, mergedLeadId: source } } as const;
}
