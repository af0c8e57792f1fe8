import { attemptAll, partlyDone } from '../../../shared/actions/outcome/parts';
import { defineOperation } from '../../../shared/actions/router';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { PHONE_OPTIONS, WRITE_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { oneOf } from '../../../shared/parameters/optionReaders';
import { campaignField, findByFields } from '../../descriptions/common';
import {
	referenceOutput,
	labelOf,
	recordKeyOf,
	leadIdsOf,
	readLeadRef,
} from '../../lead/leadReference';
import { changeLead } from '../../lead/changeLead';
import { autocalls } from '../../transport/vendor';

export const description = showFor(
	'lead',
	['disable'],
	[
		{
			displayName:
				'Sets the status of the lead, so that Autocalls does not call it again. A call in progress is not interrupted. To undo this, use Update with the status Created.',
			name: 'disableNotice',
			type: 'notice',
			default: '',
		},
		...findByFields,
		campaignField(
			{
				required: false,
				description: 'Leave empty to disable the number in all campaigns',
				displayOptions: { show: { findBy: ['phone'] } },
			},
			'All campaigns',
		),
		{
			displayName: 'Set Status To',
			name: 'disableStatus',
			type: 'options',
			default: 'completed',
			description: 'Both stop further calls. Only the reports differ.',
			options: [
				{ name: 'Completed', value: 'completed' },
				{ name: 'Reached Max Retries', value: 'reached-max-retries' },
			],
		},
		optionsField([...WRITE_OPTIONS, ...PHONE_OPTIONS]),
	],
);

export const toolDescription =
	'Writes: Autocalls does not call a phone number (or one lead, given by its ID) again; without a campaign, in all campaigns. Use it for opt-outs. The outcome is "disabled" or "notFound". Harmless to repeat.';

const STATUSES = ['completed', 'reached-max-retries'] as const;

/** `PUT /user/leads/{id}` with a status that stops calls, for every lead with the number (Autocalls API reference). */
export const operation = defineOperation(autocalls, {
	safety: 'idempotent',
	parseItem: (item) => ({
		ref: readLeadRef(item),
		status: oneOf(item.value('disableStatus'), STATUSES, 'Set Status To') ?? 'completed',
	}),
	dedupeKeys: ({ ref, status }) => [
		{ identity: `${recordKeyOf(ref)}|${status}`, label: labelOf(ref) },
	],
	recordKeys: ({ ref }) => recordKeyOf(ref),
	async sendOne(client, { ref, status }) {
		const ids = await leadIdsOf(client, ref);
		const parts = await attemptAll(
			ids,
			async (id) => await changeLead(client, id, { method: 'PUT', body: { status } }),
		);
		if (parts.failed.length > 0) return partlyDone('Disabled', parts);
		const disabled = parts.done.filter(({ result }) => result.status !== 404).map(({ id }) => id);
		if (disabled.length === 0) return { kind: 'notFound', data: referenceOutput(ref) };
		return {
			kind: 'disabled',
			data: { ...referenceOutput(ref), leadIds: disabled, leadStatus: status },
		};
	},
});
