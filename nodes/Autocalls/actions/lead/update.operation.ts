import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { customFields, optionsField } from '../../../shared/descriptions/commonFields';
import { asText } from '../../../shared/values/json';
import { readCustomFields, readPhoneValue } from '../../../shared/parameters/leadParameters';
import { InvalidInputError } from '../../../shared/errors/InvalidInputError';
import { showFor } from '../../../shared/transport/vendor';
import { leadIdField } from '../../descriptions/common';
import { autocalls, phoneRules, readId, userRequest } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'lead',
	['update'],
	[
		leadIdField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Campaign ID',
					name: 'campaignId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 42',
					description: 'The campaign to move the lead to',
				},
				{
					displayName: 'Phone Number',
					name: 'phoneNumber',
					type: 'string',
					default: '',
					placeholder: 'e.g. +1 509-555-1234',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					default: 'created',
					description: 'Created makes the lead ready to be called again',
					options: [
						{ name: 'Completed', value: 'completed' },
						{ name: 'Created', value: 'created' },
						{ name: 'Reached Max Retries', value: 'reached-max-retries' },
					],
				},
			],
		},
		...customFields(
			'Variables',
			'Variables to change. Autocalls merges them: those that are not named stay as they are.',
			'Text, number or expression; an empty one leaves the variable as it is',
		),
		optionsField([
			'defaultCountry',
			'giveUpAfter',
			'phoneCheck',
			'previewOnly',
			'requestsAtOnce',
			'requestsPerMinute',
			'timeout',
		]),
	],
);

/** `PUT /user/leads/{id}`: only what is sent changes, variables are merged (Autocalls' API reference). */
export const execute = defineOperation(autocalls, {
	safety: 'idempotent',

	parseItem(item) {
		const leadId = readId(item.requiredText('leadId', 'Lead ID'), 'Lead ID');
		const changed = (name: string) => asText(item.option('updateFields', name));
		const campaign = changed('campaignId');
		const phone = changed('phoneNumber');
		const status = changed('status');
		const variables = [...readCustomFields(item)];
		const body: IDataObject = {};
		if (campaign !== undefined) body.campaign_id = readId(campaign, 'Campaign ID');
		if (phone !== undefined) {
			body.phone_number = readPhoneValue(item, phone, 'Phone Number', phoneRules).phone;
		}
		if (status !== undefined) body.status = status;
		if (variables.length > 0) body.variables = Object.fromEntries(variables);
		if (Object.keys(body).length === 0) {
			throw new InvalidInputError(
				'There is nothing to change',
				'Fill in Update Fields or Variables',
			);
		}
		return { leadId, body };
	},

	maxBatchSize: () => 1,
	recordKeys: ({ leadId }) => String(leadId),

	async sendBatch(vendor, [lead]) {
		if (lead === undefined) return [];
		const { leadId, body } = lead;
		const { status } = await vendor.request(
			userRequest(['leads', String(leadId)], {
				method: 'PUT',
				safety: 'idempotent',
				body,
				expectedStatuses: [404],
			}),
		);
		return [{ kind: status === 404 ? 'notFound' : 'updated', data: { leadId } }];
	},
});
