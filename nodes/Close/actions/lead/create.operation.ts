import { alreadyExists } from '../../../shared/actions/outcome/failures';
import { defineOperation } from '../../../shared/actions/router';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { CREATE_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { asText, type JsonObject } from '../../../shared/values/json';
import type { Outcome } from '../../../shared/actions/outcome/outcome';
import {
	additionalFields,
	customFieldsMapper,
	ifAlreadyThereOption,
	nameField,
	samePersonOption,
	statusField,
} from '../../descriptions/common';
import { addressesField, contactFields } from '../../descriptions/contacts';
import { customFieldsOf, loadCustomFields } from '../../lead/customFieldSchema';
import {
	ownOutput,
	nameOfLead,
	readLead,
	extensionOutput,
	type LeadBody,
} from '../../lead/leadBody';
import { createLead } from '../../lead/lead';
import { lastWith } from '../../lead/leadContacts';
import { labeledKeysOf, type MatchKey } from '../../lead/leadKeys';
import { createdOutput } from '../../lead/leadOutput';
import { findAfterLostResponse, findAny, type FoundLead } from '../../lead/matching';
import { newLeadKeys, readSamePerson } from '../../lead/matchKeys';
import { assertSearchable } from '../../lead/searchQuery';
import { close } from '../../transport/vendor';

export const description = showFor(
	'lead',
	['create'],
	[
		nameField,
		...contactFields(),
		statusField(
			{
				description: 'The status of the new lead; empty takes the first status of the organization',
			},
			'First status',
		),
		addressesField,
		additionalFields,
		customFieldsMapper,
		optionsField(
			[...CREATE_OPTIONS, 'dateFormat', 'simplify'],
			[ifAlreadyThereOption, samePersonOption],
		),
	],
);

export const toolDescription =
	'Writes: adds one lead (a company or person, with its contacts) to the CRM Close. A lead that Close has already, by phone number or email, is not added again: the outcome is "created" or "duplicate". Do not repeat it within a minute: Close finds a new lead only after a moment.';

interface NewLead extends LeadBody {
	matches: MatchKey[];
	mustBeNew: boolean;
	allowDuplicates: boolean;
	simplify: boolean;
}

/** `POST /lead/`, one lead per request (Close API page, Create a new lead). Close does not detect duplicates, so it is searched first. */
export const operation = defineOperation(close, {
	safety: 'unsafe',
	isCreate: true,
	itemName: nameOfLead,
	prepare: loadCustomFields,
	parseItem(item, account): NewLead {
		const lead = readLead(item, customFieldsOf(account));
		const choice = item.option('options', 'ifAlreadyThere');
		const allowDuplicates = choice === 'create';
		const matches = newLeadKeys(lead, readSamePerson(item));
		const isNameOnly = matches.length === 0 && lead.name !== undefined;
		if (isNameOnly && !allowDuplicates) assertSearchable(lead.name ?? '', 'Name');
		const { simplify } = item;
		return { ...lead, matches, mustBeNew: choice === 'error', allowDuplicates, simplify };
	},
	dedupeKeys: ({ matches, allowDuplicates }) => (allowDuplicates ? [] : labeledKeysOf(matches)),
	toOutput: (lead) => ownOutput(lead),
	lookUp: async (client, leads) =>
		await Promise.all(
			leads.map(async ({ allowDuplicates, matches }) =>
				allowDuplicates ? [] : await findAny(client, matches),
			),
		),
	async sendOne(client, lead, found) {
		const [existing] = found ?? [];
		if (existing !== undefined) {
			return lead.mustBeNew ? exists(existing) : duplicate(lead, existing);
		}
		return created(lead, await createLead(client, lead.body));
	},
	/** With duplicates allowed, the lead found may be an older one; so is one that shares only a part of the contacts. */
	async reconcile(client, lead) {
		const found = await findAfterLostResponse(client, lead.matches);
		if (found === 'unknown') return 'unknown';
		const newest = found[found.length - 1];
		if (newest === undefined) return 'notFound';
		if (lead.allowDuplicates) return 'unknown';
		const leads = found.map((one) => one.lead);
		const own = await lastWith(client, leads, lead.contacts.people);
		if (own !== undefined) return created(lead, own);
		return lead.mustBeNew ? exists(newest) : duplicate(lead, newest);
	},
});

function created({ body, contacts, simplify }: NewLead, lead: JsonObject): Outcome {
	const output = createdOutput(lead, body, simplify);
	return { kind: 'created', data: { ...output, ...extensionOutput(contacts) } };
}

function duplicate(lead: NewLead, { lead: existing, matchedBy }: FoundLead): Outcome {
	const leadId = asText(existing.id) ?? null;
	return { kind: 'duplicate', data: { ...ownOutput(lead), leadId, matchedBy } };
}

function exists({ lead, matchedBy }: FoundLead): Outcome {
	return alreadyExists(
		'Close',
		`lead: ${asText(lead.id) ?? 'one'} has the same ${matchedBy}`,
		'Set If Lead Exists to Report as Duplicate to pass such leads through, or to Create Anyway to create another one',
	);
}
