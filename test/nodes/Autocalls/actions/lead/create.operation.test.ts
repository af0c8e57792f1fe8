import type { IDataObject } from 'n8n-workflow';
import { leads, onError } from '../../../../support/fixtures';
import { errorText, outcomesOf } from '../../../../support/results';
import { useSandbox } from '../../../../support/sandbox';

const scene = useSandbox();

describe('Autocalls: Create Lead', () => {
	const requests = (method?: string) =>
		scene
			.requests('autocalls')
			.filter((request) => method === undefined || request.method === method);
	const campaign = (value: string) => ({ campaign: { __rl: true, mode: 'id', value } });
	const short = { timeout: 0.3, giveUpAfter: 30 };

	it('sends every field of the API page and reads the reply', async () => {
		const result = await scene.autocalls({
			items: [{ phone: '+1 (206) 200-0000', name: 'John Doe' }],
			parameters: {
				customFieldsMode: 'define',
				customFields: {
					field: [
						{ name: 'customer_name', value: '={{ $json.name }}' },
						{ name: 'email', value: 'john.doe@example.com' },
					],
				},
				secondaryContacts: {
					contact: [
						{ phoneNumber: '+12062000001', customerName: 'Jane', email: 'jane@example.com' },
						{ phoneNumber: '+12062000002', customerName: '', email: '' },
					],
				},
			},
		});
		expect(requests()[0]).toMatchObject({
			method: 'POST',
			path: '/user/lead',
			headers: { accept: 'application/json' },
			body: {
				campaign_id: 1,
				phone_number: '+12062000000',
				allow_dupplicate: false,
				variables: { customer_name: 'John Doe', email: 'john.doe@example.com' },
				secondary_contacts: [
					{
						phone_number: '+12062000001',
						variables: { customer_name: 'Jane', email: 'jane@example.com' },
					},
					{ phone_number: '+12062000002' },
				],
			},
		});
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'created',
			leadId: expect.any(Number),
			phoneNumber: '+12062000000',
			campaignId: 1,
			leadStatus: 'created',
			variables: { customer_name: 'John Doe' },
			secondaryLeadIds: [expect.any(String), expect.any(String)],
		});
	});

	it('reports an existing number as duplicate or error', async () => {
		await scene.autocalls({ items: leads(2) });
		const result = await scene.autocalls({ items: leads(3) });
		expect(outcomesOf(result)).toEqual({ duplicate: 2, created: 1 });
		expect(result.items[0]?.json.leadId).toEqual(expect.any(Number));
		const strict = await scene.autocalls({
			items: leads(1),
			options: { ifAlreadyThere: 'error' },
			settings: onError.branch,
		});
		expect(outcomesOf(strict)).toEqual({ refused: 1 });
		expect(String(strict.errors[0]?.json.error)).toMatch(
			/already has this phone number in the campaign/,
		);
	});

	it('adds a number again with Allow Duplicates, even within one run', async () => {
		const items = [leads(1)[0] ?? {}, leads(1)[0] ?? {}];
		const result = await scene.autocalls({ items, parameters: { allowDuplicates: true } });
		expect(outcomesOf(result)).toEqual({ created: 2 });
		expect(requests('POST')[0]?.body).toMatchObject({ allow_dupplicate: true });
	});

	it.each<[IDataObject, RegExp]>([
		[{ phone: '' }, /Phone Number/],
		[{ phone: '(206) 200-0000' }, /Default Country/],
		[{ campaign: '' }, /Campaign/],
		[{ campaign: '../me' }, /is not an ID/],
		[{ campaign: '1e3' }, /is not an ID/],
	])('rejects %j before anything is sent', async (change, expected) => {
		const result = await scene.autocalls({
			items: [{ ...leads(1)[0], campaign: '1', ...change }],
			parameters: campaign('={{ $json.campaign }}'),
		});
		expect(errorText(result)).toMatch(expected);
		expect(scene.world.requests).toHaveLength(0);
	});

	it('leaves out a secondary contact without a number, and keeps the lead', async () => {
		const seconds: unknown[] = ['', ' ', null, undefined, '+12062000009'];
		const result = await scene.autocalls({
			items: leads(5).map((lead, index) => ({ ...lead, second: seconds[index] as string })),
			parameters: {
				secondaryContacts: {
					contact: [{ phoneNumber: '={{ $json.second }}', customerName: 'Jane', email: '' }],
				},
			},
		});
		expect(outcomesOf(result)).toEqual({ created: 5 });
		const sent = requests('POST').map(({ body }) => (body as IDataObject).secondary_contacts);
		expect(sent.filter((contacts) => contacts !== undefined)).toEqual([
			[{ phone_number: '+12062000009', variables: { customer_name: 'Jane' } }],
		]);
	});

	it.each(['(323) 555-2345', '(479) 955-2345', '659-876-5432', '4799552345'])(
		'asks for a country instead of dialing %s abroad',
		async (phone) => {
			const result = await scene.autocalls({ items: [{ phone }] });
			expect(errorText(result)).toMatch(/Set Default Country/);
			expect(scene.world.requests).toHaveLength(0);
		},
	);

	it('knows a number by its digits with Phone Validation off, over a lost reply too', async () => {
		scene.world.faults.add({ kind: 'resetAfter', method: 'POST', nth: 1 });
		const result = await scene.autocalls({
			items: ['+12062000000', '+1 206 200 0000', '12062000000'].map((phone) => ({ phone })),
			options: { phoneCheck: 'off', defaultCountry: 'US' },
		});
		expect(outcomesOf(result)).toEqual({ created: 1, duplicate: 2 });
		expect(requests('POST')).toHaveLength(1);
	});

	it('rejects an invalid secondary number before anything is sent', async () => {
		const result = await scene.autocalls({
			items: leads(1),
			parameters: { secondaryContacts: { contact: [{ phoneNumber: 'x' }] } },
		});
		expect(errorText(result)).toMatch(/secondary contact/);
		expect(scene.world.requests).toHaveLength(0);
	});

	it('reports field errors by field', async () => {
		scene.world.faults.add({
			kind: 'status',
			status: 422,
			body: { message: 'Validation failed', errors: { campaign_id: ['is archived'] } },
		});
		const result = await scene.autocalls({ items: leads(1), settings: onError.branch });
		expect(String(result.errors[0]?.json.error)).toContain('campaign_id: is archived');
	});

	it.each([
		'resetAfter',
		'stallAfter',
		'cutOff',
		'brokenJson',
		'htmlPage',
		'resetBefore',
		'stallBefore',
	] as const)('looks the lead up before it resends, and creates none twice: %s', async (kind) => {
		scene.world.autocalls.rejectDuplicates = false;
		scene.world.faults.add({ kind, method: 'POST', nth: [1, 3], ms: 1500 });
		const result = await scene.autocalls({
			items: leads(4),
			options: { ...short, requestsAtOnce: 1 },
		});
		expect(outcomesOf(result)).toEqual({ created: 4 });
		expect(scene.world.ledger('autocalls')).toMatchObject({ held: 4, doubled: 0 });
	});

	it('reports the outcome as unknown after a lost response when duplicates are allowed', async () => {
		scene.world.faults.add({ kind: 'resetAfter', method: 'POST', nth: 1 });
		const result = await scene.autocalls({
			items: leads(1),
			parameters: { allowDuplicates: true },
			options: short,
			settings: onError.branch,
		});
		expect(outcomesOf(result)).toEqual({ unknown: 1 });
		expect(requests('POST')).toHaveLength(1);
	});
});
