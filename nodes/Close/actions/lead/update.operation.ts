import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { action } from '../../../shared/actions/router';
import { hasId } from '../../../shared/transport/responseValidators';
import { optionsField } from '../../../shared/descriptions/commonFields';
import type { ItemReader } from '../../../shared/parameters/ItemParameters';
import { objectsIn, own, textOf } from '../../../shared/values/json';
import { InvalidLead } from '../../../shared/actions/outcome/outcome';
import { shownFor } from '../../../shared/transport/vendor';
import { toList } from '../../lead/customFields';
import {
	addressesField,
	customFieldsMapper,
	detailOptions,
	leadIdField,
	nameField,
	statusField,
} from '../../descriptions/common';
import { readDetails } from '../../lead/leadBody';
import { shownBy } from '../../lead/lead';
import { close, closeCall, readId } from '../../transport/vendor';

export const fields: INodeProperties[] = shownFor(
	'lead',
	['update'],
	[
		leadIdField,
		statusField({ description: 'Empty leaves the status as it is' }, 'Unchanged'),
		{
			...addressesField,
			description: 'Replace all addresses of the lead; none leaves them as they are',
		},
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				...detailOptions,
				{ ...nameField, description: 'The name of the lead; empty leaves it as it is' },
			].sort((a, b) => a.displayName.localeCompare(b.displayName)),
		},
		customFieldsMapper,
		{
			displayName: 'Multi-Value Changes',
			name: 'multiValueChanges',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Change',
			description: 'Values to add to, or remove from, custom fields that hold several',
			options: [
				{
					displayName: 'Change',
					name: 'change',
					values: [
						{
							displayName: 'Field Name or ID',
							name: 'fieldId',
							type: 'options',
							typeOptions: { loadOptionsMethod: 'customFieldOptions' },
							default: '',
							description:
								'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
						},
						{
							displayName: 'Do',
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
				'Fields to empty; a field that is merely left empty above stays as it is. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		optionsField([
			'giveUpAfter',
			'previewOnly',
			'requestsAtOnce',
			'requestsPerMinute',
			'simplify',
			'timeout',
		]),
	],
);

/** What to empty, as Close takes it. */
function readCleared(item: ItemReader): IDataObject {
	const cleared = toList(item.value('clear')).map((name): [string, IDataObject[string]] => {
		if (name === 'addresses') return [name, []];
		if (name === 'description' || name === 'url') return [name, null];
		return [`custom.${readId(name, 'cf', 'Field to Clear')}`, null];
	});
	return Object.fromEntries(cleared);
}

/** Values to add or remove: `custom.cf_….add` and `.remove`, one value each (Close docs, leads). */
function readChanges(item: ItemReader): IDataObject {
	const body: IDataObject = {};
	for (const row of objectsIn(own(item.value('multiValueChanges'), 'change'))) {
		const value = textOf(row.value);
		if (value === undefined) continue;
		const id = readId(textOf(row.fieldId) ?? '', 'cf', 'Multi-Value Changes');
		const key = `custom.${id}.${row.do === 'remove' ? 'remove' : 'add'}`;
		if (key in body) {
			throw new InvalidLead(
				'Multi-Value Changes: one field is named twice with the same change',
				'Close takes one value at a time: use a second node, or set the whole list in Custom Fields',
			);
		}
		body[key] = value;
	}
	return body;
}

/** The field that a key changes: `custom.cf_1` for `custom.cf_1.add`. */
const fieldOf = (key: string) => key.replace(/\.(add|remove)$/, '');

/** @throws InvalidLead for a field that is both set and cleared, or the like */
function mustNotOverlap(...parts: IDataObject[]): void {
	const seen = new Set<string>();
	for (const part of parts) {
		const names = new Set(Object.keys(part).map(fieldOf));
		for (const name of names) {
			if (!seen.has(name)) continue;
			throw new InvalidLead(
				`${name} is to be changed in two ways at once`,
				'Set it, clear it, or add to it, but only one of them',
			);
		}
		for (const name of names) seen.add(name);
	}
}

/** `PUT /lead/{id}/`: only what is sent changes; contacts have calls of their own (Close docs, leads). */
export const execute = action(close, {
	effect: 'harmlessWrite',

	prepare(item) {
		const leadId = readId(item.requiredText('leadId', 'Lead ID'), 'lead', 'Lead ID');
		const details = readDetails(item, 'updateFields');
		const changes = readChanges(item);
		const cleared = readCleared(item);
		mustNotOverlap(details, changes, cleared);
		const body = { ...details, ...changes, ...cleared };
		if (Object.keys(body).length === 0) {
			throw new InvalidLead('There is nothing to change', 'Fill in at least one field');
		}
		const simplify = item.within('options', 'simplify') !== false;
		return { leadId, body, simplify };
	},

	batchSize: () => 1,
	target: ({ leadId }) => leadId,

	async send(vendor, [lead]) {
		if (lead === undefined) return [];
		const { leadId, body, simplify } = lead;
		const reply = await vendor.call(
			closeCall(
				'lead',
				{ method: 'PUT', effect: 'harmlessWrite', body, accept: [404], holds: hasId },
				leadId,
			),
		);
		if (reply.status === 404) return [{ kind: 'notFound', data: { leadId } }];
		const updated = objectsIn([reply.body])[0] ?? { id: leadId };
		return [{ kind: 'updated', data: shownBy(simplify)(updated) }];
	},
});
