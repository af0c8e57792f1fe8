import type { CustomFields } from '../../../../nodes/Close/lead/customFieldSchema';
import { readLead } from '../../../../nodes/Close/lead/leadBody';
import { newLeadKeys, readMatchKeys } from '../../../../nodes/Close/lead/matchKeys';
import { fakeItem } from '../../../support/fakes';

const plan = { id: 'cf_1', name: 'Plan', type: 'text', isMultiple: false, choices: [] };
const fields: CustomFields = new Map([[plan.id, plan]]);

const contact = {
	name: 'Nathan',
	phones: { phone: [{ phone: '+15095551234' }] },
	emails: { email: [{ email: 'Nathan@Example.com' }] },
};
const filled = { contacts: { contact: [contact] }, additionalFields: { url: 'example.com' } };

function keysOf(keys: object[], values: object = filled) {
	const item = fakeItem({ ...values, matchBy: { key: keys } });
	return readMatchKeys(item, readLead(item, fields), fields);
}

test('each key has the value of its field', () => {
	expect(
		keysOf([
			{ by: 'phone' },
			{ by: 'email' },
			{ by: 'name' },
			{ by: 'url' },
			{ by: 'leadId', value: 'https://app.close.com/lead/lead_1/' },
			{ by: 'customField', fieldId: 'cf_1', value: 7 },
		]),
	).toEqual([
		{
			by: 'phone',
			values: ['+15095551234'],
			keys: [
				'phone +15095551234 and name nathan',
				'phone +15095551234 and email nathan@example.com',
			],
		},
		{
			by: 'email',
			values: ['nathan@example.com'],
			keys: [
				'email nathan@example.com and name nathan',
				'phone +15095551234 and email nathan@example.com',
			],
		},
		{ by: 'name', value: 'Nathan' },
		{ by: 'url', value: 'example.com' },
		{ by: 'leadId', value: 'lead_1' },
		{
			by: 'customField',
			fieldId: 'cf_1',
			value: '7',
			condition: { type: 'text', mode: 'exact_value', value: '7' },
		},
	]);
});

test('keys without a value are skipped', () => {
	const keys = [{ by: 'phone' }, { by: 'url' }, { by: 'leadId', value: '' }, { by: 'name' }];
	expect(keysOf(keys, { name: 'Bluth' })).toEqual([{ by: 'name', value: 'Bluth' }]);
});

test('at least one key needs a value', () => {
	expect(() => keysOf([{ by: 'phone' }], { name: 'Bluth' })).toThrow(
		'None of the keys in Match By has a value',
	);
	expect(() => keysOf([])).toThrow('None of the keys in Match By has a value');
});

test('a custom field is given by its ID', () => {
	expect(() => keysOf([{ by: 'customField', fieldId: 'Plan', value: 'a' }])).toThrow(
		'Match By: Custom Field: "Plan" is not an ID',
	);
});

test('Any Shared Phone or Email: values are keys by themselves', () => {
	const values = { ...filled, options: { samePerson: 'sharedValue' } };
	expect(keysOf([{ by: 'phone' }, { by: 'email' }], values)).toEqual([
		{ by: 'phone', values: ['+15095551234'], keys: ['phone +15095551234'] },
		{ by: 'email', values: ['nathan@example.com'], keys: ['email nathan@example.com'] },
	]);
});

test('a name or a URL that Close cannot search for is no key, and an error where there is no other', () => {
	const values = { ...filled, name: '???', additionalFields: { url: 'https://' } };
	const keys = [{ by: 'name' }, { by: 'url' }];
	expect(keysOf([...keys, { by: 'phone' }], values)).toMatchObject([{ by: 'phone' }]);
	expect(() => keysOf(keys, values)).toThrow('Match By: "???" has no letters or digits');
});

test('a new lead is known by its phone numbers and emails, or else by its name', () => {
	const keysOfNew = (values: object) =>
		newLeadKeys(readLead(fakeItem(values), fields), 'nameAgrees').map(({ by }) => by);
	expect(keysOfNew(filled)).toEqual(['phone', 'email']);
	expect(keysOfNew({ name: '123' })).toEqual(['name']);
	expect(keysOfNew({ name: '🎉' })).toEqual([]);
	const placeholder = { name: 'A', emails: { email: [{ email: 'none@none.com' }] } };
	expect(keysOfNew({ contacts: { contact: [placeholder] } })).toEqual(['name']);
});
