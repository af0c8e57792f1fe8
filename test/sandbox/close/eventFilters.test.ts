import { readFilter } from '../../../sandbox/vendors/close/eventFilters';

describe('Close event filters', () => {
	const bluth = { type: 'equals', value: 'Bluth' };
	const isNull = { type: 'is_null' };
	const nonNull = { type: 'non_null' };

	it.each<[string, object, unknown, boolean]>([
		['equals', bluth, 'Bluth', true],
		['equals', bluth, 'Wayne', false],
		['not_equals', { type: 'not_equals', value: 'Bluth' }, 'Bluth', false],
		['is_null', isNull, undefined, true],
		['is_null', isNull, 'Bluth', false],
		['non_null', nonNull, 'Bluth', true],
		['non_null', nonNull, null, false],
		['contains', { type: 'contains', value: 'lut' }, 'Bluth', true],
		['contains', { type: 'contains', value: 'a' }, ['a', 'b'], true],
		['contains', { type: 'contains', value: 'LUT' }, 'Bluth', false],
		['not', { type: 'not', filter: bluth }, 'Bluth', false],
		['and', { type: 'and', filters: [nonNull, isNull] }, 'Bluth', false],
		['or', { type: 'or', filters: [nonNull, isNull] }, 'Bluth', true],
		['any_array_value', { type: 'any_array_value', filter: bluth }, ['Wayne', 'Bluth'], true],
		['any_array_value', { type: 'any_array_value', filter: nonNull }, 'Bluth', false],
		[
			'field_accessor',
			{ type: 'field_accessor', field: 'name', filter: bluth },
			{ name: 'Bluth' },
			true,
		],
		['field_accessor', { type: 'field_accessor', field: 'name', filter: isNull }, 'Bluth', true],
	])('%s: %j matches %j: %s', (_type, filter, value, isMatch) => {
		expect(readFilter(filter)(value)).toBe(isMatch);
	});

	it.each([
		['a filter that is not an object', 'equals'],
		['an unknown type', { type: 'x' }],
		['filters that are not a list', { type: 'and', filters: {} }],
		['a field that is not text', { type: 'field_accessor', field: 1, filter: {} }],
	])('rejects %s', (_what, filter) => {
		expect(() => readFilter(filter)).toThrow();
	});
});
