import { DateTime } from 'luxon';
import { asMapperField, readCustomFields, toList } from '../../../../nodes/Close/lead/customFields';
import type { CustomField, CustomFields } from '../../../../nodes/Close/lead/customFieldSchema';
import { fakeItem } from '../../../support/fakes';

const field = (
	id: string,
	name: string,
	type: string,
	more: Partial<CustomField> = {},
): CustomField => ({
	id,
	name,
	type,
	isMultiple: false,
	choices: [],
	...more,
});
const fieldsOf = (...fields: CustomField[]): CustomFields =>
	new Map(fields.map((one) => [one.id, one]));

describe('the mapper', () => {
	it.each([
		[{ type: 'text' }, { type: 'string' }],
		[{ type: 'number' }, { type: 'number' }],
		[{ type: 'datetime' }, { type: 'dateTime' }],
		[{ type: 'date' }, { type: 'string', displayName: 'Plan (YYYY-MM-DD)' }],
		[{ type: 'user' }, { type: 'string' }],
		[{ type: 'hidden' }, { type: 'string' }],
		[
			{ type: 'choices', choices: ['a'] },
			{ type: 'options', options: [{ name: 'a', value: 'a' }] },
		],
		[{ type: 'choices', choices: ['a'], isMultiple: true }, { type: 'array' }],
	])('shows %j', (more, row) => {
		expect(asMapperField(field('cf_1', 'Plan', 'text', more))).toMatchObject({
			id: 'cf_1',
			displayName: 'Plan',
			...row,
		});
	});
});

describe('values', () => {
	const schema = [
		{ id: 'cf_text', displayName: 'Plan', type: 'string' },
		{ id: 'cf_number', displayName: 'Size', type: 'number' },
		{ id: 'cf_list', displayName: 'Tags', type: 'array' },
		{ id: 'cf_date', displayName: 'Since (YYYY-MM-DD)', type: 'string' },
		{ id: 'cf_time', displayName: 'Seen', type: 'dateTime' },
		{ id: 'cf_removed', displayName: 'Removed', type: 'string', removed: true },
	];
	const fields = fieldsOf(
		field('cf_text', 'Plan', 'text'),
		field('cf_number', 'Size', 'number'),
		field('cf_list', 'Tags', 'user', { isMultiple: true }),
		field('cf_date', 'Since', 'date'),
		field('cf_time', 'Seen', 'datetime'),
		field('cf_removed', 'Removed', 'text'),
		field('cf_hidden', 'Sync Key', 'hidden'),
	);
	const read = (value: object) =>
		readCustomFields(
			fakeItem({ customFields: { mappingMode: 'defineBelow', value, schema } }),
			fields,
		);

	it('are sent by ID, without empty ones', () => {
		expect(read({ cf_text: 'gold', cf_number: '7', cf_list: 'a; b', cf_date: '' })).toEqual({
			'custom.cf_text': 'gold',
			'custom.cf_number': 7,
			'custom.cf_list': ['a', 'b'],
		});
		expect(readCustomFields(fakeItem({}), fields)).toEqual({});
	});

	it('are sent as text, dates in ISO 8601', () => {
		const date = DateTime.fromISO('2026-01-02T03:04:05Z', { zone: 'utc' });
		expect(read({ cf_text: date })).toEqual({ 'custom.cf_text': '2026-01-02T03:04:05.000Z' });
	});

	it.each([
		[46205, '2026-07-02', '2026-07-02T04:00:00Z'],
		['46205.5868', '2026-07-02', '2026-07-02T18:05:00Z'],
		['2026-07-02', '2026-07-02', '2026-07-02T04:00:00Z'],
		['2026-07-02T23:30:00-07:00', '2026-07-02', '2026-07-03T06:30:00Z'],
		[new Date('2026-07-02'), '2026-07-02', '2026-07-02T00:00:00Z'],
		[new Date('2026-07-03T02:00:00Z'), '2026-07-02', '2026-07-03T02:00:00Z'],
		[[46205], '2026-07-02', '2026-07-02T04:00:00Z'],
	])('read %j in a field of days as %s, and in one of times as %s', (value, day, time) => {
		expect(read({ cf_date: value, cf_time: value })).toEqual({
			'custom.cf_date': day,
			'custom.cf_time': time,
		});
	});

	it.each([true, 46, '07/02/2026', 1e21])('name a date that is none: %j', (value) => {
		expect(() => read({ cf_date: value })).toThrow(/^Custom Fields: Since \(YYYY-MM-DD\):? /);
		expect(() => read({ cf_time: value })).toThrow(/^Custom Fields: Seen:? /);
	});

	it('are not sent where a cell is blank', () => {
		const blank = [' ', '\u00A0\u200B', [], ['', null]];
		for (const value of blank) {
			const ids = ['cf_text', 'cf_number', 'cf_list', 'cf_date', 'cf_time', 'cf_unknown'];
			expect(read(Object.fromEntries(ids.map((id) => [id, value])))).toEqual({});
		}
	});

	it('take the one entry of a list, and refuse several where the field has one value', () => {
		expect(read({ cf_text: ['gold'], cf_number: ['7\u200B'] })).toEqual({
			'custom.cf_text': 'gold',
			'custom.cf_number': 7,
		});
		expect(() => read({ cf_text: ['gold', 'blue'] })).toThrow(
			'Custom Fields: Plan is a list of 2 values',
		);
		expect(read({ cf_hidden: 7 })).toEqual({ 'custom.cf_hidden': 7 });
	});

	it('have no invisible characters, and lists no objects', () => {
		expect(read({ cf_text: 'go\u00ADld\u200B', cf_list: ['a\u200B', new Date(0)] })).toEqual({
			'custom.cf_text': 'gold',
			'custom.cf_list': ['a', '1970-01-01T00:00:00.000Z'],
		});
		expect(() => read({ cf_list: [{ tag: 'a' }] })).toThrow('Custom Fields: Tags is an object');
	});

	it('name a number that is none', () => {
		expect(() => read({ cf_number: 'seven' })).toThrow(
			'Custom Fields: Size: "seven" is not a number',
		);
	});

	it('come from the columns that have the name or ID of a field', () => {
		const columns = {
			'\uFEFFPlan ': 'gold',
			cf_number: 3,
			Since: '2026-01-02',
			Removed: 'x',
			Other: 'y',
		};
		const customFields = { mappingMode: 'autoMapInputData', value: null, schema };
		expect(readCustomFields(fakeItem({ customFields }, columns), fields)).toEqual({
			'custom.cf_text': 'gold',
			'custom.cf_number': 3,
			'custom.cf_date': '2026-01-02',
		});
	});
});

test.each([
	[
		['a', 1, null],
		['a', '1'],
	],
	['["a, b", "c"]', ['a, b', 'c']],
	['a, b;c;;', ['a', 'b', 'c']],
	['', []],
	['[broken', ['[broken']],
])('the list of %j is %j', (value, list) => {
	expect(toList(value, 'Tags')).toEqual(list);
});
