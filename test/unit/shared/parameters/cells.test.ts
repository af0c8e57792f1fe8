import { DateTime } from 'luxon';
import { readCell, readIdText, readText } from '../../../../nodes/shared/parameters/cells';

describe('readCell', () => {
	it.each([
		['a', 'a'],
		[0, 0],
		[false, false],
		[['a'], 'a'],
		[['', 'a', null, ' \u200B'], 'a'],
		[[['a']], 'a'],
		[[7], 7],
		['="02139"', '02139'],
		['=""', undefined],
		['="a"&"b"', '="a"&"b"'],
		[undefined, undefined],
		[null, undefined],
		['', undefined],
		[' \u00A0', undefined],
		['\u200B\uFEFF\u3164', undefined],
		[[], undefined],
		[[[], [null]], undefined],
	])('of %j is %j', (value, cell) => {
		expect(readCell(value, 'Email')).toEqual(cell);
	});

	it('says how many values a list has, and what to do', () => {
		expect(() => readCell(['a', '', 'b', 'c'], 'Email')).toThrow(
			expect.objectContaining({
				message: 'Email is a list of 3 values',
				description:
					'Choose one of them in the expression, such as {{ $json.column[0] }}, or split the list into items',
			}),
		);
	});
});

it('reads a list however deep it is nested', () => {
	const nested = (depth: number, value: string): unknown =>
		JSON.parse(`${'['.repeat(depth)}"${value}"${']'.repeat(depth)}`);
	expect(readCell(nested(5_000, 'a'), 'Email')).toBe('a');
	expect(readCell(nested(5_000, ''), 'Email')).toBeUndefined();
});

describe('readText', () => {
	const iso = '2026-07-02T10:00:00.000Z';

	it.each([
		[' Ada\u200B ', 'Ada'],
		['New\u00A0York', 'New York'],
		[42, '42'],
		[true, 'true'],
		[12n, '12'],
		[['Ada'], 'Ada'],
		[new Date(iso), iso],
		[[DateTime.fromISO(iso, { zone: 'utc' })], iso],
		[{ toJSON: () => iso, getTime: (): number => 0 }, iso],
		[null, undefined],
		[NaN, undefined],
		['\u00AD', undefined],
	])('of %p is %p', (value, text) => {
		expect(readText(value, 'Name')).toBe(text);
	});

	it.each([{ a: 1 }, [{ a: 1 }], {}, '[object Object]', { toJSON: () => 'text' }])(
		'says that %j is an object',
		(value) => {
			expect(() => readText(value, 'Name')).toThrow('Name is an object, not a text');
		},
	);

	it('says that a date is invalid', () => {
		for (const date of [new Date(NaN), DateTime.invalid('test')]) {
			expect(() => readText(date, 'Name')).toThrow('Name is not a valid date');
		}
	});
});

describe('readIdText', () => {
	it.each([
		['L7', 'L7'],
		['L7\u200B', 'L7'],
		[' \uFEFFlead_1 ', 'lead_1'],
		[12345, '12345'],
		[Number.MAX_SAFE_INTEGER, '9007199254740991'],
		['9912140633506421', '9912140633506421'],
		[9912140633506421n, '9912140633506421'],
		['00042', '00042'],
		["'00042", '00042'],
		['12345.0', '12345'],
		['12345.00', '12345'],
		['12345,0', '12345'],
		['0.0', '0'],
		[['12345.0'], '12345'],
		['["12345"]', '12345'],
		['[12345]', '12345'],
		['1e5', '1e5'],
		['12E7', '12E7'],
		['5e12', '5e12'],
		['1-E5', '1-E5'],
		['1.5', '1.5'],
		['1.000', '1.000'],
		['007.0', '007.0'],
		['a.0', 'a.0'],
		['v1.2e3', 'v1.2e3'],
		['{3F2504E0-4F89}', '{3F2504E0-4F89}'],
		['="00042"', '00042'],
		['=""', undefined],
		['[broken', '[broken'],
		['nullable', 'nullable'],
		['#1234', '#1234'],
		['', undefined],
		[' \u200B', undefined],
		[null, undefined],
		[[], undefined],
		['[]', undefined],
		[NaN, undefined],
	])('of %p is %p', (value, text) => {
		expect(readIdText(value, 'Lead ID')).toBe(text);
	});

	it.each([
		'1.23457E+12',
		'1,23457E+12',
		'1.23457e+12',
		'1.23457E12',
		'1.2E-05',
		'9.91214E+15',
		'1E+12',
		'12E+11',
		' 1.23457E+12\u00A0',
		'1.23457E +12',
		'crm-1.23457E+12',
		'1.23457E+12-b',
		'1٫23457E+12',
		'="1.23457E+12"',
		['1.23457E+12'],
		'["1.23457E+12"]',
		1e21,
		1.5e300,
	])('says that Excel has shortened %j', (value) => {
		expect(() => readIdText(value, 'Lead ID')).toThrow(
			expect.objectContaining({
				message: expect.stringMatching(/^Lead ID: ".+" is a number that Excel has shortened$/),
				description: 'Format the column as text and export again',
			}),
		);
	});

	it.each([
		[9912140633506420, '"9912140633506420" is a number too large to be exact'],
		[-(2 ** 53), 'too large to be exact'],
		['9912140633506421.0', 'too large to be exact'],
		[12345.5, '"12345.5" is a decimal number, not an ID'],
		[0.1, 'is a decimal number'],
		[1e-7, 'Excel has shortened|decimal number'],
		[true, 'is not an ID'],
		['#N/A', 'is not an ID'],
		['#REF!', 'is not an ID'],
		['#NAME?', 'is not an ID'],
		['#DIV/0!', 'is not an ID'],
		['#BEZUG!', 'is not an ID'],
		['#NV', 'is not an ID'],
		['########', 'is not an ID'],
		['null', 'is not an ID'],
		['undefined', 'is not an ID'],
		['NaN', 'is not an ID'],
		[new Date(0), 'is not an ID'],
		['crm-[object Object]', 'is an object'],
		['{"id":1}', 'is an object'],
		[{ id: 1 }, 'is an object'],
		[['1', '2'], 'is a list of 2 values'],
		['[1, 2]', 'is a list of 2 values'],
	])('rejects %p: %s', (value, message) => {
		expect(() => readIdText(value, 'Lead ID')).toThrow(new RegExp(message));
	});
});
