import { alreadyExists } from '../../../shared/actions/outcome/failures';
import { defineOperation } from '../../../shared/actions/router';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { CREATE_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import type { JsonObject } from '../../../shared/values/json';
import type { Outcome } from '../../../shared/actions/outcome/outcome';
import {
	additionalFields,
	customFieldsMapper,
	ifAlreadyThereOption,
	nameField,
	statusField,
} from '../../descriptions/common';
import { addressesField, contactsField } from '../../descriptions/contacts';
import { readLead, extensionOutput, type LeadBody } from '../../lead/leadBody';
import { createLead, simplifyLead } from '../../lead/lead';
import { findAfterLostResponse, findAny, dedupeKeysOf, type MatchKey } from '../../lead/matching';
import { close } from '../../transport/vendor';

export const description = showFor(
	'lead',
	['create'],
	[
		nameField,
		contactsField,
		statusField(
			{
				description: 'The status of the new lead; empty takes the first status of the organization',
			},
			'First status',
		),
		addressesField,
		additionalFields,
		customFieldsMapper,
		optionsField(CREATE_OPTIONS, [ifAlreadyThereOption]),
	],
);

export const toolDescription =
	'Writes: adds one lead (a company or person, with its contacts) to the CRM Close. A lead that Close has already, by phone number or email, is not added again: the outcome is "created" or "duplicate". Do not repeat it within a minute: Close finds a new lead only after a moment.';

interface NewLead extends LeadBody {
	matches: MatchKey[];
	mustBeNew: boolean;
	allowDuplicates: boolean;
}

/** Phone numbers and emails identify a lead; its name does if it has neither. */
function matchesOf({ contacts, name }: LeadBody): MatchKey[] {
	const matches: MatchKey[] = [];
	if (contacts.phones.length > 0) matches.push({ by: 'phone', values: contacts.phones });
	if (contacts.emails.length > 0) matches.push({ by: 'email', values: contacts.emails });
	return matches.length === 0 && name !== undefined ? [{ by: 'name', value: name }] : matches;
}

/** `POST /lead/`, one lead per request (Close API page, Create a new lead). Close does not detect duplicates, so it is searched first. */
export const operation = defineOperation(close, {
	safety: 'unsafe',
	parseItem(item): NewLead {
		const lead = readLead(item);
		const choice = item.option('options', 'ifAlreadyThere');
		return {
			...lead,
			matches: matchesOf(lead),
			mustBeNew: choice === 'error',
			allowDuplicates: choice === 'create',
		};
	},
	dedupeKeys: ({ matches, allowDuplicates }) =>
		allowDuplicates ? [] : matches.flatMap(dedupeKeysOf),
	toOutput: ({ name, contacts }) => ({
		name: name ?? null,
		phoneNumber: contacts.phones[0] ?? null,
		email: contacts.emails[0] ?? null,
	}),
	lookUp: async (client, leads) =>
		await Promise.all(
			leads.map(async ({ allowDuplicates, matches }) =>
				allowDuplicates ? [] : await findAny(client, matches),
			),
		),
	async sendOne(client, lead, found) {
		const [existing] = found ?? [];
		if (existing !== undefined) {
			return lead.mustBeNew ? exists(existing) : toOutcome('duplicate', lead, existing);
		}
		return toOutcome('created', lead, await createLead(client, lead.body));
	},
	/** With duplicates allowed, the lead found may be an older one. */
	async reconcile(client, lead) {
		const found = await findAfterLostResponse(client, lead.matches);
		if (found === 'unknown') return 'unknown';
		const newest = found[found.length - 1];
		if (newest === undefined) return 'notFound';
		return lead.allowDuplicates ? 'unknown' : toOutcome('created', lead, newest);
	},
});

function toOutcome(
	kind: 'created' | 'duplicate',
	{ contacts }: NewLead,
	lead: JsonObject,
): Outcome {
	return { kind, data: { ...simplifyLead(lead), ...extensionOutput(contacts) } };
}

function exists(lead: JsonObject): Outcome {
	return alreadyExists(
		'Close',
		`lead: ${String(simplifyLead(lead).leadId)}`,
		'Set If Lead Exists to Report as Duplicate to pass such leads through, or to Create Anyway to create another one',
	);
}
