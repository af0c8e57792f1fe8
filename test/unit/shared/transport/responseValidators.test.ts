import {
	hasId,
	hasList,
	isAcknowledgment,
	isRecord,
	reportsFailure,
} from '../../../../nodes/shared/transport/responseValidators';

describe('reportsFailure', () => {
	it.each([
		{ success: false },
		{ success: 'false' },
		{ success: 0 },
		{ ok: 'No' },
		{ status: 'error' },
		{ status: 'Failed', id: 1 },
		{ error: 'quota exceeded' },
		{ error: { code: 1 } },
		{ error: true },
		{ errors: ['Wrong'] },
		{ id: 1, errors: { phone: 'Wrong' } },
	])('is true for %j', (body) => {
		expect(reportsFailure(body, undefined)).toBe(true);
	});

	it.each([
		undefined,
		null,
		[],
		{},
		{ success: true },
		{ success: 'true' },
		{ status: 'created' },
		{ status: 'error_free' },
		{ error: null },
		{ error: '' },
		{ error: false },
		{ error: 0 },
		{ errors: [] },
		{ errors: {} },
	])('is false for %j', (body) => {
		expect(reportsFailure(body, undefined)).toBe(false);
	});
});

test('a field of a lead that the reply repeats is no failure, whatever its name', () => {
	const lead = { lead_id: 1, error: 'E42', status: 'failed' };
	expect(reportsFailure(lead, [{ lead_id: 2 }, lead])).toBe(false);
	expect(reportsFailure({ ...lead, error: 'Quota exceeded' }, [lead])).toBe(true);
});

test('an acknowledgment is nothing or an object', () => {
	expect([undefined, {}, { message: 'ok' }].map(isAcknowledgment)).toEqual([true, true, true]);
	expect(['down for maintenance', [], [1], null, 7, true].some(isAcknowledgment)).toBe(false);
});

test('isRecord accepts the record with this ID only', () => {
	const isLead = isRecord(7);
	expect([{ id: 7 }, { id: '7' }].map(isLead)).toEqual([true, true]);
	expect([{ id: 8 }, {}, [], undefined].some(isLead)).toBe(false);
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
