import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { hasId } from '../../../shared/transport/responseValidators';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { asObjects } from '../../../shared/values/json';
import type { JsonObject } from '../../../shared/values/json';
import type { Outcome } from '../../../shared/actions/outcome/outcome';
import { showFor } from '../../../shared/transport/vendor';
import {
	additionalFields,
	addressesField,
	contactsField,
	customFieldsMapper,
	ifAlreadyThereOption,
	nameField,
	statusField,
} from '../../descriptions/common';
import { readLead, extensionOutput } from '../../lead/leadBody';
import type { LeadBody } from '../../lead/leadBody';
import { simplifyLead } from '../../lead/lead';
import { findAfterLostResponse, findAny, dedupeKeysOf } from '../../lead/matching';
import type { MatchKey } from '../../lead/matching';
import { close, closeRequest } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
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
		optionsField(
			[
				'defaultCountry',
				'giveUpAfter',
				'phoneCheck',
				'previewOnly',
				'rememberSentLeads',
				'requestsAtOnce',
				'requestsPerMinute',
				'timeout',
			],
			[ifAlreadyThereOption],
		),
	],
);

interface NewLead extends LeadBody {
	/** By what a lead that is there already is found; none where every lead is to be created. */
	matches: MatchKey[];
	/** Whether a lead that is there already counts as a failure. */
	mustBeNew: boolean;
	allowDuplicates: boolean;
}

/** A lead is known by its phone numbers and e-mails; by its name where it has neither. */
function matchesOf({ contacts, name }: LeadBody): MatchKey[] {
	const matches: MatchKey[] = [];
	if (contacts.phones.length > 0) matches.push({ by: 'phone', values: contacts.phones });
	if (contacts.emails.length > 0) matches.push({ by: 'email', values: contacts.emails });
	return matches.length === 0 && name !== undefined ? [{ by: 'name', value: name }] : matches;
}

/** `POST /lead/`, one lead a call (seed 004), after a search: Close takes every lead as a new one. */
export const execute = defineOperation(close, {
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

	maxBatchSize: () => 1,
	dedupeKeys: ({ matches, allowDuplicates }) =>
		allowDuplicates ? [] : matches.flatMap(dedupeKeysOf),
	toOutput: ({ name, contacts }) => ({
		name: name ?? null,
		phoneNumber: contacts.phones[0] ?? null,
		email: contacts.emails[0] ?? null,
	}),

	async sendBatch(vendor, [lead]) {
		if (lead === undefined) return [];
		const searches = !lead.allowDuplicates && !vendor.dryRun;
		const [found] = searches ? await findAny(vendor, lead.matches) : [];
		if (found !== undefined) {
			return [lead.mustBeNew ? alreadyThere(found) : told('duplicate', lead, found)];
		}
		const { body } = await vendor.request(
			closeRequest('lead', {
				method: 'POST',
				safety: 'unsafe',
				body: lead.body,
				validateBody: hasId,
			}),
		);
		return [told('created', lead, asObjects([body])[0] ?? {})];
	},

	/** With duplicates allowed, a lead that is found may be an older one. */
	async reconcile(vendor, lead) {
		const found = await findAfterLostResponse(vendor, lead.matches);
		if (found === 'unknown') return 'unknown';
		const newest = found[found.length - 1];
		if (newest === undefined) return 'absent';
		return lead.allowDuplicates ? 'unknown' : told('created', lead, newest);
	},
});

function told(kind: 'created' | 'duplicate', { contacts }: NewLead, lead: JsonObject): Outcome {
	return { kind, data: { ...simplifyLead(lead), ...extensionOutput(contacts) } };
}

function alreadyThere(lead: JsonObject): Outcome {
	return {
		kind: 'refused',
		message: `Close has this lead already: ${String(simplifyLead(lead).leadId)}`,
		description:
			'Set If Already There to Return as Duplicate to pass such leads through, or to Create Anyway to have it twice',
	};
}
