import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { leadIdKey, phoneKey } from '../../../shared/actions/dedupeKey';
import { defineOperation } from '../../../shared/actions/router';
import { isoUtc } from '../../../shared/values/dates';
import {
	customFields,
	phoneNumberFieldOf,
	stateField,
} from '../../../shared/descriptions/commonFields';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { CREATE_OPTIONS } from '../../../shared/descriptions/options';
import {
	numberOf,
	readCustomFields,
	readLeadPhone,
	readDateTime,
	readState,
	type LeadPhone,
} from '../../../shared/parameters/leadParameters';
import { oneOf } from '../../../shared/parameters/optionReaders';
import { compact } from '../../../shared/values/compact';
import { foldText } from '../../../shared/values/foldText';
import { asText, type JsonObject } from '../../../shared/values/json';
import { digitsOf } from '../../../shared/values/phone/digitsOf';
import { InvalidInputError } from '../../../shared/errors/InvalidInputError';
import type { Outcome } from '../../../shared/actions/outcome/outcome';
import { campaignField, contactNameField, leadIdField } from '../../descriptions/common';
import { squadVoiceOptions } from '../../descriptions/options';
import { STANDARD_FIELDS } from '../../lead/standardFields';
import { readAffiliateFields, refuseAffiliateId } from '../../lead/affiliate';
import { acknowledges } from '../../lead/acknowledges';
import { findLead, hasLead } from '../../lead/findLead';
import {
	leadsRequest,
	phoneRules,
	readCampaign,
	readLeadId,
	squadVoice,
} from '../../transport/vendor';

const samePhoneNumber: INodeProperties = {
	displayName: 'Same Phone Number',
	name: 'samePhoneNumber',
	type: 'options',
	options: [
		{ name: 'Send Each', value: 'sendEach', description: 'Every lead ID is a lead of its own' },
		{
			name: 'Send Once',
			value: 'sendOnce',
			description: 'A number that the campaign has under another lead ID is a duplicate',
		},
	],
	// As soon as it is added, it does something.
	default: 'sendOnce',
	description:
		'What to do with leads that have the same phone number and different lead IDs. Without this option, each is sent.',
};

export const description = showFor(
	'lead',
	['create'],
	[
		{
			displayName:
				'Leads that this node has sent are not sent again. To change this, add the option Remember Sent Leads.',
			name: 'rememberNotice',
			type: 'notice',
			default: '',
		},
		{ ...campaignField, description: 'The campaign to add the lead to' },
		{
			...leadIdField,
			required: false,
			description:
				'Your own ID for the lead; must be unique in the campaign. Affiliate accounts leave it empty: their lead ID is the phone number.',
		},
		phoneNumberFieldOf("numbers of the credential's market"),
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
					displayName: 'Affiliate ID',
					name: 'affiliateId',
					type: 'string',
					default: '',
					placeholder: 'e.g. C457F',
					description:
						'For affiliate accounts only: whose lead this is. Takes precedence over the Affiliate ID in the credential.',
				},
				{
					displayName: 'EBR Date',
					name: 'ebrDate',
					type: 'dateTime',
					default: '',
					description: 'Start date of the established business relationship (EBR)',
				},
			],
		},
		...customFields(
			'Custom Fields',
			'Extra information to send with the lead',
			'Empty values are not sent',
		),
		squadVoiceOptions(
			[...CREATE_OPTIONS, 'dateFormat', 'leadsPerRequest', 'phoneFormat'],
			[samePhoneNumber],
		),
	],
);

export const toolDescription =
	'Writes: adds one person to a SquadVoice calling campaign, and SquadVoice will phone this person. Needs a lead ID of your own (unique in the campaign), a phone number with country code or a US number, the name of the person, and the US state for campaigns in the US. Harmless to repeat with the same lead ID, unless Remember Sent Leads is off or another tool sent it: what SquadVoice does with a lead ID that it has already is not documented, so look with the get tool when in doubt. The outcome is "created", or "duplicate" for a lead that this tool sent before.';

interface NewLead extends LeadPhone {
	isSentOnce: boolean;
	campaign: string;
	leadId: string | number;
	contactName: string;
	body: IDataObject;
}

function toOutput(lead: NewLead): IDataObject {
	const { campaign, leadId, extension } = lead;
	const data: IDataObject = { leadId, phoneNumber: numberOf(lead), campaignId: campaign };
	if (extension !== undefined) data.phoneExtension = extension;
	return data;
}

