import { DateTime } from 'luxon';
import {
	allCustomFields,
	asMapperField,
	readCustomFields,
	toList,
} from '../../../../nodes/Close/lead/customFields';
import { fakeClient, fakeItem } from '../../../support/fakes';

test('all pages of custom fields are read', async () => {
	const { client, requests } = fakeClient((_request, index) => ({
		body: { data: [{ id: `cf_${index}` }], has_more: index < 2 },
	}));
	expect(await allCustomFields(client)).toEqual([{ id: 'cf_0' }, { id: 'cf_1' }, { id: 'cf_2' }]);
	expect(requests.map(({ query }) => query)).toEqual([
		{ _skip: 0, _limit: 100 },
		{ _skip: 100, _limit: 100 },
		{ _skip: 200, _limit: 100 },
	]);
});

describe('the mapper', () => {
	it.each([
		[{ type: 'text' }, { type: 'string' }],
		[{ type: 'number' }, { type: 'number' }],
		[{ type: 'datetime' }, { type: 'dateTime' }],
		[{ type: 'date' }, { type: 'string', displayName: 'Plan (YYYY-MM-DD)' }],
		[
			{ type: 'choices', choices: ['a'] },
			{ type: 'options', options: [{ name: 'a', value: 'a' }] },
		],
		[{ type: 'choices', choices: ['a'], accepts_multiple_values: true }, { type: 'array' }],
	])('shows %j', (field, row) => {
		expect(asMapperField({ id: 'cf_1', name: 'Plan', ...field })).toMatchObject({
			id: 'cf_1',
			displayName: 'Plan',
			...row,
		});
	});

	it('skips what has no ID', () => {
		expect(asMapperField({ name: 'Plan' })).toBeUndefined();
	});
});

describe('values', () => {
	const schema = [
		{ id: 'cf_text', displayName: 'Plan', type: 'string' },
		{ id: 'cf_number', displayName: 'Size', type: 'number' },
		{ id: 'cf_list', displayName: 'Tags', type: 'array' },
		{ id: 'cf_date', displayName: 'Since (YYYY-MM-DD)', type: 'string' },
		{ id: 'cf_gone', displayName: 'Gone', type: 'string', removed: true },
	];
	const read = (value: object) =>
		readCustomFields(fakeItem({ customFields: { mappingMode: 'defineBelow', value, schema } }));

	it('are sent by ID, without empty ones', () => {
		expect(read({ cf_text: 'gold', cf_number: '7', cf_list: 'a; b', cf_date: '' })).toEqual({
			'custom.cf_text': 'gold',
			'custom.cf_number': 7,
			'custom.cf_list': ['a', 'b'],
		});
		expect(readCustomFields(fakeItem({}))).toEqual({});
	});

	it('are sent as text, dates in ISO 8601', () => {
		const date = DateTime.fromISO('2026-01-02T03:04:05Z', { zone: 'utc' });
		expect(read({ cf_text: date, cf_date: true })).toEqual({
			'custom.cf_text': '2026-01-02T03:04:05.000Z',
			'custom.cf_date': 'true',
		});
	});

	it('name a number that is none', () => {
		expect(() => read({ cf_number: 'seven' })).toThrow(
			'Custom Fields: Size: "seven" is not a number',
		);
	});

	it('come from the columns that have the name or ID of a field', () => {
		const columns = { Plan: 'gold', cf_number: 3, Since: '2026-01-02', Gone: 'x', Other: 'y' };
		const customFields = { mappingMode: 'autoMapInputData', value: null, schema };
		expect(readCustomFields(fakeItem({ customFields }, columns))).toEqual({
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
	expect(toList(value)).toEqual(list);
});
