import {
	recordKeyOf,
	leadIdsOf,
	readLeadRef,
	referenceOutput,
} from '../../../../nodes/Autocalls/lead/leadReference';
import { fakeClient, fakeItem } from '../../../support/fakes';

test('by ID', async () => {
	const ref = readLeadRef(fakeItem({ findBy: 'id', leadId: ' 42 ' }));
	expect(ref).toEqual({ by: 'id', id: 42 });
	expect(recordKeyOf(ref)).toBe('id 42');
	expect(referenceOutput(ref)).toEqual({ leadId: 42 });
	const { client, requests } = fakeClient(() => ({}));
	expect(await leadIdsOf(client, ref)).toEqual(['42']);
	expect(requests).toEqual([]);
});

test('by phone number, in one campaign', async () => {
	const ref = readLeadRef(
		fakeItem({
			findBy: 'phone',
			phoneNumber: '509 555 1234',
			campaign: { mode: 'id', value: '7' },
			options: { defaultCountry: 'US' },
		}),
	);
	expect(ref).toMatchObject({ by: 'phone', phone: { e164: '+15095551234' }, campaign: 7 });
	expect(referenceOutput(ref)).toEqual({ phoneNumber: '+15095551234' });
	const body = [{ id: 1, phone_number: '+15095551234', campaign_id: 7 }];
	expect(await leadIdsOf(fakeClient(() => ({ body })).client, ref)).toEqual(['1']);
});

test('the same number in all campaigns is not the same lead as in one', () => {
	const byPhone = (campaign: unknown) =>
		recordKeyOf(readLeadRef(fakeItem({ findBy: 'phone', phoneNumber: '+15095551234', campaign })));
	expect(byPhone('7')).not.toBe(byPhone(''));
	expect(byPhone('7')).toBe(byPhone({ mode: 'list', value: 7 }));
});

test.each([
	[{ findBy: 'id', leadId: '' }, 'Lead ID is empty'],
	[{ findBy: 'id', leadId: 'a1' }, 'Lead ID: "a1" is not an ID'],
	[{ findBy: 'phone', phoneNumber: '5095551234' }, 'has no country code'],
	[{ findBy: 'phone', phoneNumber: '+15095551234', campaign: 'x' }, 'Campaign: "x" is not an ID'],
])('%j: %s', (values, message) => {
	expect(() => readLeadRef(fakeItem(values))).toThrow(message);
});