const OWNER_NOT_SHOWN =
	'The reply was lost. SquadVoice has a lead with this Lead ID: most likely from this item, but API v4 does not show its data';

function created(lead: NewLead, note?: string): Outcome {
	return { kind: 'created', data: { ...toOutput(lead), ...compact({ note }) } };
}

/** `POST /leads/create/{campaign}/`: a list (SquadVoice US API page), or one object for an affiliate (SquadVoice affiliate API page). */
export const operation = defineOperation(squadVoice, {
	safety: 'unsafe',
	isCreate: true,
	/** What SquadVoice does with a lead ID that it has is not documented: it may take it again. */
	acceptsRepeats: true,
	parseItem(item, account): NewLead {
		const campaign = readCampaign(item);
		const phone = readLeadPhone(item, phoneRules(account));
		if (!account.isAffiliate) refuseAffiliateId(item);
		const ids = account.isAffiliate
			? readAffiliateFields(item, account, phone)
			: { lead_id: readLeadId(item) };
		const contactName = item.requiredText('contactName', 'Contact Name');
		const state = readState(item);
		if (state === undefined && account.market === 'us') {
			throw InvalidInputError.ofField(
				'State',
				{ problem: 'is empty' },
				'US accounts need a state for every lead. Is this an Indian account? Change Market in the credential',
			);
		}
		const ebr = readDateTime(item, item.option('additionalFields', 'ebrDate'), 'EBR Date');
		const body: IDataObject = Object.fromEntries([
			...readCustomFields(item, STANDARD_FIELDS),
			...Object.entries(ids),
			['phone_number', phone.phone],
			['contact_name', contactName],
			...(state === undefined || account.market !== 'us' ? [] : [['state_code', state]]),
			...(ebr === undefined ? [] : [['ebr_datetime', isoUtc(ebr.epochMs)]]),
		]);
		const choice = oneOf(
			item.option('options', 'samePhoneNumber'),
			['sendEach', 'sendOnce'],
			'Same Phone Number',
		);
		const isSentOnce = choice === 'sendOnce';
		return { ...phone, campaign, leadId: ids.lead_id, contactName, body, isSentOnce };
	},
	maxBatchSize: ({ isAffiliate }) => (isAffiliate ? 1 : 1000),
	dedupeKeys: (lead) => [
		leadIdKey(lead.leadId, lead.campaign),
		...(lead.isSentOnce ? [phoneKey(lead, `${lead.campaign}|phone`)] : []),
	],
	numberOf: (lead) => `${lead.campaign}|${numberOf(lead)}`,
	toOutput,
	batchKey: ({ campaign }) => campaign,
	async sendBatch(client, leads) {
		const [first] = leads;
		if (first === undefined) return [];
		const bodies = leads.map(({ body }) => body);
		const body = client.account.isAffiliate ? first.body : bodies;
		await client.request(
			leadsRequest(client.account, 'create', first.campaign, {
				method: 'POST',
				safety: 'unsafe',
				body,
				validateBody: acknowledges(...leads),
			}),
		);
		return leads.map((lead) => created(lead));
	},
	/** v1 lists a lead by its ID. v4 lists only processed leads, but its update returns 404 for an unknown one. */
	async reconcile(client, lead) {
		const { account } = client;
		if (account.isAffiliate) return 'unknown';
		if (account.apiVersion === 'v1') {
			const found = await findLead(client, lead.campaign, lead.leadId);
			if (found === undefined) return 'notFound';
			return isSameLead(found, lead) ? created(lead) : otherLead(lead);
		}
		const isThere = await hasLead(client, lead.campaign, lead.leadId);
		if (isThere === 'unknown') return 'unknown';
		return isThere ? created(lead, OWNER_NOT_SHOWN) : 'notFound';
	},
});

/** True if the lead under this ID has the number and the name that were sent. */
function isSameLead(found: JsonObject, lead: NewLead): boolean {
	const name = asText(found.contact_name);
	return (
		[numberOf(lead), lead.phone].some((own) => digitsOf(own) === digitsOf(found.phone_number)) &&
		(name === undefined || foldText(name) === foldText(lead.contactName))
	);
}

/** Its own data: SquadVoice has those of the lead that was there first. */
function otherLead(lead: NewLead): Outcome {
	const note = 'SquadVoice has a lead with this Lead ID, with another number or name';
	const { label: matchedBy } = leadIdKey(lead.leadId);
	return { kind: 'duplicate', data: { ...toOutput(lead), note, matchedBy } };
}
