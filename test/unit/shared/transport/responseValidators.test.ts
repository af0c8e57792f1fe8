import {
	hasId,
	hasList,
	reportsFailure,
} from '../../../../nodes/shared/transport/responseValidators';

describe('reportsFailure', () => {
	it.each([
		{ success: false },
		{ error: 'quota exceeded' },
		{ error: { code: 1 } },
		{ error: true },
		{ errors: ['Wrong'] },
		{ id: 1, errors: { phone: 'Wrong' } },
	])('is true for %j', (body) => {
		expect(reportsFailure(body)).toBe(true);
	});

	it.each([
		undefined,
		null,
		[],
		{},
		{ success: true },
		{ success: 'false' },
		{ error: null },
		{ error: '' },
		{ error: false },
		{ error: 0 },
		{ errors: [] },
		{ errors: {} },
	])('is false for %j', (body) => {
		expect(reportsFailure(body)).toBe(false);
	});
});

test('hasId accepts a text or a number', () => {
	expect([{ id: 'lead_1' }, { id: 0 }].map(hasId)).toEqual([true, true]);
	expect([{ id: '' }, { id: null }, {}, [], undefined].some(hasId)).toBe(false);
});

test('hasList accepts a list under the name, also an empty one', () => {
	const isPage = hasList('data');
	expect([{ data: [] }, { data: [1] }].map(isPage)).toEqual([true, true]);
	expect([{ data: {} }, { leads: [] }, [], undefined].some(isPage)).toBe(false);
});
