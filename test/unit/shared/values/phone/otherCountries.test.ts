import fc from 'fast-check';
import type { PhoneRules } from '../../../../../nodes/shared/values/phone/phoneResult';
import { readPhone } from '../../../../../nodes/shared/values/phone/readPhone';

function read(input: unknown, over: Partial<PhoneRules> = {}): string {
	const result = readPhone(input, { validation: 'possible', format: 'e164', ...over });
	return result.ok ? result.phone : `refused: ${result.reason}`;
}

/** Reads at both levels that check the number; they must agree. */
function readChecked(input: unknown, defaultCountry?: string): string {
	const [possible, valid] = (['possible', 'valid'] as const).map((validation) =>
		read(input, { validation, defaultCountry }),
	);
	expect(valid?.startsWith('refused')).toBe(possible?.startsWith('refused'));
	return possible ?? '';
}

const REFUSED = /^refused: .{15,240}[.]$/;

describe('a digit too many or too few never makes a number of another country', () => {
	it.each([
		'(336) 555-0143 5',
		'336-555-01435',
		'206-555-0143 (2)',
		'2065550143-2',
		'(614) 555-01435',
		'(407) 555-01435',
		'33655501435',
		'20655501432',
		'61455501435',
		'(352) 621-123456',
		'919 899 123456',
		'(919) 899-123456',
		'479-955-234',
		'206 555 0143 22',
	])('%s in a US list', (text) => {
		expect(readChecked(text, 'US')).toMatch(REFUSED);
	});

	it('holds for every US area code, in the usual spellings', () => {
		const abroad: string[] = [];
		for (let area = 200; area < 1000; area++) {
			for (const text of [
				`(${area}) 555-01435`,
				`${area}-555-0143-5`,
				`${area}.555.0143 56`,
				`${area}55501435`,
				`${area} 955 234`,
				`${area}955234`,
			]) {
				const phone = readChecked(text, 'US');
				if (!phone.startsWith('refused')) abroad.push(`${text}: ${phone}`);
			}
		}
		expect(abroad).toEqual([]);
	});

	it.each(['(479) 055-2345', '479-155-2345', '4791552345', '(659) 076-5432'])(
		'%s, ten digits that no US number has, is not Norway or Singapore at level Valid',
		(text) => {
			expect(read(text, { validation: 'valid', defaultCountry: 'US' })).toMatch(REFUSED);
		},
	);

	it.each([
		['141 555 50143', 'GB'],
		['14155550143', 'IN'],
		['98991 23456 7', 'IN'],
		['6 12 34 56 78 91', 'FR'],
		['1 23 45 67 89 01', 'FR'],
		['99 55 23 45 1', 'NO'],
		['2065550143', 'NO'],
		['4582345678', 'SG'],
		['74001234567', 'GB'],
	])('%s in a list of %s', (text, country) => {
		expect(readChecked(text, country)).toMatch(REFUSED);
	});

	it('says what to write', () => {
		expect(read('(336) 555-01435', { defaultCountry: 'US' })).toBe(
			'refused: "(336) 555-01435" has too many digits for a number in the United States. If it is a number of another country, write it with + and its country code.',
		);
	});

	it.each([
		['441843297700', 'US', '+441843297700'],
		['919899123456', 'US', '+919899123456'],
		['0019144484373', 'US', '+19144484373'],
		['01112065550143', 'US', '+12065550143'],
		['011 44 1843 297700', 'US', '+441843297700'],
		['00 44 1843 297700', 'US', '+441843297700'],
		['8613800138000', 'US', '+8613800138000'],
		['12065550143', 'US', '+12065550143'],
		['1 (206) 555-0143', 'US', '+12065550143'],
		['919899123456', 'GB', '+919899123456'],
	])('%s in a list of %s is still %s', (text, country, e164) => {
		expect(read(text, { validation: 'valid', defaultCountry: country })).toBe(e164);
	});
});

describe('without a default country, only + or 00 names one', () => {
	it.each([
		'(323) 555-2345',
		'(479) 955-2345',
		'659-876-5432',
		'(352) 555-2345',
		'4799552345',
		'12065550143',
		12065550143,
		'919899123456',
		'01112065550143',
		'2065550143.0',
	])('%s', (text) => {
		expect(readChecked(text)).toMatch(/^refused: .* has no country code\. Set Default Country/);
	});

	it('holds for every US number', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 200, max: 999 }),
				fc.integer({ min: 2_000_000, max: 9_999_999 }),
				(area, rest) => {
					expect(
						readChecked(`(${area}) ${String(rest).slice(0, 3)}-${String(rest).slice(3)}`),
					).toMatch(REFUSED);
				},
			),
			{ numRuns: 500 },
		);
	});

	it.each([
		['+47 99 55 23 45', '+4799552345'],
		['0047 99 55 23 45', '+4799552345'],
		['(+47) 99552345', '+4799552345'],
		['tel:+4799552345', '+4799552345'],
	])('%s is %s', (text, e164) => {
		expect(readChecked(text)).toBe(e164);
	});
});

