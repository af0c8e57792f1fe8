import { leadIdKey } from '../../../shared/actions/dedupeKey';
import { defineOperation } from '../../../shared/actions/router';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { PHONE_OPTIONS, WRITE_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { findOneByFields } from '../../descriptions/common';
import { changeLead } from '../../lead/changeLead';
import {
	labelOf,
	readSingleLeadRef,
	recordKeyOf,
	referenceOutput,
	singleLeadIdOf,
} from '../../lead/leadReference';
import { autocalls } from '../../transport/vendor';

export const description = showFor(
	'lead',
	['delete'],
	[...findOneByFields, optionsField([...WRITE_OPTIONS, ...PHONE_OPTIONS])],
);

export const toolDescription =
	'Writes, and cannot be undone: deletes one Autocalls lead, given by its lead ID, or by its phone number and campaign, with its secondary contacts. By number, nothing is deleted if the campaign has several leads with it. To stop calls only, use the disable tool. The outcome is "deleted" or "notFound". Harmless to repeat.';

/** `DELETE /user/leads/{id}`: for good, with its secondary contacts (Autocalls' API reference). */
export const operation = defineOperation(autocalls, {
	safety: 'idempotent',
	parseItem: (item) => ({ ref: readSingleLeadRef(item) }),
	dedupeKeys: ({ ref }) => [
		ref.by === 'id' ? leadIdKey(ref.id) : { identity: recordKeyOf(ref), label: labelOf(ref) },
	],
	async sendOne(client, { ref }) {
		const leadId = await singleLeadIdOf(client, ref);
		if (leadId === undefined) return { kind: 'notFound', data: referenceOutput(ref) };
		const data = { ...referenceOutput(ref), leadId };
		const reply = await changeLead(client, leadId, { method: 'DELETE' });
		if (reply.status === 404 && !reply.afterLostResponse) return { kind: 'notFound', data };
		return { kind: 'deleted', data: { deleted: true, ...data } };
	},
});
