import type { IDataObject } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { isRecord } from '../../../shared/transport/responseValidators';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { READ_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import type { ItemParameters } from '../../../shared/parameters/ItemParameters';
import { asObjects, getOwn, asText } from '../../../shared/values/json';
import { InvalidInputError } from '../../../shared/errors/InvalidInputError';
import { readText } from '../../../shared/parameters/cells';
import { readOne, toList } from '../../lead/customFields';
import {
	customFieldsOf,
	fieldById,
	loadCustomFields,
	type CustomFields,
} from '../../lead/customFieldSchema';
import { customKey } from '../../lead/customValues';
import {
	customFieldIdField,
	customFieldsMapper,
	detailOptions,
	leadIdField,
	nameField,
	statusField,
} from '../../descriptions/common';
import { addressesField } from '../../descriptions/contacts';
import { readDetails } from '../../lead/leadBody';
import { changedOutput } from '../../lead/leadOutput';
import { close, closeRequest, readLeadId } from '../../transport/vendor';

export const description = showFor(
	'lead',
	['update'],
	[
		leadIdField,
		statusField({ description: 'Leave empty to keep the status' }, 'Unchanged'),
		{
			...addressesField,
			description: 'Replaces all addresses of the lead. Without any, the addresses stay unchanged.',
		},
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				...detailOptions,
				{ ...nameField, description: 'The name of the lead. Leave empty to keep it.' },
			].sort((a, b) => a.displayName.localeCompare(b.displayName)),
		},
		customFieldsMapper,
		{
			displayName: 'Add or Remove Values',
			name: 'multiValueChanges',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Change',
			description: 'Values to add to, or remove from, custom fields with several values',
			options: [
				{
					displayName: 'Change',
					name: 'change',
					values: [
						customFieldIdField('multiValueFieldOptions'),
						{
							displayName: 'Action',
							name: 'do',
							type: 'options',
							default: 'add',
							options: [
								{ name: 'Add Value', value: 'add' },
								{ name: 'Remove Value', value: 'remove' },
							],
						},
						{ displayName: 'Value', name: 'value', type: 'string', default: '' },
					],
				},
			],
		},
		{
			displayName: 'Field Names or IDs to Clear',
			name: 'clear',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'clearableFields' },
			default: [],
			description:
				'Fields to clear. Leaving a field empty above does not change it. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		optionsField([...READ_OPTIONS, 'dateFormat', 'includeInputFields', 'previewOnly']),
	],
);

export const toolDescription =
	'Writes: changes one lead of the CRM Close, given by its lead ID (lead_...); what is left empty stays as it is. The outcome is "updated" or "notFound". Harmless to repeat.';

/** Fields to clear, with the empty value that Close expects. */
function readCleared(item: ItemParameters, fields: CustomFields): IDataObject {
	const cleared = toList(item.value('clear'), 'Field Names or IDs to Clear').map(
		(name): [string, IDataObject[string]] => {
			if (name === 'addresses') return [name, []];
			if (name === 'description' || name === 'url') return [name, null];
			return [customKey(fieldById(fields, name, 'Field to Clear').id), null];
		},
	);
	return Object.fromEntries(cleared);
}

/** Values to add or remove: `custom.cf_….add` and `.remove`, one value each (Close docs, leads). */
function readChanges(item: ItemParameters, fields: CustomFields): IDataObject {
	const label = 'Add or Remove Values';
	const body: IDataObject = {};
	for (const row of asObjects(getOwn(item.value('multiValueChanges'), 'change'))) {
		const text = readText(row.value, label);
		if (text === undefined) continue;
		const field = fieldById(fields, asText(row.fieldId) ?? '', label);
		if (!field.isMultiple) {
			throw new InvalidInputError(
				`${label}: ${field.name} has one value only`,
				'Set it in Custom Fields, or clear it',
			);
		}
		const key = `${customKey(field.id)}.${row.do === 'remove' ? 'remove' : 'add'}`;
		if (key in body) {
			throw new InvalidInputError(
				`${label}: one field has the same action twice`,
				'Close accepts one value at a time: use a second node, or set the whole list in Custom Fields',
			);
		}
		body[key] = row.do === 'remove' ? text : readOne(item, text, field, `${label}: ${field.name}`);
	}
	return body;
}

/** The field that a key changes: `custom.cf_1` for `custom.cf_1.add`. */
const fieldOf = (key: string) => key.replace(/\.(add|remove)$/, '');

/** @throws InvalidInputError for a field that is both set and cleared, or the like */
function assertNoOverlap(...parts: IDataObject[]): void {
	const seen = new Set<string>();
	for (const part of parts) {
		const names = new Set(Object.keys(part).map(fieldOf));
		for (const name of names) {
			if (!seen.has(name)) continue;
			throw new InvalidInputError(
				`${name} would be changed in two ways at once`,
				'Set it, clear it, or add to it, but do only one of these',
			);
		}
		for (const name of names) seen.add(name);
	}
}

/** `PUT /lead/{id}/`: only what is sent changes; contacts have calls of their own (Close docs, leads). */
export const operation = defineOperation(close, {
	safety: 'idempotent',
	prepare: loadCustomFields,
	parseItem(item, account) {
		const leadId = readLeadId(item);
		const fields = customFieldsOf(account);
		const details = readDetails(item, 'updateFields', fields);
		const changes = readChanges(item, fields);
		const cleared = readCleared(item, fields);
		assertNoOverlap(details, changes, cleared);
		const body = { ...details, ...changes, ...cleared };
		if (Object.keys(body).length === 0) {
			throw new InvalidInputError('There is nothing to change', 'Fill in at least one field');
		}
		return { leadId, body, simplify: item.simplify };
	},
	recordKeys: ({ leadId }) => leadId,
	async sendOne(client, { leadId, body, simplify }) {
		const reply = await client.request(
			closeRequest('lead', {
				id: leadId,
				method: 'PUT',
				safety: 'idempotent',
				body,
				expectedStatuses: [404],
				validateBody: isRecord(leadId),
			}),
		);
		if (reply.status === 404) return { kind: 'notFound', data: { leadId } };
		const updated = asObjects([reply.body])[0] ?? { id: leadId };
		return { kind: 'updated', data: await changedOutput(client, updated, simplify) };
	},
});
