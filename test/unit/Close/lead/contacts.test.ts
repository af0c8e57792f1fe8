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
		people: [{ name: 'Nathan Smith', phones: ['+15095551234'], emails: ['nathan@example.com'] }],
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

describe('the ZIP code of an address', () => {
	const zipOf = (address: object) =>
		readAddresses(fakeItem({ addresses: { address: [{ city: 'X', ...address }] } }))[0]?.zipcode;

	it.each([
		[{ zipCode: 2139, country: 'US' }, '02139'],
		[{ zipCode: '2139', country: 'U.S.A.' }, '02139'],
		[{ zipCode: '2139.0', country: 'usa' }, '02139'],
		[{ zipCode: 21391234, country: 'United States' }, '02139-1234'],
		[{ zipCode: '\u200B02139', country: 'US\u00A0' }, '02139'],
		[{ zipCode: 901, country: 'PR' }, '00901'],
		[{ zipCode: 90210, country: 'US' }, '90210'],
		[{ zipCode: 2139, state: 'MA' }, '02139'],
		[{ zipCode: 2139, state: 'Massachusetts\u200B', country: ' ' }, '02139'],
		[{ zipCode: [2139], country: ['US'] }, '02139'],
		[{ zipCode: 2139 }, '2139'],
		[{ zipCode: 6000, state: 'WA' }, '6000'],
		[{ zipCode: 65000000, state: 'MA' }, '65000000'],
		[{ zipCode: 2139, country: 'DK' }, '2139'],
		[{ zipCode: 'SW1A 1AA', country: 'GB' }, 'SW1A 1AA'],
		[{ zipCode: 'K1A 0B1' }, 'K1A 0B1'],
		[{ zipCode: '', country: 'US' }, undefined],
	])('of %j is %j', (address, zip) => {
		expect(zipOf(address)).toBe(zip);
	});

	it.each(['K1A 0B1', '12', 'none', 213912, '2.139E+03'])('rejects %j in the US', (zipCode) => {
		expect(() => zipOf({ zipCode, country: 'US' })).toThrow(
			/^ZIP Code: ".+" is not a US ZIP code$/,
		);
	});
});

test('a list in a cell names its field', () => {
	const two = ['a', 'b'];
	expect(() => contactsOf({ name: two })).toThrow('Contact Name is a list of 2 values');
	expect(() => contactsOf(phones({ phone: two }))).toThrow(
		'Phone Number of a contact is a list of 2 values',
	);
	expect(() => readAddresses(fakeItem({ addresses: { address: [{ city: two }] } }))).toThrow(
		'City is a list of 2 values',
	);
	expect(contactsOf(emails({ email: ['a@b.co'] })).people.flatMap(({ emails }) => emails)).toEqual([
		'a@b.co',
	]);
});
