import {
	leadPage,
	leadsWithId,
	leadsWithPhone,
	simplifyLead,
	simplifyListedLead,
} from '../../../../nodes/Autocalls/lead/lead';
import { fakeClient } from '../../../support/fakes';

const leadOf = (id: number, more: object = {}) => ({
	id,
	phone_number: '+15095551234',
	campaign_id: 7,
	...more,
});

describe('leadPage', () => {
	it('reads a pager', async () => {
		const { client, requests } = fakeClient(() => ({
			body: { data: [leadOf(1)], total: 3, last_page: 3 },
		}));
		expect(await leadPage(client, { status: 'created' }, 2)).toEqual({
			entries: [leadOf(1)],
			total: 3,
			hasMore: true,
		});
		expect(requests[0]?.query).toEqual({ status: 'created', per_page: 100, page: 2 });
	});

	it.each([
		[{ data: [], last_page: 2 }, false],
		[{ data: [], next_page_url: 'https://example.com' }, true],
		[{ data: [], next_page_url: null }, false],
		[[leadOf(1)], false],
	])('of %j: more pages %s', async (body, hasMore) => {
		const { client } = fakeClient(() => ({ body }));
		expect((await leadPage(client, {}, 2)).hasMore).toBe(hasMore);
	});

	it.each([
		[[], true],
		[{ data: [] }, true],
		[{ leads: [] }, true],
		[{ campaigns: [] }, false],
		[{}, false],
		['text', false],
	])('the body %j is a page: %s', async (body, isValid) => {
		const { client, requests } = fakeClient(() => ({ body: [] }));
		await leadPage(client, {}, 1);
		expect(requests[0]?.validateBody?.(body)).toBe(isValid);
	});
});

const phoneOf = (phone: string, e164: string | undefined = phone) => ({
	phone,
	e164,
	extension: undefined,
});

describe('leadsWithPhone', () => {
	const body = [
		leadOf(1),
		leadOf(2, { phone_number: '15095551234', campaign_id: undefined, campaign: { id: 8 } }),
		leadOf(3, { phone_number: '+150955512345' }),
	];

	it('returns exact matches only: the filter of the vendor matches parts', async () => {
		const { client, requests } = fakeClient(() => ({ body }));
		const leads = await leadsWithPhone(client, phoneOf('+15095551234'), undefined);
		expect(leads.map(({ id }) => id)).toEqual([1, 2]);
		expect(requests[0]?.query).toEqual({ phone_number: '15095551234', per_page: 100, page: 1 });
	});

	it('of one campaign', async () => {
		const { client, requests } = fakeClient(() => ({ body }));
		const leads = await leadsWithPhone(client, phoneOf('+15095551234'), 8);
		expect(leads.map(({ id }) => id)).toEqual([2]);
		expect(requests[0]?.query).toMatchObject({ campaign_id: 8 });
	});
});

describe('leadsWithPhone, with Phone Validation off', () => {
	it('finds the number in E.164 and as it was written', async () => {
		const stored = [
			leadOf(1),
			leadOf(2, { phone_number: '(509) 555-1234' }),
			leadOf(3, { phone_number: '5095551234' }),
			leadOf(4, { phone_number: '+445095551234' }),
		];
		const { client } = fakeClient(({ query }) => ({
			body: stored.filter(({ phone_number: phone }) => phone.includes(String(query?.phone_number))),
		}));
		const leads = await leadsWithPhone(client, phoneOf('(509) 555-1234', '+15095551234'), 7);
		expect(leads.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
	});
});

describe('leadsWithId', () => {
	it('stops at the page that has the lead', async () => {
		const { client, requests } = fakeClient((_request, index) => ({
			body: { data: [leadOf(index * 10)], last_page: 50 },
		}));
		expect(await leadsWithId(client, 20, undefined)).toEqual([leadOf(20)]);
		expect(requests).toHaveLength(3);
	});

	it('reads at most the newest 10,000 leads', async () => {
		const data = Array.from({ length: 100 }, (_, index) => leadOf(index));
		const { client, requests } = fakeClient(() => ({ body: { data, last_page: 1_000 } }));
		expect(await leadsWithId(client, 5_000, undefined)).toEqual([]);
		expect(requests).toHaveLength(100);
	});
});

test('a simplified lead has the names of all nodes, and null for what is missing', () => {
	expect(simplifyLead({})).toEqual({
		leadId: null,
		phoneNumber: null,
		campaignId: null,
		campaignName: null,
		leadStatus: null,
		variables: {},
		createdAt: null,
		updatedAt: null,
	});
	expect(
		simplifyLead({
			id: '1',
			campaign: { id: 8, name: 'Fall' },
			variables: { first: 'Ada', list: ['x'] },
		}),
	).toMatchObject({
		leadId: 1,
		campaignId: 8,
		campaignName: 'Fall',
		variables: { first: 'Ada', list: null },
	});
});

describe('simplifyListedLead', () => {
	it('has what only the list says', () => {
		expect(
			simplifyListedLead({
				...leadOf(1),
				fallback_sent_at: '2026-01-15 10:30:00',
				campaign: { id: 7, name: 'Fall', channel: 'sms' },
				secondary_contacts: [
					{ id: 2, phone_number: '+15095559999', status: 'created', variables: { role: 'Owner' } },
				],
			}),
		).toMatchObject({
			leadId: 1,
			campaignName: 'Fall',
			channel: 'sms',
			fallbackSentAt: '2026-01-15 10:30:00',
			secondaryContacts: [
				{
					leadId: 2,
					phoneNumber: '+15095559999',
					leadStatus: 'created',
					variables: { role: 'Owner' },
					createdAt: null,
					updatedAt: null,
				},
			],
		});
	});

	it('does not take missing contacts for none', () => {
		expect(simplifyListedLead(leadOf(1))).toMatchObject({
			channel: null,
			fallbackSentAt: null,
			secondaryContacts: null,
		});
		expect(simplifyListedLead(leadOf(1, { secondary_contacts: [] })).secondaryContacts).toEqual([]);
	});
});
