import type { IDataObject } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { customFields } from '../../../shared/descriptions/commonFields';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { PHONE_OPTIONS, WRITE_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { isBlank } from '../../../shared/values/json';
import { readLocator, readText } from '../../../shared/parameters/cells';
import { readCustomFields, readPhoneValue } from '../../../shared/parameters/leadParameters';
import { InvalidInputError } from '../../../shared/errors/InvalidInputError';
import { campaignField, findOneByFields, optionalPhoneField } from '../../descriptions/common';
import { changeLead } from '../../lead/changeLead';
import {
	readSingleLeadRef,
	recordKeyOf,
	referenceOutput,
	singleLeadIdOf,
} from '../../lead/leadReference';
import { autocalls, phoneRules, readId } from '../../transport/vendor';

export const description = showFor(
	'lead',
	['update'],
	[
		...findOneByFields,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				campaignField(
					{
						displayName: 'New Campaign',
						name: 'campaignId',
						required: false,
						description: 'The campaign to move the lead to',
					},
					'Unchanged',
				),
				{ ...optionalPhoneField, displayName: 'New Phone Number' },
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
			'Variables to change. Autocalls merges them: all others stay as they are.',
			'An empty value leaves the variable unchanged',
		),
		optionsField([...WRITE_OPTIONS, ...PHONE_OPTIONS]),
	],
);

export const toolDescription =
	'Writes: changes the phone number, campaign, status or variables of one Autocalls lead, given by its lead ID, or by its phone number and campaign; what is left empty stays as it is. The outcome is "updated" or "notFound". Harmless to repeat.';

/** `PUT /user/leads/{id}`: only what is sent changes, variables are merged (Autocalls' API reference). */
export const operation = defineOperation(autocalls, {
	safety: 'idempotent',
	parseItem(item) {
		const ref = readSingleLeadRef(item);
		const changed = (name: string) => item.option('updateFields', name);
		const campaign = readLocator(changed('campaignId'), 'New Campaign');
		const phone = changed('phoneNumber');
		const status = readText(changed('status'), 'Status');
		const variables = [...readCustomFields(item)];
		const body: IDataObject = {};
		if (campaign !== undefined) body.campaign_id = readId(campaign, 'New Campaign');
		if (!isBlank(phone)) {
			body.phone_number = readPhoneValue(item, phone, 'New Phone Number', phoneRules).phone;
		}
		if (status !== undefined) body.status = status;
		if (variables.length > 0) body.variables = Object.fromEntries(variables);
		if (Object.keys(body).length === 0) {
			throw new InvalidInputError(
				'There is nothing to change',
				'Fill in Update Fields or Variables',
			);
		}
		return { ref, body };
	},
	recordKeys: ({ ref }) => recordKeyOf(ref),
	async sendOne(client, { ref, body }) {
		const leadId = await singleLeadIdOf(client, ref);
		if (leadId === undefined) return { kind: 'notFound', data: referenceOutput(ref) };
		const { status } = await changeLead(client, leadId, { method: 'PUT', body });
		const data = { ...referenceOutput(ref), leadId };
		return { kind: status === 404 ? 'notFound' : 'updated', data };
	},
});
