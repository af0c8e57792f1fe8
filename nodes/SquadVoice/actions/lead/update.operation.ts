import type { IDataObject } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { customFields, phoneNumberField } from '../../../shared/descriptions/commonFields';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { PHONE_OPTIONS, WRITE_OPTIONS } from '../../../shared/descriptions/options';
import { readCustomFields, readLeadPhone } from '../../../shared/parameters/leadParameters';
import { isBlank } from '../../../shared/values/json';
import { InvalidInputError } from '../../../shared/errors/InvalidInputError';
import { acknowledges } from '../../lead/acknowledges';
import { campaignField, contactNameField, leadIdField, v4Notice } from '../../descriptions/common';
import { squadVoiceOptions } from '../../descriptions/options';
import { STANDARD_FIELDS } from '../../lead/standardFields';
import {
	leadsRequest,
	phoneRules,
	readCampaign,
	readLeadId,
	requireV4,
	squadVoice,
} from '../../transport/vendor';

export const description = showFor(
	'lead',
	['update'],
	[
		v4Notice,
		campaignField,
		{ ...leadIdField, description: 'The ID the lead was created with. It cannot be changed.' },
		{
			...phoneNumberField,
			required: false,
			description: 'The new number. Leave empty to keep it.',
		},
		{ ...contactNameField, required: false, description: 'The new name. Leave empty to keep it.' },
		...customFields(
			'Custom Fields',
			'Other fields to change',
			'An empty value leaves the field unchanged',
		),
		squadVoiceOptions([...WRITE_OPTIONS, ...PHONE_OPTIONS, 'phoneFormat']),
	],
);

export const toolDescription =
	'Writes: changes the phone number, the name or custom fields of one SquadVoice lead, given by its lead ID; what is left empty stays as it is. The outcome is "updated" or "notFound". Harmless to repeat.';

/** v4 `PATCH /leads/update/{campaign}/`: 200, or 404 for an unknown lead (SquadVoice API v4 docs). */
export const operation = defineOperation(squadVoice, {
	safety: 'idempotent',
	parseItem(item, account) {
		requireV4(account, 'With API v1, disable the lead and create it again under another lead ID');
		const campaign = readCampaign(item);
		const leadId = readLeadId(item);
		const phone = isBlank(item.value('phoneNumber'))
			? undefined
			: readLeadPhone(item, phoneRules(account));
		const contactName = item.optionalText('contactName', 'Contact Name');
		const changes: IDataObject = Object.fromEntries([
			...readCustomFields(item, STANDARD_FIELDS),
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
	recordKeys: ({ campaign, leadId }) => `${campaign}|${leadId}`,
	async sendOne(client, { campaign, leadId, body }) {
		const { status } = await client.request(
			leadsRequest(client.account, 'update', campaign, {
				method: 'PATCH',
				safety: 'idempotent',
				body,
				expectedStatuses: [404],
				validateBody: acknowledges({ leadId }),
			}),
		);
		return {
			kind: status === 404 ? 'notFound' : 'updated',
			data: { leadId, campaignId: campaign },
		};
	},
});
