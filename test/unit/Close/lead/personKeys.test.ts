import {
	comparableName,
	isIdentifying,
	keysOfContact,
	personKeys,
} from '../../../../nodes/Close/lead/personKeys';
import type { Person } from '../../../../nodes/Close/lead/personKeys';

const person = (name: string | undefined, phones: string[], emails: string[] = []): Person => ({
	name,
	phones,
	emails,
});
const keysOf = (one: Person, leadName?: string) => {
	const { phone, email } = personKeys([one], leadName, 'nameAgrees');
	return [...new Set([...phone, ...email])];
};

describe('names', () => {
	it.each([
		['Ann Lee', 'Lee, Ann'],
		['Ann Lee', ' ann  LEE '],
		['Ann Lee', 'Ann\u00a0Lee'],
		['Ann Lee', 'Ann\u200b Lee\ufeff'],
		['Ann Lee', 'Ｌｅｅ　Ａｎｎ'],
		['José Núñez', 'Jose Nunez'],
		['José', 'Jose\u0301'],
		["Sean O'Brien", 'OBRIEN, Sean'],
		['Sean O’Brien', "Sean O'Brien"],
		['Mary Smith-Jones', 'Mary Smith Jones'],
		['J.R. Ewing', 'Ewing, J R'],
		['Jürgen Groß', 'JURGEN GROSS'],
		['Jørgen Łuk', 'Jorgen Luk'],
		['Acme, Inc.', 'ACME Inc'],
		['Иван Петров', 'ПЕТРОВ Иван'],
		['李 安', '安 李'],
		['ΣΟΦΟΣ', 'σοφός'],
	])('%s is %s', (a, b) => {
		expect(comparableName(b)).not.toBe('');
		expect(comparableName(a)).toBe(comparableName(b));
	});

	it.each([
		['Ann Lee', 'Anna Lee'],
		['Ann Lee', 'Ann Lee Jr.'],
		['Ann Lee', 'Ann'],
		['राम', 'रमा'],
		['かき', 'がき'],
		['🎉', '🔥'],
		['Person 1', 'Person 2'],
	])('%s is not %s', (a, b) => {
		expect(comparableName(a)).not.toBe(comparableName(b));
	});

	it.each([undefined, '', ' ', '-', '???', '...', '\u200b'])('%j is no name', (name) => {
		expect(comparableName(name)).toBe('');
	});
});

describe('emails that are no one’s', () => {
	it.each([
		'none@none.com',
		'noemail@acme.com',
		'no-email@acme.com',
		'no_mail@x.org',
		'jd@noemail.com',
		'notprovided@x.com',
		'test@test.com',
		'test1@gmail.com',
		'unknown@unknown.org',
		'na@na.com',
		'xxx@xxx.com',
		'noreply@acme.com',
		'asdf@asdf.de',
		'a@invalid.invalid',
	])('%s', (email) => {
		expect(isIdentifying(email)).toBe(false);
	});

	it.each([
		'ann@example.com',
		'nonette@x.com',
		'testa@x.com',
		'nadia@x.com',
		'12345@qq.com',
		'ann@mail.com',
		'nora@test.com',
		'noel.mailer@x.com',
	])('%s is someone’s', (email) => {
		expect(isIdentifying(email)).toBe(true);
	});
});

describe('keys of an item', () => {
	it('of a name combine it with each number and email, and these with each other', () => {
		expect(keysOf(person('Ann', ['+1509'], ['Ann@b.co']))).toEqual([
			'phone +1509 and name ann',
			'phone +1509 and email ann@b.co',
			'email ann@b.co and name ann',
		]);
	});

	it('have the name of the lead where the contact has none', () => {
		expect(keysOf(person(undefined, ['+1509']), 'Acme')).toEqual(['phone +1509 and name acme']);
		expect(keysOf(person('-', ['+1509']), 'Acme')).toEqual(['phone +1509 and name acme']);
	});

	it('without any name are the values', () => {
		expect(keysOf(person(undefined, ['+1509'], ['a@b.co']))).toEqual([
			'phone +1509',
			'email a@b.co',
		]);
	});

	it('do not combine a number with a mailbox of several people', () => {
		for (const email of ['info@b.co', 'customer-service@b.co', 'acme@acme.com']) {
			expect(keysOf(person('Ann', ['+1509'], [email]))).toEqual([
				'phone +1509 and name ann',
				`email ${email} and name ann`,
			]);
		}
	});

	it('do not mix the people of a lead', () => {
		const people = [person('Ann', ['+1'], ['a@b.co']), person('Bob', ['+2'], ['bob@b.co'])];
		const { phone } = personKeys(people, 'Acme', 'nameAgrees');
		expect(phone.filter((key) => key.includes('email'))).toEqual([
			'phone +1 and email a@b.co',
			'phone +2 and email bob@b.co',
		]);
	});
});

describe('a contact at Close', () => {
	const ann = person('Ann Lee', ['+1509'], ['a@b.co']);
	const isSame = (row: Person, contact: Person, leadName?: string, rowLead?: string) => {
		const known = new Set(keysOfContact(contact, leadName));
		return keysOf(row, rowLead).some((key) => known.has(key));
	};

	it.each<[boolean, string, Person, Person]>([
		[true, 'itself', ann, ann],
		[true, 'the same name and number', person('LEE Ann', ['+1509'], ['x@y.co']), ann],
		[true, 'the same number and email', person('A. L.', ['+1509'], ['A@b.co']), ann],
		[false, 'the same number only', person('Bob', ['+1509'], ['x@y.co']), ann],
		[false, 'the same email only', person('Bob', ['+1510'], ['a@b.co']), ann],
		[true, 'a number without a name', person(undefined, ['+1509']), ann],
		[false, 'a name where Close has none', ann, person(undefined, ['+1509'])],
		[true, 'a number as it was written', person('Ann Lee', ['1509']), ann],
	])('%s: %s', (expected, _what, row, contact) => {
		expect(isSame(row, contact)).toBe(expected);
	});

	it('has its own name and that of the lead', () => {
		const unnamed = person(undefined, ['+1509']);
		expect(isSame(ann, unnamed, 'Lee, Ann')).toBe(true);
		expect(isSame(unnamed, ann, 'Acme Inc.', 'ACME inc')).toBe(true);
		expect(isSame(person('Bob', ['+1509']), ann, 'Acme')).toBe(false);
	});
});