describe('a plus or exit code in front of a number that is grouped as a US number', () => {
	it.each([
		['+(206) 555-0143', 'US'],
		['+ (206) 555 0143', undefined],
		['+(206) 5550143', 'US'],
		['(+206) 555-0143', 'US'],
		['00 (206) 555-0143', 'US'],
		['011 (206) 555-0143', 'US'],
		['011-206-555-0143', 'US'],
		['00 479-955-2345', undefined],
		['+479-955-2345', 'US'],
		['+479 955 2345', undefined],
		['+479.955.2345', 'CA'],
	])('%s with %s is refused', (text, country) => {
		expect(readChecked(text, country)).toMatch(/^refused: .*country code/);
	});

	it.each([
		['+1 (206) 555-0143', '+12065550143'],
		['(+1) 206-555-0143', '+12065550143'],
		['+(44) 1843 297700', '+441843297700'],
		['+44 (0)1843 297700', '+441843297700'],
		['+4420 7946 0958', '+442079460958'],
		['+331 42 68 53 00', '+33142685300'],
		['+352 621 123 456', '+352621123456'],
		['00 (44) 1843 297700', '+441843297700'],
	])('%s is %s', (text, e164) => {
		expect(read(text, { defaultCountry: 'US', validation: 'valid' })).toBe(e164);
	});
});

describe('the own country code after a trunk zero', () => {
	it.each([
		['0919876543210', 'IN', '+919876543210'],
		['0 91 98765 43210', 'IN', '+919876543210'],
		['+91 0 98765 43210', 'IN', '+919876543210'],
		['09876543210', 'IN', '+919876543210'],
		['00919876543210', 'IN', '+919876543210'],
		['0447400123456', 'GB', '+447400123456'],
		['0492112345', 'DE', '+49492112345'],
	])('%s in a list of %s is %s', (text, country, e164) => {
		expect(read(text, { defaultCountry: country })).toBe(e164);
	});
});

describe('digits after an exit code', () => {
	it.each([
		['0116599000000', 'US', '+6599000000'],
		['0114742000000', 'US', '+4742000000'],
		['011 47 99 55 23 45', 'US', '+4799552345'],
		['01112065550143', 'US', '+12065550143'],
		['00114799552345', 'AU', '+4799552345'],
	])('%s from %s is %s, never a number with another first digit', (text, country, e164) => {
		expect(read(text, { defaultCountry: country })).toBe(e164);
	});
});

describe('level Possible', () => {
	it.each([
		'(055) 555-1234',
		'155-555-1234',
		'(911) 555-1234',
		'(411) 555-1234',
		'+1 192 555 1234',
		'(295) 555-1234',
		'+1 370 555 1234',
		'(960) 555-1234',
		'0000000000',
	])('refuses %s: no such area code can exist in North America', (text) => {
		expect(read(text, { defaultCountry: 'US' })).toMatch(REFUSED);
	});

	it.each([
		['98765 4321', 'IN'],
		['98765 432101', 'IN'],
		['+91 98765 432', undefined],
		['07400 1234', 'GB'],
		['+55 11 2345', undefined],
	])('refuses %s (%s): neither mobile nor fixed-line numbers have that length', (text, country) => {
		expect(read(text, { defaultCountry: country })).toMatch(REFUSED);
	});

	it.each([
		['1800 123 456789', 'IN', '+911800123456789'],
		['+44 800 1111', undefined, '+448001111'],
		['(555) 555-1234', 'US', '+15555551234'],
		['+49 30 123456', undefined, '+4930123456'],
	])('accepts %s', (text, country, e164) => {
		expect(read(text, { defaultCountry: country })).toBe(e164);
	});
});

describe('a number that is sent without its plus reads back as the same number', () => {
	const us = { defaultCountry: 'US', format: 'e164WithoutPlus' } as const;

	it.each(['+45 82 34 56 78', '+47 99 55 23 45', '+65 9876 5432', '+33 6 55 50 14 35'])(
		'%s is refused for a US account',
		(text) => {
			expect(read(text, us)).toMatch(/^refused: .* cannot be sent without its \+/);
		},
	);

	it.each([
		['+44 1843 297700', '441843297700'],
		['(206) 555-0143', '12065550143'],
		['+91 98991 23456', '919899123456'],
	])('%s is sent as %s', (text, digits) => {
		expect(read(text, us)).toBe(digits);
		expect(read(digits, us)).toBe(digits);
	});

	it('is refused where no default country says how digits are read', () => {
		expect(read('+12065550143', { format: 'e164WithoutPlus' })).toMatch(
			/^refused: .*Set Default Country/,
		);
	});
});

describe('off', () => {
	it('still knows the E.164 form of every number that can be read', () => {
		const e164 = (input: string) => {
			const result = readPhone(input, { validation: 'off', format: 'e164', defaultCountry: 'US' });
			return result.ok ? result.e164 : undefined;
		};
		for (const text of ['(555) 555-1234', '555.555.1234', '+1 555 555 1234', '15555551234']) {
			expect(e164(text)).toBe('+15555551234');
		}
	});
});
