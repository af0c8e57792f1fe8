import type { IDataObject } from 'n8n-workflow';
import { alreadyExists } from '../../../shared/actions/outcome/failures';
import type { Outcome } from '../../../shared/actions/outcome/outcome';
import { phoneKey } from '../../../shared/actions/dedupeKey';
import { defineOperation } from '../../../shared/actions/router';
import { formatIso } from '../../../shared/values/dates';
import {
	customFields,
	phoneNumberFieldOf,
	stateField,
} from '../../../shared/descriptions/commonFields';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { CREATE_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { getOwn, isObject, toRawOutput } from '../../../shared/values/json';
import { readIdText } from '../../../shared/parameters/cells';
import {
	numberOf,
	readCustomFields,
	readLeadPhone,
	readDateTime,
	readState,
	readZip,
	type LeadPhone,
} from '../../../shared/parameters/leadParameters';
import { InvalidInputError } from '../../../shared/errors/InvalidInputError';
import { simplifyReply } from '../../lead/acceptance';
import { isSameNumber } from '../../lead/numbers';
import { aktify, phoneRules } from '../../transport/vendor';

export const description = showFor(
	'lead',
	['create'],
	[
		{
			displayName:
				'Aktify cannot look up leads. To follow them, fill in External Lead ID and use the Aktify Trigger.',
			name: 'noGetNotice',
			type: 'notice',
			default: '',
			// For the person at the panel, not for the model of a tool.
			displayOptions: { hide: { '@tool': [true] } },
		},
		phoneNumberFieldOf('US numbers'),
		stateField('Two-letter code or name of the US state. Fill in State or ZIP Code.'),
		{
			displayName: 'ZIP Code',
			name: 'zipCode',
			type: 'string',
			default: '',
			placeholder: 'e.g. 90210',
			description: 'Used to find the state. Fill in State or ZIP Code.',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Created At',
					name: 'externalCreated',
					type: 'dateTime',
					default: '',
					description:
						'When the lead was created in your own system. Aktify may use it to decide whom to contact first.',
				},
				{
					displayName: 'Email',
					name: 'email',
					type: 'string',
					default: '',
					placeholder: 'e.g. nathan@example.com',
				},
				{
					displayName: 'External Lead ID',
					name: 'externalLeadId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 10042',
					description: "Your own ID for the lead. Aktify's webhooks include it.",
				},
				{
					displayName: 'First Name',
					name: 'firstName',
					type: 'string',
					default: '',
					placeholder: 'e.g. Nathan',
				},
				{
					displayName: 'Last Name',
					name: 'lastName',
					type: 'string',
					default: '',
					placeholder: 'e.g. Smith',
				},
				{
					displayName: 'Link',
					name: 'link',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://www.example.com/offer',
					description:
						'The link to send, for a link-click campaign. Fill in either Link or Link to Shorten, not both.',
				},
				{
					displayName: 'Link to Shorten',
					name: 'linkToShorten',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://www.example.com/offer',
					description:
						'The link that Aktify shortens and sends, for a campaign that tracks clicks. Fill in either Link or Link to Shorten, not both.',
				},
				{
					displayName: 'Source',
					name: 'source',
					type: 'string',
					default: '',
					placeholder: 'e.g. spring-form',
					description: 'Lead source, for templates that mention it',
				},
			],
		},
		...customFields(
			'Metadata',
			'Extra information to send with the lead',
			'Sent as text. Empty values are not sent.',
		),
		optionsField([...CREATE_OPTIONS, 'dateFormat', 'ifAlreadyThere', 'phoneFormat', 'simplify']),
	],
);

export const toolDescription =
	'Writes: adds one person to an Aktify campaign, and Aktify will text or call this person. Needs a phone number, and a US state or ZIP code. The outcome is "created", or "duplicate" when the campaign has the number already. Harmless to repeat: a number counts once. There is no tool that looks up a lead at Aktify.';

interface NewLead extends LeadPhone {
	body: IDataObject;
	/** If Lead Exists = Report as Error. */
	mustBeNew: boolean;
	simplify: boolean;
}

