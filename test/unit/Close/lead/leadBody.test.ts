import {
	extensionOutput,
	readDetails,
	readLead,
	readStatus,
} from '../../../../nodes/Close/lead/leadBody';
import type { CustomFields } from '../../../../nodes/Close/lead/customFieldSchema';
import { fakeItem } from '../../../support/fakes';

const plan = { id: 'cf_1', name: 'Plan', type: 'text', isMultiple: false, choices: [] };
const fields: CustomFields = new Map([[plan.id, plan]]);

test('the status is optional, and an ID of a status', () => {
	expect(readStatus(fakeItem({}))).toBeUndefined();
	expect(readStatus(fakeItem({ status: { mode: 'id', value: ' stat_1 ' } }))).toBe('stat_1');
	expect(() => readStatus(fakeItem({ status: 'lead_1' }))).toThrow('Status: "lead_1" is not an ID');
});

test('only fields that are filled in are sent', () => {
	expect(readDetails(fakeItem({}), 'additionalFields', fields)).toStrictEqual({});
	const item = fakeItem({
		name: 'Bluth',
		status: 'stat_1',
		additionalFields: { description: '', url: 'https://example.com' },
		addresses: { address: [{ city: 'Boise' }] },
		customFields: { mappingMode: 'defineBelow', value: { cf_1: 'x' }, schema: [] },
	});
	expect(readDetails(item, 'additionalFields', fields)).toStrictEqual({
		name: 'Bluth',
		status_id: 'stat_1',
		url: 'https://example.com',
		addresses: [{ city: 'Boise' }],
		'custom.cf_1': 'x',
	});
});

test('a new lead without name has the name of its first contact', () => {
	const contacts = { contact: [{ name: 'Nathan' }, { name: 'Ada' }] };
	const lead = readLead(fakeItem({ contacts }), fields);
	expect(lead.name).toBe('Nathan');
	expect(lead.body).toStrictEqual({
		name: 'Nathan',
		contacts: [{ name: 'Nathan' }, { name: 'Ada' }],
	});
});

test('a new lead may have contacts without any name', () => {
	const contact = [{ emails: { email: [{ email: 'a@b.co' }] } }];
	const lead = readLead(fakeItem({ contacts: { contact } }), fields);
	expect(lead.name).toBeUndefined();
	expect(lead.body).toStrictEqual({
		contacts: [{ emails: [{ email: 'a@b.co', type: 'office' }] }],
	});
});

test('a new lead needs a name or a contact', () => {
	expect(() => readLead(fakeItem({}), fields)).toThrow('Name, Contact Name, Phone Number, Email and More Contacts are all empty');
});

test('the first extension is in the output', () => {
	const contacts = { bodies: [], people: [] };
	expect(extensionOutput({ ...contacts, extensions: ['9', '8'] })).toEqual({ phoneExtension: '9' });
	expect(extensionOutput({ ...contacts, extensions: [] })).toStrictEqual({});
});
