import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import {
	customFields,
	optionsField,
	phoneNumberField,
} from '../../../shared/descriptions/commonFields';
import { readCustomFields, readLeadPhone } from '../../../shared/parameters/leadParameters';
import { InvalidInputError } from '../../../shared/errors/InvalidInputError';
import { showFor } from '../../../shared/transport/vendor';
import {
	campaignField,
	contactNameField,
	documentedNames,
	leadIdField,
} from '../../descriptions/common';
import {
	leadsRequest,
	phoneRules,
	readCampaign,
	readLeadId,
	requireV4,
	squadVoice,
} from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'lead',
	['update'],
	[
		campaignField,
		{ ...leadIdField, description: 'The ID that the lead was created with; it cannot be changed' },
		{
			...phoneNumberField,
			required: false,
			description: 'The new number; empty leaves it as it is',
		},
		{
			...contactNameField,
			required: false,
			description: 'The new name; empty leaves it as it is',
		},
		...customFields(
			'Custom Fields',
			'What else to change',
			'Text, number or expression; an empty one leaves the field as it is',
		),
		optionsField([
			'defaultCountry',
			'giveUpAfter',
			'phoneCheck',
			'phoneFormat',
			'previewOnly',
			'requestsAtOnce',
			'requestsPerMinute',
			'timeout',
		]),
	],
);

/** v4 `PATCH /leads/update/{campaign}/`: 200, or 404 for a lead it does not have (API docs). */
export const execute = defineOperation(squadVoice, {
	safety: 'idempotent',

	parseItem(item, account) {
		requireV4(account);
		const campaign = readCampaign(item);
		const leadId = readLeadId(item);
		const phone =
			item.text('phoneNumber') === undefined ? undefined : readLeadPhone(item, phoneRules(account));
		const contactName = item.text('contactName');
		const changes: IDataObject = Object.fromEntries([
			...readCustomFields(item, documentedNames),
			...(phone === undefined ? [] : [['phone_number', phone.phone]]),
			...(contactName === undefined ? [] : [['contact_name', contactName]]),
		]);
		if (Object.keys(changes).length === 0) {
			throw new InvalidInputError(
				'There is nothing to change',
				'Fill in Phone Number, Contact Name or Custom Fields',
			);
		}
		return { campaign, leadId, body: { ...changes, lead_id: leadId } };
	},

	maxBatchSize: () => 1,
	recordKeys: ({ campaign, leadId }) => `${campaign}|${leadId}`,

	async sendBatch(vendor, [lead]) {
		if (lead === undefined) return [];
		const { campaign, leadId, body } = lead;
		const { status } = await vendor.request(
			leadsRequest(vendor.account, 'update', campaign, {
				method: 'PATCH',
				safety: 'idempotent',
				body,
				expectedStatuses: [404],
			}),
		);
		return [
			{ kind: status === 404 ? 'notFound' : 'updated', data: { leadId, campaignId: campaign } },
		];
	},
});
