import { DateTime } from 'luxon';
import {
	readCustomFields,
	readDateTime,
	readLeadPhone,
	readLimit,
	readPathId,
	readState,
} from '../../../../nodes/shared/parameters/leadParameters';
import { returnAllFields } from '../../../../nodes/shared/descriptions/commonFields';
import { getOwn } from '../../../../nodes/shared/values/json';
import { fakeItem } from '../../../support/fakes';

const defaults = { country: 'US', format: 'e164' } as const;

describe('readLeadPhone', () => {
	it('uses the defaults where the user chose nothing', () => {
		expect(readLeadPhone(fakeItem({ phoneNumber: '(509) 555-1234 x9' }), defaults)).toEqual({
			phone: '+15095551234',
			e164: '+15095551234',
			extension: '9',
		});
	});

	it('uses the options', () => {
		const options = {
			defaultCountry: 'GB',
			phoneFormat: 'e164WithoutPlus',
			phoneCheck: 'valid',
		};
		const item = fakeItem({ phoneNumber: '07400 123456', options });
		expect(readLeadPhone(item, defaults).phone).toBe('447400123456');
	});

	it.each(['phoneCheck', 'phoneFormat'])('refuses a value of %s that it does not know', (name) => {
		const item = fakeItem({ phoneNumber: '555 555 1234', options: { [name]: 'strict' } });
		expect(() => readLeadPhone(item, defaults)).toThrow('"strict" is not a valid value');
	});

	it.each([undefined, null, '', '  '])('says that %j is empty', (phoneNumber) => {
		expect(() => readLeadPhone(fakeItem({ phoneNumber }), defaults)).toThrow(
			'Phone Number is empty',
		);
	});

	it.each(['+15095551234', ['+15095551234'], ['', '509-555-1234\u202C']])(
		'reads %j',
		(phoneNumber) => {
			expect(readLeadPhone(fakeItem({ phoneNumber }), defaults).phone).toBe('+15095551234');
		},
	);

	it('says what it got in place of a number', () => {
		const phones = ['+15095551234', '+15095551235', ''];
		expect(() => readLeadPhone(fakeItem({ phoneNumber: phones }), defaults)).toThrow(
			'Phone Number is a list of 2 values',
		);
		expect(() => readLeadPhone(fakeItem({ phoneNumber: { number: 1 } }), defaults)).toThrow(
			'Phone Number is an object',
		);
	});

	it('says what is wrong, and what to do', () => {
		expect(() => readLeadPhone(fakeItem({ phoneNumber: 'n/a' }), defaults)).toThrow(
			expect.objectContaining({
				message:
					'Phone Number: "n/a" is not a phone number: it contains letters. Example: +1 509-555-1234.',
				description: 'Correct the number (or change Phone Validation or Default Country)',
			}),
		);
	});
});

describe('readState', () => {
	it.each([
		['ca', 'CA'],
		['New York', 'NY'],
		['', undefined],
		[null, undefined],
	])('reads %j as %j', (state, code) => {
		expect(readState(fakeItem({ state }))).toBe(code);
	});

	it.each(['Ontario', 7])('rejects %j', (state) => {
		expect(() => readState(fakeItem({ state }))).toThrow('is not a US state');
	});

	it.each([['WA\u200B'], '\uFEFFWA', 'W\u00ADA', 'WA\uFE0F', '\u00A0Washington\u202F'])(
		'reads %j, which looks right',
		(state) => {
			expect(readState(fakeItem({ state }))).toBe('WA');
		},
	);

	it.each(['\u200B', ' \u00A0\uFEFF', [], [''], [null, '\u200B']])(
		'says that %j is empty',
		(state) => {
			expect(readState(fakeItem({ state }))).toBeUndefined();
		},
	);

	it('names the way out where another field is enough', () => {
		const described = (canBeEmpty: boolean) => {
			try {
				readState(fakeItem({ state: 'Ontario' }), canBeEmpty);
			} catch (error) {
				return getOwn(error, 'description');
			}
			return undefined;
		};
		expect(described(true)).toContain('or leave State empty');
		expect(described(false)).not.toContain('empty');
	});

	it('says what it got in place of a text', () => {
		expect(() => readState(fakeItem({ state: { code: 'CA' } }))).toThrow('State is an object');
		expect(() => readState(fakeItem({ state: ['CA', 'WA'] }))).toThrow(
			'State is a list of 2 values',
		);
	});
});