const TEXT_FIELDS = {
	email: 'Email',
	firstName: 'First Name',
	lastName: 'Last Name',
	link: 'Link',
	linkToShorten: 'Link to Shorten',
	source: 'Source',
};

/** `POST /api/v1/leads` (Aktify API page, Create lead). A repeat gets a 409, so resending after a lost response is harmless. */
export const operation = defineOperation(aktify, {
	safety: 'idempotent',
	isCreate: true,
	parseItem(item): NewLead {
		const phone = readLeadPhone(item, phoneRules);
		const zipCode = readZip(item.value('zipCode'), 'ZIP Code');
		const region = readState(item, zipCode !== undefined);
		if (region === undefined && zipCode === undefined) {
			throw new InvalidInputError(
				'State and ZIP Code are both empty',
				'Aktify needs one of them to respect local calling hours',
			);
		}
		const texts = Object.entries(TEXT_FIELDS).flatMap(([name, label]): Array<[string, string]> => {
			const value = item.optionText('additionalFields', name, label);
			return value === undefined ? [] : [[name, value]];
		});
		const leadId = readIdText(
			item.option('additionalFields', 'externalLeadId'),
			'External Lead ID',
		);
		const created = readDateTime(
			item,
			item.option('additionalFields', 'externalCreated'),
			'Created At',
		);
		const metadata = [...readCustomFields(item)];
		const body: IDataObject = Object.fromEntries([
			['phoneNumber', phone.phone],
			...(region === undefined ? [] : [['region', region]]),
			...(zipCode === undefined ? [] : [['zipCode', zipCode]]),
			...texts,
			...(leadId === undefined ? [] : [['externalLeadId', leadId]]),
			...(created === undefined
				? []
				: [['externalCreated', formatIso(created.epochMs, created.offsetMinutes)]]),
			...(metadata.length === 0
				? []
				: [['metadata', Object.fromEntries(metadata.map(([key, value]) => [key, String(value)]))]]),
		]);
		if (body.link !== undefined && body.linkToShorten !== undefined) {
			throw new InvalidInputError(
				'Link and Link to Shorten are both filled in',
				'Aktify takes one of them: clear the other',
			);
		}
		const mustBeNew = item.option('options', 'ifAlreadyThere') === 'error';
		return { ...phone, body, mustBeNew, simplify: item.simplify };
	},
	itemName: (item) => item.option('additionalFields', 'externalLeadId'),
	dedupeKeys: (lead) => [phoneKey(lead)],
	toOutput,
	async sendOne(client, lead) {
		const reply = await client.request({
			method: 'POST',
			path: ['api', 'v1', 'leads'],
			safety: 'idempotent',
			body: lead.body,
			expectedStatuses: [409],
			validateBody: (body) => isSameNumber(lead, getOwn(body, 'phoneNumber')),
			rateLimitGroup: 'create',
		});
		if (reply.status !== 409) return { kind: 'created', data: createdOutput(lead, reply.body) };
		if (reply.afterLostResponse) {
			const note =
				'The first reply was lost. Aktify has the number: most likely from this item, but it may be from before';
			return { kind: 'created', data: { ...toOutput(lead), note } };
		}
		return lead.mustBeNew ? exists : duplicate(lead);
	},
});

function duplicate(lead: NewLead): Outcome {
	const { label: matchedBy } = phoneKey(lead);
	return { kind: 'duplicate', data: { ...toOutput(lead), matchedBy } };
}

const exists = alreadyExists(
	'Aktify',
	'phone number in the campaign',
	'Set If Lead Exists to Report as Duplicate to pass such leads through',
	{ httpCode: 409 },
);

function toOutput({ extension, body, ...phone }: NewLead): IDataObject {
	const data: IDataObject = { phoneNumber: numberOf(phone) };
	if (extension !== undefined) data.phoneExtension = extension;
	if (body.externalLeadId !== undefined) data.leadId = body.externalLeadId;
	return data;
}

function createdOutput(lead: NewLead, reply: unknown): IDataObject {
	const output = toOutput(lead);
	if (lead.simplify) return { ...output, ...simplifyReply(lead.body, reply) };
	return { ...output, ...toRawOutput(isObject(reply) ? reply : {}) };
}
