import { readLead } from '../../../../nodes/Close/lead/leadBody';
import { readMatchKeys } from '../../../../nodes/Close/lead/matchKeys';
import { fakeItem } from '../../../support/fakes';

const contact = {
	name: 'Nathan',
	phones: { phone: [{ phone: '+15095551234' }] },
	emails: { email: [{ email: 'Nathan@Example.com' }] },
};
const filled = { contacts: { contact: [contact] }, additionalFields: { url: 'example.com' } };

function keysOf(keys: object[], values: object = filled) {
	const item = fakeItem({ ...values, matchBy: { key: keys } });
	return readMatchKeys(item, readLead(item));
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
		{ by: 'phone', values: ['+15095551234'] },
		{ by: 'email', values: ['nathan@example.com'] },
		{ by: 'name', value: 'Nathan' },
		{ by: 'url', value: 'example.com' },
		{ by: 'leadId', value: 'lead_1' },
		{ by: 'customField', fieldId: 'cf_1', value: '7' },
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
