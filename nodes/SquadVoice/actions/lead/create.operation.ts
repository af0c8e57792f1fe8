import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { isoUtc } from '../../../shared/values/dates';
import {
	customFields,
	optionsField,
	phoneNumberField,
	stateField,
} from '../../../shared/descriptions/commonFields';
import {
	readCustomFields,
	readLeadPhone,
	readDateTime,
	readState,
} from '../../../shared/parameters/leadParameters';
import type { LeadPhone } from '../../../shared/parameters/leadParameters';
import { InvalidInputError } from '../../../shared/errors/InvalidInputError';
import type { Outcome } from '../../../shared/actions/outcome/outcome';
import { showFor } from '../../../shared/transport/vendor';
import {
	campaignField,
	contactNameField,
	documentedNames,
	leadIdField,
} from '../../descriptions/common';
import { findLead } from '../../lead/findLead';
import {
	leadsRequest,
	phoneRules,
	readCampaign,
	readLeadId,
	squadVoice,
} from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'lead',
	['create'],
	[
		{ ...campaignField, description: 'The campaign to add the lead to' },
		{
			...leadIdField,
			required: false,
			description:
				'Your own ID of the lead, unique within the campaign. Only an affiliate account can leave it empty: there the phone number is the ID.',
		},
		phoneNumberField,
		contactNameField,
		stateField('Two-letter code or name of the US state; required for accounts of the US market'),
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'EBR Date',
					name: 'ebrDate',
					type: 'dateTime',
					default: '',
					description: 'When the established business relationship with the lead began',
				},
			],
		},
		...customFields(
			'Custom Fields',
			'What else to tell SquadVoice of the lead',
			'Text, number or expression; an empty one is not sent',
		),
		optionsField([
			'defaultCountry',
			'giveUpAfter',
			'leadsPerRequest',
			'phoneCheck',
			'phoneFormat',
			'previewOnly',
			'rememberSentLeads',
			'requestsAtOnce',
			'requestsPerMinute',
			'timeout',
		]),
	],
);

interface NewLead extends LeadPhone {
	campaign: string;
	leadId: string | number;
	contactName: string;
	body: IDataObject;
}

function told({ campaign, leadId, phone, extension }: NewLead): IDataObject {
	const data: IDataObject = { leadId, phoneNumber: phone, campaignId: campaign };
	if (extension !== undefined) data.phoneExtension = extension;
	return data;
}

function created(lead: NewLead): Outcome {
	return { kind: 'created', data: told(lead) };
}

/** `POST /leads/create/{campaign}/`: a list, or one object for an affiliate (seeds 000 and 001). */
export const execute = defineOperation(squadVoice, {
	safety: 'unsafe',
	parseItem(item, account): NewLead {
		const campaign = readCampaign(item);
		const phone = readLeadPhone(item, phoneRules(account));
		const leadId = account.affiliateId === undefined ? readLeadId(item) : phone.phone;
		const contactName = item.requiredText('contactName', 'Contact Name');
		const state = readState(item);
		if (state === undefined && account.market === 'us') {
			throw new InvalidInputError(
				'State is empty',
				'SquadVoice needs the state of every lead of a US account; choose the market India in the credential if this is none',
			);
		}
		const ebr = readDateTime(item, item.option('additionalFields', 'ebrDate'), 'EBR Date');
		const body: IDataObject = Object.fromEntries([
			...readCustomFields(item, documentedNames),
			['lead_id', leadId],
			['phone_number', phone.phone],
			['contact_name', contactName],
			...(account.affiliateId === undefined ? [] : [['affiliate_id', account.affiliateId]]),
			...(state === undefined || account.market !== 'us' ? [] : [['state_code', state]]),
			...(ebr === undefined ? [] : [['ebr_datetime', isoUtc(ebr.epochMs)]]),
		]);
		return { ...phone, campaign, leadId, contactName, body };
	},

	maxBatchSize: ({ affiliateId }) => (affiliateId === undefined ? 1000 : 1),
	dedupeKeys: ({ campaign, leadId }) => `${campaign}|${leadId}`,
	toOutput: told,
	batchKey: ({ campaign }) => campaign,

	async sendBatch(vendor, leads) {
		const [first] = leads;
		if (first === undefined) return [];
		const bodies = leads.map(({ body }) => body);
		const body = vendor.account.affiliateId === undefined ? bodies : first.body;
		const options = { method: 'POST', safety: 'unsafe', body } as const;
		await vendor.request(leadsRequest(vendor.account, 'create', first.campaign, options));
		return leads.map(created);
	},

	/** v1 lists a lead by its ID; v4 lists only processed ones, but a repeated update answers 404 for none. */
	async reconcile(vendor, lead) {
		const { account } = vendor;
		if (account.affiliateId !== undefined) return 'unknown';
		if (account.apiVersion === 'v1') {
			const found = await findLead(vendor, lead.campaign, lead.leadId);
			return found === undefined ? 'absent' : created(lead);
		}
		const { status } = await vendor.request(
			leadsRequest(account, 'update', lead.campaign, {
				method: 'PATCH',
				safety: 'idempotent',
				body: { lead_id: lead.leadId, contact_name: lead.contactName },
				expectedStatuses: [404],
			}),
		);
		return status === 404 ? 'absent' : created(lead);
	},
});
