import type { IDataObject } from 'n8n-workflow';
import { alreadyExists } from '../../../shared/actions/outcome/failures';
import { phoneKey } from '../../../shared/actions/dedupeKey';
import { defineOperation } from '../../../shared/actions/router';
import { hasId } from '../../../shared/transport/responseValidators';
import {
	customFields,
	defaultCountryHint,
	phoneNumberField,
} from '../../../shared/descriptions/commonFields';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { CREATE_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { digitsOf } from '../../../shared/values/phone/digitsOf';
import { compact } from '../../../shared/values/compact';
import {
	isBlank,
	isObject,
	asObjects,
	getOwn,
	asText,
	type JsonObject,
} from '../../../shared/values/json';
import {
	numberOf,
	readCustomFields,
	readLeadPhone,
	type LeadPhone,
} from '../../../shared/parameters/leadParameters';
import type { Failure, Outcome } from '../../../shared/actions/outcome/outcome';
import { campaignField } from '../../descriptions/common';
import { secondaryContactsField } from '../../descriptions/secondaryContacts';
import { idleCampaignNotes, unknownCampaign } from '../../lead/campaigns';
import { campaignOf, isSameNumber, leadsWithPhone, simplifyLead } from '../../lead/lead';
import { readSecondaryContacts } from '../../lead/secondaryContacts';
import { autocalls, phoneRules, readCampaign, userRequest } from '../../transport/vendor';

export const description = showFor(
	'lead',
	['create'],
	[
		campaignField({ description: 'The campaign to add the lead to' }),
		{ ...phoneNumberField, hint: defaultCountryHint },
		secondaryContactsField,
		{
			displayName: 'Allow Duplicates',
			name: 'allowDuplicates',
			type: 'boolean',
			default: false,
			description:
				'Whether to add a number again that is already in the campaign. It will be called again.',
		},
		...customFields(
			'Variables',
			"Values for the assistant's variables, such as the first name",
			'Empty values are not sent',
		),
		optionsField([...CREATE_OPTIONS, 'ifAlreadyThere']),
	],
);

export const toolDescription =
	'Writes: adds one phone number to an Autocalls campaign, and Autocalls will phone it. Needs the campaign ID and the number with its country code. The outcome is "created", or "duplicate" when the campaign has the number already. Harmless to repeat, unless the tool is set to allow duplicates.';

interface NewLead extends LeadPhone {
	campaign: number;
	body: IDataObject;
	allowDuplicates: boolean;
	mustBeNew: boolean;
}

/** Statuses that may mean that the campaign already has the number; none is documented. */
const POSSIBLE_DUPLICATE_STATUSES: readonly number[] = [400, 409, 422];

/** `POST /user/lead`, one lead per request (Autocalls API page, Create lead). */
export const operation = defineOperation(autocalls, {
	safety: 'unsafe',
	isCreate: true,
	parseItem(item): NewLead {
		const campaign = readCampaign(item);
		const phone = readLeadPhone(item, phoneRules);
		const allowDuplicates = item.value('allowDuplicates') === true;
		const variables = [...readCustomFields(item)];
		const contacts = readSecondaryContacts(item);
		const body: IDataObject = {
			campaign_id: campaign,
			phone_number: phone.phone,
			// Spelled like this by Autocalls.
			allow_dupplicate: allowDuplicates,
			...(variables.length === 0 ? {} : { variables: Object.fromEntries(variables) }),
			...(contacts.length === 0 ? {} : { secondary_contacts: contacts }),
		};
		const mustBeNew = item.option('options', 'ifAlreadyThere') === 'error';
		return { ...phone, campaign, body, allowDuplicates, mustBeNew };
	},
	dedupeKeys: (lead) => (lead.allowDuplicates ? [] : [phoneKey(lead, String(lead.campaign))]),
	toOutput: (lead) => ({ phoneNumber: numberOf(lead), campaignId: lead.campaign }),
	notesOnSent: async (client, leads) =>
		await idleCampaignNotes(client, new Set(leads.map(({ campaign }) => campaign))),
	async sendOne(client, lead) {
		const { body } = await client.request(
			userRequest(['lead'], {
				method: 'POST',
				safety: 'unsafe',
				body: lead.body,
				validateBody: (reply) => isOurs(getOwn(reply, 'data'), lead),
				explainRejection: (status, vendorMessage = '') =>
					// A host without this path answers 404, too.
					status === 404 && /campaign/i.test(vendorMessage)
						? unknownCampaign(lead.campaign)
						: undefined,
			}),
		);
		return { kind: 'created', data: toOutput(lead, getOwn(body, 'data')) };
	},
	/** With duplicates allowed, the number found may be an older lead; so may one with other data. */
	async reconcile(client, lead) {
		const found = await leadsWithPhone(client, lead, lead.campaign);
		const [newest] = found;
		if (newest === undefined) return 'notFound';
		if (lead.allowDuplicates) return 'unknown';
		const same = found.find((one) => hasSameData(one, lead));
		if (same !== undefined) return { kind: 'created', data: toOutput(lead, same) };
		return lead.mustBeNew ? exists({}) : duplicate(lead, newest);
	},
	/** How Autocalls reports a number that the campaign already has is not documented, so its list is asked. */
	async resolveRejection(client, lead, rejection) {
		if (lead.allowDuplicates || !POSSIBLE_DUPLICATE_STATUSES.includes(rejection.status ?? 0))
			return undefined;
		const [found] = await leadsWithPhone(client, lead, lead.campaign);
		if (found === undefined) return undefined;
		const { status: httpCode, vendorMessage } = rejection;
		return lead.mustBeNew ? exists({ httpCode, vendorMessage }) : duplicate(lead, found);
	},
});

const exists = (more: Pick<Failure, 'httpCode' | 'vendorMessage'>): Failure =>
	alreadyExists(
		'Autocalls',
		'phone number in the campaign',
		'Set If Lead Exists to Report as Duplicate to pass such leads through, or turn on Allow Duplicates to call them again',
		more,
	);

/** The item's own data and the ID of the lead that Autocalls has. */
function duplicate(lead: NewLead, found: JsonObject): Outcome {
	const own = toOutput(lead, {
		id: found.id,
		status: found.status,
		variables: lead.body.variables,
	});
	return { kind: 'duplicate', data: { ...own, matchedBy: phoneKey(lead).label } };
}

/** True for a reply about this lead, with its number, and its campaign where the reply names one. */
function isOurs(data: unknown, lead: NewLead): boolean {
	if (!isObject(data) || !hasId(data)) return false;
	const campaign = campaignOf(data);
	return (
		isSameNumber(lead, data.phone_number) && (campaign === undefined || campaign === lead.campaign)
	);
}

/** True if a lead has the variables and the secondary contacts that were sent: it is this one, or makes no difference. */
function hasSameData(found: JsonObject, { body }: NewLead): boolean {
	const sent = Object.entries(isObject(body.variables) ? body.variables : {});
	const known = isObject(found.variables) ? found.variables : {};
	const hasVariables =
		sent.length > 0
			? sent.every(([name, value]) => asText(getOwn(known, name)) === asText(value))
			: Object.values(known).every(isBlank);
	return hasVariables && contactNumbers(found) === contactNumbers(body);
}

function contactNumbers(lead: JsonObject): string {
	const numbers = asObjects(lead.secondary_contacts).map((contact) =>
		digitsOf(contact.phone_number),
	);
	return numbers.sort().join();
}

function toOutput(lead: NewLead, data: unknown): IDataObject {
	const vendorLead: JsonObject = isObject(data) ? data : {};
	return {
		...simplifyLead(vendorLead),
		phoneNumber: numberOf(lead),
		campaignId: lead.campaign,
		...compact({ phoneExtension: lead.extension }),
		...secondaryIds(vendorLead),
	};
}

function secondaryIds(lead: JsonObject): IDataObject {
	const ids = asObjects(lead.secondary_contacts).flatMap(({ id }) => asText(id) ?? []);
	return ids.length === 0 ? {} : { secondaryLeadIds: ids };
}
