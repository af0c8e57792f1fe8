import type { IDataObject } from 'n8n-workflow';
import { squadVoiceAccounts } from '../../../../../sandbox';
import { leads, phoneOf } from '../../../../support/fixtures';
import { errorText, outcomesOf } from '../../../../support/results';
import { useSandbox } from '../../../../support/sandbox';
import { affiliate, campaign, indianLead, v4 } from '../../fixtures';

const scene = useSandbox();

describe('SquadVoice: Create Lead', () => {
	const bodies = () => scene.requests('squadVoice').map(({ body }) => body);

	it('sends the fields of the US API page: numbers, state code, EBR date, custom fields', async () => {
		await scene.squadVoice({
			items: [{ id: 1, phone: '+919899550412', name: 'John Doe', state: 'new york' }],
			parameters: {
				additionalFields: { ebrDate: '2026-11-21T09:30:00-05:00' },
				customFieldsMode: 'define',
				customFields: {
					field: [
						{ name: 'favorite_color', value: 'red' },
						{ name: 'empty', value: '' },
						{ name: 'age', value: '={{ 42 }}' },
					],
				},
			},
		});
		expect(bodies()).toEqual([
			[
				{
					lead_id: 1,
					phone_number: '919899550412',
					contact_name: 'John Doe',
					state_code: 'NY',
					ebr_datetime: '2026-11-21T14:30:00Z',
					favorite_color: 'red',
					age: 42,
				},
			],
		]);
	});

	it.each(['+45 82 34 56 78', '+47 99 55 23 45', '+65 9876 5432'])(
		'refuses %s on v1, whose digits would be a US number without the plus',
		async (phone) => {
			const result = await scene.squadVoice({ items: [{ ...leads(1)[0], phone }] });
			expect(errorText(result)).toMatch(/cannot be sent without its \+/);
			expect(scene.world.requests).toHaveLength(0);
		},
	);

	it('returns numbers in E.164, whatever the format of the request', async () => {
		const result = await scene.squadVoice({ items: leads(1) });
		expect(bodies()).toMatchObject([[{ phone_number: '12062000000' }]]);
		expect(result.items[0]?.json.phoneNumber).toBe('+12062000000');
	});

	it('reads an Indian number with a zero in front of its country code', async () => {
		await scene.squadVoice({
			credentials: v4,
			items: [{ ...leads(1)[0], phone: '0919876543210' }],
		});
		expect(bodies()).toMatchObject([[{ phone_number: '+919876543210' }]]);
	});

	it('maps unmapped columns to custom fields, except documented and excluded ones', async () => {
		await scene.squadVoice({
			items: [
				{
					...leads(1)[0],
					lead_id: 'fake',
					color: 'red',
					row_number: 7,
					nothing: null,
					tags: ['a', 'b'],
					vip: true,
				},
			],
			parameters: { customFieldsMode: 'auto', excludedColumns: 'row_number' },
		});
		expect(bodies()[0]).toEqual([
			{
				lead_id: 'L0',
				phone_number: phoneOf(0).slice(1),
				contact_name: 'Person 0',
				state_code: 'CA',
				color: 'red',
				tags: '["a","b"]',
				vip: true,
			},
		]);
	});

	it('rejects a custom field that would overwrite a documented field', async () => {
		const result = await scene.squadVoice({
			items: leads(1),
			parameters: {
				customFieldsMode: 'define',
				customFields: { field: [{ name: 'state_code', value: 'ZZ' }] },
			},
		});
		expect(errorText(result)).toMatch(/"state_code" is a standard field of the vendor/);
		expect(scene.world.requests).toHaveLength(0);
	});

	it.each([
		[{ state: '' }, /State is empty/],
		[{ state: 'XX' }, /"XX" is not a US state/],
		[{ id: '' }, /Lead ID is empty/],
		[{ id: 'x'.repeat(256) }, /longer than 255/],
		[{ name: '  ' }, /Contact Name is empty/],
		[{ name: { first: 'A' } }, /Contact Name is an object/],
		[{ phone: '' }, /Phone Number/],
	])('rejects %j before anything is sent', async (change: IDataObject, expected) => {
		const result = await scene.squadVoice({ items: [{ ...leads(1)[0], ...change }] });
		expect(errorText(result)).toMatch(expected);
		expect(scene.world.requests).toHaveLength(0);
	});

	it.each(['../../oauth/token', '0PT711/../X', '0PT711?x=1', 'a b', '.', '%2e%2e'])(
		'rejects the campaign ID %j before it reaches a path',
		async (value) => {
			const result = await scene.squadVoice({ items: leads(1), parameters: campaign(value) });
			expect(errorText(result)).toMatch(/Campaign/);
			expect(scene.world.requests).toHaveLength(0);
		},
	);

	it('reads the campaign ID from a pasted API URL', async () => {
		const url = 'https://app.squadrun.co/api/v1/leads/create/0PT711/';
		await scene.squadVoice({ items: leads(1), parameters: campaign(url, 'url') });
		expect(scene.requests('squadVoice')[0]?.path).toBe('/api/v1/leads/create/0PT711/');
	});

	it('needs and sends no state for the Indian market', async () => {
		const result = await scene.squadVoice({
			items: [indianLead],
			credentials: { market: 'india', accessToken: squadVoiceAccounts.india.token },
			parameters: campaign('INDIA1'),
		});
		expect(outcomesOf(result)).toEqual({ created: 1 });
		expect(bodies()[0]).toEqual([
			{ lead_id: 'uniqueleadid1', phone_number: '919899550412', contact_name: 'John Doe' },
		]);
	});

	it('sends one lead per request for an affiliate, with its ID and the phone number as lead ID', async () => {
		const result = await scene.squadVoice({
			items: leads(2),
			credentials: affiliate,
			parameters: { ...campaign('AFF711'), leadId: '' },
		});
		expect(outcomesOf(result)).toEqual({ created: 2 });
		expect(bodies()).toContainEqual({
			lead_id: phoneOf(0).slice(1),
			phone_number: phoneOf(0).slice(1),
			contact_name: 'Person 0',
			affiliate_id: 'C457F',
			state_code: 'CA',
		});
	});

	it('sends a list of leads with E.164 numbers to API v4', async () => {
		const result = await scene.squadVoice({
			items: [indianLead],
			credentials: v4,
			parameters: campaign('V4CAMP'),
		});
		expect(outcomesOf(result)).toEqual({ created: 1 });
		expect(scene.requests('squadVoice')[0]).toMatchObject({
			path: '/api/v4/leads/create/V4CAMP/',
			status: 201,
			body: [{ lead_id: 'uniqueleadid1', phone_number: '+919899550412', contact_name: 'John Doe' }],
		});
	});
});
