import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { hasId } from '../../../shared/transport/responseValidators';
import {
	customFields,
	optionsField,
	phoneNumberField,
} from '../../../shared/descriptions/commonFields';
import { isObject, asObjects, getOwn, asText } from '../../../shared/values/json';
import type { JsonObject } from '../../../shared/values/json';
import {
	readCustomFields,
	readLeadPhone,
	readPhoneValue,
} from '../../../shared/parameters/leadParameters';
import type { ItemParameters } from '../../../shared/parameters/ItemParameters';
import type { LeadPhone } from '../../../shared/parameters/leadParameters';
import type { Failure } from '../../../shared/actions/outcome/outcome';
import { showFor } from '../../../shared/transport/vendor';
import { campaignField } from '../../descriptions/common';
import { leadsWithPhone, simplifyLead } from '../../lead/lead';
import { autocalls, phoneRules, readCampaign, userRequest } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'lead',
	['create'],
	[
		campaignField({ description: 'The campaign to add the lead to' }),
		phoneNumberField,
		{
			displayName: 'Secondary Contacts',
			name: 'secondaryContacts',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Contact',
			description: 'Who else to call for this lead; in campaigns that call, not in those that text',
			options: [
				{
					displayName: 'Contact',
					name: 'contact',
					values: [
						{
							displayName: 'Phone Number',
							name: 'phoneNumber',
							type: 'string',
							default: '',
							placeholder: 'e.g. +1 509-555-1234',
						},
						{
							displayName: 'Customer Name',
							name: 'customerName',
							type: 'string',
							default: '',
							placeholder: 'e.g. Nathan Smith',
							description: 'Sent as the variable customer_name',
						},
						{
							displayName: 'Email',
							name: 'email',
							type: 'string',
							default: '',
							placeholder: 'e.g. nathan@example.com',
							description: 'Sent as the variable email',
						},
					],
				},
			],
		},
		{
			displayName: 'Allow Duplicates',
			name: 'allowDuplicates',
			type: 'boolean',
			default: false,
			description:
				'Whether a number that is in the campaign already may be added once more, so that it is called again',
		},
		...customFields(
			'Variables',
			'What the assistant knows of the lead, under the names of its variables',
			'Text, number or expression; an empty one is not sent',
		),
		optionsField([
			'defaultCountry',
			'giveUpAfter',
			'ifAlreadyThere',
			'phoneCheck',
			'previewOnly',
			'rememberSentLeads',
			'requestsAtOnce',
			'requestsPerMinute',
			'timeout',
		]),
	],
);

interface NewLead extends LeadPhone {
	campaign: number;
	body: IDataObject;
	allowDuplicates: boolean;
	/** Whether a lead that is there already counts as a failure. */
	mustBeNew: boolean;
}

/** Statuses by which the vendor may say that it has the number already; it documents none. */
const mayMeanDuplicate: readonly number[] = [400, 409, 422];

function readContacts(item: ItemParameters): IDataObject[] {
	return asObjects(getOwn(item.value('secondaryContacts'), 'contact')).map((contact) => {
		const label = 'Phone Number of a secondary contact';
		const { phone } = readPhoneValue(item, contact.phoneNumber, label, phoneRules);
		const variables = [
			['customer_name', asText(contact.customerName)],
			['email', asText(contact.email)],
		].filter(([, value]) => value !== undefined);
		return {
			phone_number: phone,
			...(variables.length === 0 ? {} : { variables: Object.fromEntries(variables) }),
		};
	});
}

/** `POST /user/lead`, one lead a call (seed 003). */
export const execute = defineOperation(autocalls, {
	safety: 'unsafe',

	parseItem(item): NewLead {
		const campaign = readCampaign(item);
		const phone = readLeadPhone(item, phoneRules);
		const allowDuplicates = item.value('allowDuplicates') === true;
		const variables = [...readCustomFields(item)];
		const contacts = readContacts(item);
		const body: IDataObject = {
			campaign_id: campaign,
			phone_number: phone.phone,
			// The vendor's own spelling.
			allow_dupplicate: allowDuplicates,
			...(variables.length === 0 ? {} : { variables: Object.fromEntries(variables) }),
			...(contacts.length === 0 ? {} : { secondary_contacts: contacts }),
		};
		const mustBeNew = item.option('options', 'ifAlreadyThere') === 'error';
		return { ...phone, campaign, body, allowDuplicates, mustBeNew };
	},

	maxBatchSize: () => 1,
	dedupeKeys: ({ campaign, phone, allowDuplicates }) =>
		allowDuplicates ? undefined : `${campaign}|${phone}`,
	toOutput: ({ phone, campaign }) => ({ phoneNumber: phone, campaignId: campaign }),

	async sendBatch(vendor, [lead]) {
		if (lead === undefined) return [];
		const { body } = await vendor.request(
			userRequest(['lead'], {
				method: 'POST',
				safety: 'unsafe',
				body: lead.body,
				validateBody: (reply) => hasId(getOwn(reply, 'data')),
			}),
		);
		return [{ kind: 'created', data: told(lead, getOwn(body, 'data')) }];
	},

	/** The list tells whether the campaign has the number. With duplicates allowed, it may have had it before. */
	async reconcile(vendor, lead) {
		const [found] = await leadsWithPhone(vendor, lead.phone, lead.campaign);
		if (found === undefined) return 'absent';
		return lead.allowDuplicates ? 'unknown' : { kind: 'created', data: told(lead, found) };
	},

	/**
	 * How the vendor says that the campaign has the number is not documented, so its list is asked; its
	 * words decide nothing.
	 */
	async resolveRejection(vendor, lead, refusal) {
		if (lead.allowDuplicates || !mayMeanDuplicate.includes(refusal.status ?? 0)) return undefined;
		const [found] = await leadsWithPhone(vendor, lead.phone, lead.campaign);
		if (found === undefined) return undefined;
		return lead.mustBeNew
			? { ...alreadyThere, httpCode: refusal.status, vendorMessage: refusal.vendorMessage }
			: { kind: 'duplicate', data: told(lead, found) };
	},
});

const alreadyThere: Failure = {
	kind: 'refused',
	message: 'Autocalls has this phone number in the campaign already',
	description:
		'Set If Already There to Return as Duplicate to pass such leads through, or turn on Allow Duplicates to call them again',
};

/** The output of a lead, from what the vendor says of it. */
function told({ phone, extension, campaign }: NewLead, data: unknown): IDataObject {
	const vendorLead: JsonObject = isObject(data) ? data : {};
	return {
		...simplifyLead(vendorLead),
		phoneNumber: phone,
		campaignId: campaign,
		...(extension === undefined ? {} : { phoneExtension: extension }),
		...secondaryIds(vendorLead),
	};
}

function secondaryIds(lead: JsonObject): IDataObject {
	const ids = asObjects(lead.secondary_contacts).flatMap(({ id }) => asText(id) ?? []);
	return ids.length === 0 ? {} : { secondaryLeadIds: ids };
}