describe('readDateTime', () => {
	it("reads a date in the workflow's timezone", () => {
		expect(readDateTime(fakeItem({}), '2022-11-15T21:04:28', 'EBR Date')).toEqual({
			ok: true,
			epochMs: Date.parse('2022-11-16T02:04:28Z'),
			offsetMinutes: -300,
		});
	});

	it('is undefined for an empty cell', () => {
		for (const empty of [undefined, null, '', ' ', '\u00A0\u200B', [], ['']]) {
			expect(readDateTime(fakeItem({}), empty, 'EBR Date')).toBeUndefined();
		}
	});

	it('reads 11/01/2025 by Date Format only', () => {
		const read = (dateFormat?: string) =>
			readDateTime(fakeItem({ options: { dateFormat } }), '11/01/2025', 'EBR Date')?.epochMs;
		expect(read('monthDayYear')).toBe(Date.parse('2025-11-01T00:00:00-04:00'));
		expect(read('dayMonthYear')).toBe(Date.parse('2025-01-11T00:00:00-05:00'));
		for (const refused of [undefined, 'iso']) {
			expect(() => read(refused)).toThrow(
				'EBR Date: "11/01/2025" can be month/day/year or day/month/year',
			);
		}
		expect(() => read('other')).toThrow('Date Format');
	});

	it('names the field', () => {
		expect(() => readDateTime(fakeItem({}), '15.11.2022', 'EBR Date')).toThrow(/^EBR Date: /);
	});
});

describe('readCustomFields', () => {
	const columns = {
		phone: '1',
		plan: 'gold',
		age: 7,
		ok: false,
		none: null,
		empty: '',
		tags: ['a'],
	};

	const fieldsOf = (values: object, standardNames?: Set<string>) =>
		Object.fromEntries(readCustomFields(fakeItem(values, columns), standardNames));

	it('sends none by default', () => {
		expect(fieldsOf({})).toEqual({});
		expect(fieldsOf({ customFieldsMode: 'none' })).toEqual({});
	});

	it('sends all other columns, without empty and excluded ones', () => {
		const values = {
			phoneNumber: '={{ $json.phone }}',
			customFieldsMode: 'auto',
			excludedColumns: ' AGE ',
		};
		expect(fieldsOf(values)).toEqual({ plan: 'gold', ok: false, tags: '["a"]' });
		expect(fieldsOf(values, new Set(['plan']))).toEqual({ ok: false, tags: '["a"]' });
	});

	it('refuses to leave out a column that no item has', () => {
		const values = { customFieldsMode: 'auto', excludedColumns: 'age, plans' };
		expect(() => fieldsOf(values)).toThrow(
			'Exclude Columns: no item has a column "plans". The nearest: "plan"',
		);
	});

	it('sends a date as its ISO text', () => {
		const iso = '2026-07-02T00:00:00.000Z';
		const dates = { one: new Date(iso), two: DateTime.fromISO(iso, { zone: 'utc' }) };
		const field = Object.entries(dates).map(([name, value]) => ({ name, value }));
		const sent = { one: iso, two: iso };
		expect(fieldsOf({ customFieldsMode: 'define', customFields: { field } })).toEqual(sent);
		const item = fakeItem({ customFieldsMode: 'auto' }, Object.assign({}, dates));
		expect(Object.fromEntries(readCustomFields(item))).toEqual(sent);
	});

	it('sends texts and names without invisible characters, and nothing that is blank', () => {
		const item = fakeItem(
			{ customFieldsMode: 'auto' },
			{
				'\uFEFFplan': ' gold\u200B',
				city: 'New\u00A0York',
				note: 'one\ntwo \u{1F468}\u200D\u{1F469}',
				tags: ['a\u200B'],
				blank: ' \u00A0\u200B',
				none: [],
				nothing: {},
				empty: [' ', null],
				'lead_id\u200B': 'L2',
				'\u200B': 'no name',
				endless: Infinity,
			},
		);
		expect(Object.fromEntries(readCustomFields(item, new Set(['lead_id'])))).toEqual({
			plan: 'gold',
			city: 'New York',
			note: 'one\ntwo \u{1F468}\u200D\u{1F469}',
			tags: '["a"]',
		});
	});

	it('sends the fields that are defined', () => {
		const field = [
			{ name: 'plan', value: 'gold' },
			{ name: 'n', value: NaN },
			{ name: '', value: '' },
		];
		const values = { customFieldsMode: 'define', customFields: { field } };
		expect(fieldsOf(values)).toEqual({ plan: 'gold' });
		expect(() => fieldsOf(values, new Set(['plan']))).toThrow(
			'Custom Fields: "plan" is a standard field of the vendor',
		);
	});
});

describe('readPathId', () => {
	it.each(['0PT711', 'a_b-c', '7'])('accepts %s', (id) => {
		expect(readPathId(id, 'Campaign')).toBe(id);
	});

	it.each(['', '..', 'a/b', 'a b', 'ä', 'a'.repeat(101)])('rejects %j', (id) => {
		expect(() => readPathId(id, 'Campaign')).toThrow('is not an ID');
	});
});

describe('readLimit', () => {
	it.each([
		[{ returnAll: true, limit: 3 }, Infinity],
		[{ returnAll: 'yes' }, Infinity],
		[{ returnAll: 'False', limit: ' 7 ' }, 7],
		[{ limit: 3 }, 3],
		[{}, 50],
	])('of %j is %s', (values, limit) => {
		expect(readLimit(fakeItem(values, {}, returnAllFields))).toBe(limit);
	});

	it.each([0, -1, 0.5, 3.9, 'all', '', null, {}, '1e9999'])('rejects %j', (limit) => {
		expect(() => readLimit(fakeItem({ limit }, {}, returnAllFields))).toThrow(
			/^Limit.*Valid values: whole numbers from 1 up$/,
		);
	});
});
