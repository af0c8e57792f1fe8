import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { formatIso } from '../../../shared/values/dates';
import {
	customFields,
	optionsField,
	phoneNumberField,
	stateField,
} from '../../../shared/descriptions/commonFields';
import { getOwn, asText } from '../../../shared/values/json';
import {
	quote,
	readCustomFields,
	readLeadPhone,
	readDateTime,
	readState,
} from '../../../shared/parameters/leadParameters';
import type { LeadPhone } from '../../../shared/parameters/leadParameters';
import { InvalidInputError } from '../../../shared/errors/InvalidInputError';
import type { Outcome } from '../../../shared/actions/outcome/outcome';
import { readUsZip } from '../../../shared/values/usAddress';
import { showFor } from '../../../shared/transport/vendor';
import { aktify, phoneRules } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'lead',
	['create'],
	[
		phoneNumberField,
		stateField('Two-letter code or name of the US state. State or ZIP Code is required.'),
		{
			displayName: 'ZIP Code',
			name: 'zipCode',
			type: 'string',
			default: '',
			placeholder: 'e.g. 90210',
			description: 'Aktify finds the state by it. State or ZIP Code is required.',
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
						'When the lead came to be in your own system. Campaigns that contact in batches may order leads by it.',
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
					description: "Your own ID of the lead; Aktify's webhooks repeat it",
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
					description: 'The link to send, for a link-click campaign. Use this or Link to Shorten.',
				},
				{
					displayName: 'Link to Shorten',
					name: 'linkToShorten',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://www.example.com/offer',
					description:
						'The link that Aktify shortens and sends, for a campaign that tracks clicks. Use this or Link.',
				},
				{
					displayName: 'Source',
					name: 'source',
					type: 'string',
					default: '',
					placeholder: 'e.g. spring-form',
					description: 'Where the lead comes from, for message templates that name it',
				},
			],
		},
		...customFields(
			'Metadata',
			'What else to tell Aktify of the lead',
			'Text, number or expression; it is sent as text, and not at all when empty',
		),
		optionsField([
			'defaultCountry',
			'giveUpAfter',
			'ifAlreadyThere',
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
	body: IDataObject;
	/** Whether a lead that is there already counts as a failure. */
	mustBeNew: boolean;
}

const plainFields = [
	'email',
	'externalLeadId',
	'firstName',
	'lastName',
	'link',
	'linkToShorten',
	'source',
] as const;

/**
 * `POST /api/v1/leads`, one lead a call (seed 002). A number that was already submitted is answered
 * with 409, which makes sending a lead again after a lost reply harmless.
 */
export const execute = defineOperation(aktify, {
	safety: 'idempotent',

	parseItem(item): NewLead {
		const phone = readLeadPhone(item, phoneRules);
		const region = readState(item);
		const zip = item.value('zipCode');
		const zipCode = readUsZip(zip);
		if (asText(zip) !== undefined && zipCode === undefined) {
			throw new InvalidInputError(
				`ZIP Code: ${quote(zip)} is not a US ZIP code`,
				'Use five digits, or nine with a hyphen',
			);
		}
		if (region === undefined && zipCode === undefined) {
			throw new InvalidInputError(
				'State and ZIP Code are both empty',
				'Aktify needs one of them to know when it may contact the lead',
			);
		}
		const texts = plainFields.flatMap((name): Array<[string, string]> => {
			const value = asText(item.option('additionalFields', name));
			return value === undefined ? [] : [[name, value]];
		});
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
		return { ...phone, body, mustBeNew };
	},

	maxBatchSize: () => 1,
	dedupeKeys: ({ phone, e164 }) => e164 ?? phone,
	toOutput: (lead) => told(lead, undefined),

	async sendBatch(vendor, [lead]) {
		if (lead === undefined) return [];
		const { body, mustBeNew } = lead;
		const reply = await vendor.request({
			method: 'POST',
			path: ['api', 'v1', 'leads'],
			safety: 'idempotent',
			body,
			expectedStatuses: [409],
			rateLimitGroup: 'create',
		});
		if (reply.status !== 409) return [{ kind: 'created', data: told(lead, reply.body) }];
		if (reply.afterLostResponse) {
			const note =
				'The first reply was lost; Aktify confirmed on the second try that it has the lead';
			return [{ kind: 'created', data: { ...told(lead, undefined), note } }];
		}
		return [mustBeNew ? alreadyThere : { kind: 'duplicate', data: told(lead, undefined) }];
	},
});

const alreadyThere: Outcome = {
	kind: 'refused',
	message: 'Aktify has this phone number in the campaign already',
	description: 'Set If Already There to Return as Duplicate to pass such leads through',
	httpCode: 409,
};

/** The output of a lead; `echo` is the reply, whose link may be a shortened one. */
function told({ phone, extension, body }: NewLead, echo: unknown): IDataObject {
	const data: IDataObject = { phoneNumber: phone };
	if (extension !== undefined) data.phoneExtension = extension;
	if (body.externalLeadId !== undefined) data.leadId = body.externalLeadId;
	const link = asText(getOwn(echo, 'link'));
	if (link !== undefined) data.link = link;
	return data;
}
