import { readAddresses, readContacts, readEmail } from '../../../../nodes/Close/lead/contacts';
import { fakeItem } from '../../../support/fakes';

const contactsOf = (...contact: object[]) =>
	readContacts(fakeItem({ contacts: { contact }, options: { defaultCountry: 'US' } }));

const phones = (...phone: object[]) => ({ phones: { phone } });
const emails = (...email: object[]) => ({ emails: { email } });

test('a contact with everything', () => {
	const contact = {
		name: ' Nathan Smith ',
		title: 'Head of Sales',
		...phones({ phone: '(509) 555-1234 x9', type: 'mobile' }),
		...emails({ email: 'Nathan@Example.com', type: 'direct' }),
		urls: { url: [{ url: 'https://example.com' }] },
	};
	expect(contactsOf(contact)).toEqual({
		bodies: [
			{
				name: 'Nathan Smith',
				title: 'Head of Sales',
				phones: [{ phone: '+15095551234', type: 'mobile' }],
				emails: [{ email: 'Nathan@Example.com', type: 'direct' }],
				urls: [{ url: 'https://example.com', type: 'url' }],
			},
		],
		phones: ['+15095551234'],
		emails: ['nathan@example.com'],
		extensions: ['9'],
	});
});

test('rows and contacts without a value are not sent', () => {
	const empty = { name: '', ...phones({ phone: '' }), ...emails({ email: null }) };
	expect(contactsOf(empty, {}, { name: 'A', ...phones({ phone: ' ' }) }).bodies).toEqual([
		{ name: 'A' },
	]);
	expect(readContacts(fakeItem({})).bodies).toEqual([]);
});

test('an invalid number or address names its field', () => {
	expect(() => contactsOf(phones({ phone: 'n/a' }))).toThrow(/^Phone Number of a contact: "n\/a"/);
	expect(() => contactsOf(emails({ email: 'a at b' }))).toThrow(/^Email of a contact: "a at b"/);
});

test.each(['a@b.co', 'a+b@c-d.example'])('%s is an email address', (email) => {
	expect(readEmail(email, 'Email')).toBe(email);
});

test.each(['a', 'a@b', 'a@b.co, c@d.co', 'a b@c.co', '<a@b.co>', 'a@b.co.'])(
	'%s is none',
	(email) => {
		expect(() => readEmail(email, 'Email')).toThrow('is not an email address');
	},
);

test('addresses are sent without empty parts; a label alone is none', () => {
	const address = [
		{ label: 'business', address1: '1 Main St', zipCode: 2134, city: '' },
		{ label: 'mailing' },
		{},
	];
	expect(readAddresses(fakeItem({ addresses: { address } }))).toEqual([
		{ label: 'business', address_1: '1 Main St', zipcode: '2134' },
	]);
});
