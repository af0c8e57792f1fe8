import { sleep } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { leads, onError, phoneOf } from '../../support/fixtures';
import { outcomesOf } from '../../support/results';
import { useSandbox } from '../../support/sandbox';

const scene = useSandbox();
const requests = (method?: string) =>
	scene
		.requests('autocalls')
		.filter((request) => method === undefined || request.method === method);
const words = (result: Awaited<ReturnType<typeof scene.autocalls>>) =>
	[result.error?.message, result.error?.description].join(' ');
const campaign = (value: string) => ({ campaign: { __rl: true, mode: 'id', value } });
const short = { timeout: 0.3, giveUpAfter: 30 };

describe('Create', () => {
	test('sends every field of seed 003, and reads its reply', async () => {
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
			status: 'created',
			variables: { customer_name: 'John Doe' },
			secondaryLeadIds: [expect.any(String), expect.any(String)],
		});
	});

	test('a number that is there: a duplicate, or a failure, as the user chose', async () => {
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

	test('Allow Duplicates adds a number once more, also within one run', async () => {
		const items = [leads(1)[0] ?? {}, leads(1)[0] ?? {}];
		const result = await scene.autocalls({ items, parameters: { allowDuplicates: true } });
		expect(outcomesOf(result)).toEqual({ created: 2 });
		expect(requests('POST')[0]?.body).toMatchObject({ allow_dupplicate: true });
	});

	test.each<[IDataObject, RegExp]>([
		[{ phone: '' }, /Phone Number/],
		[{ phone: '(206) 200-0000' }, /Default Country/],
		[{ campaign: '' }, /Campaign/],
		[{ campaign: '../me' }, /is not an ID/],
		[{ campaign: '1e3' }, /is not an ID/],
	])('%j is told before anything is sent', async (change, expected) => {
		const result = await scene.autocalls({
			items: [{ ...leads(1)[0], campaign: '1', ...change }],
			parameters: campaign('={{ $json.campaign }}'),
		});
		expect(words(result)).toMatch(expected);
		expect(scene.world.requests).toHaveLength(0);
	});

	test('a bad secondary number is told before anything is sent', async () => {
		const result = await scene.autocalls({
			items: leads(1),
			parameters: { secondaryContacts: { contact: [{ phoneNumber: 'x' }] } },
		});
		expect(words(result)).toMatch(/secondary contact/);
		expect(scene.world.requests).toHaveLength(0);
	});

	test('field errors reach the user per field', async () => {
		scene.world.faults.add({
			kind: 'status',
			status: 422,
			body: { message: 'Validation failed', errors: { campaign_id: ['is archived'] } },
		});
		const result = await scene.autocalls({ items: leads(1), settings: onError.branch });
		expect(String(result.errors[0]?.json.error)).toContain('campaign_id: is archived');
	});

	test.each([
		'resetAfter',
		'stallAfter',
		'cutOff',
		'brokenJson',
		'htmlPage',
		'resetBefore',
		'stallBefore',
	] as const)(
		'%s: the list is asked before anything is sent again; no lead twice',
		async (kind) => {
			scene.world.autocalls.rejectDuplicates = false;
			scene.world.faults.add({ kind, method: 'POST', nth: [1, 3], ms: 1500 });
			const result = await scene.autocalls({
				items: leads(4),
				options: { ...short, requestsAtOnce: 1 },
			});
			expect(outcomesOf(result)).toEqual({ created: 4 });
			expect(scene.world.ledger('autocalls')).toMatchObject({ held: 4, doubled: 0 });
		},
	);

	test('with duplicates allowed nobody can tell whose lead it is: unknown', async () => {
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

describe('Get', () => {
	const get = { operation: 'get', campaign: { __rl: true, mode: 'list', value: '' } };

	test("by number: the vendor's filter is a partial match, ours is not", async () => {
		const items = [{ phone: '+12062000000' }, { phone: '+442062000000' }];
		await scene.autocalls({ items, options: { phoneCheck: 'e164Shape' } });
		const result = await scene.autocalls({
			items: [{ phone: '(206) 200-0000' }],
			parameters: { ...get, findBy: 'phone' },
			options: { defaultCountry: 'US' },
		});
		expect(result.items.map(({ json }) => json.phoneNumber)).toEqual(['+12062000000']);
	});

	test('by ID, over pages; and a clear answer when there is none', async () => {
		scene.world.autocalls.seedLeads(1, 250);
		const all = await scene.autocalls({
			items: [{}],
			parameters: { operation: 'getAll', returnAll: true, ...campaign('1') },
		});
		const last = all.items[249]?.json.leadId;
		const parameters = { ...get, findBy: 'id', leadId: '={{ $json.id }}' };
		const result = await scene.autocalls({ items: [{ id: last }, { id: 999_999 }], parameters });
		expect(result.items.map(({ json }) => [json.outcome, json.leadId])).toEqual([
			['found', last],
			['notFound', 999_999],
		]);
	});

	test.each(['../me', '1/../2', 'abc', '1.5', '-1'])(
		'the lead ID %j does not reach a path',
		async (leadId) => {
			for (const operation of ['get', 'update', 'delete', 'disable']) {
				const result = await scene.autocalls({
					items: [{}],
					parameters: {
						operation,
						findBy: 'id',
						leadId,
						updateFields: { status: 'completed' },
						campaign: { __rl: true, mode: 'list', value: '' },
					},
				});
				expect(words(result)).toMatch(/is not an ID/);
			}
			expect(scene.world.requests).toHaveLength(0);
		},
	);
});

describe('Get Many', () => {
	test.each([1, 15, 100, 101, 230])('a limit of %i holds across pages', async (limit) => {
		scene.world.autocalls.seedLeads(1, 300);
		const result = await scene.autocalls({
			items: [{}],
			parameters: { operation: 'getAll', returnAll: false, limit },
		});
		expect(new Set(result.items.map(({ json }) => json.leadId)).size).toBe(limit);
		expect(result.items).toHaveLength(limit);
	});

	test('returns all, also from the bare list of older versions', async () => {
		scene.world.autocalls.seedLeads(1, 230);
		const parameters = { operation: 'getAll', returnAll: true };
		expect((await scene.autocalls({ items: [{}], parameters })).items).toHaveLength(230);
		scene.world.autocalls.bareLists = true;
		expect((await scene.autocalls({ items: [{}], parameters })).items).toHaveLength(230);
	});

	test('leads that leave the filter while it is read push no other out of the result', async () => {
		scene.world.autocalls.seedLeads(1, 250);
		scene.world.settings.latencyMs = 30;
		const running = scene.autocalls({
			items: [{}],
			parameters: { operation: 'getAll', returnAll: true, filters: { status: 'created' } },
		});
		while (requests().length < 2) await sleep(0);
		const all = [...scene.world.autocalls.leads.values()];
		for (const lead of all.slice(-50)) lead.status = 'completed';
		const found = (await running).items.map(({ json }) => json.leadId);
		const still = all.filter(({ status }) => status === 'created').map(({ id }) => id);
		expect(found).toEqual(expect.arrayContaining(still));
		expect(new Set(found).size).toBe(found.length);
	});

	test('leads that come in while the list is read are in the result once', async () => {
		scene.world.autocalls.seedLeads(1, 250);
		scene.world.settings.latencyMs = 30;
		const running = scene.autocalls({
			items: [{}],
			parameters: { operation: 'getAll', returnAll: true },
		});
		while (requests().length < 2) await sleep(0);
		scene.world.autocalls.seedLeads(1, 20);
		const found = (await running).items.map(({ json }) => json.leadId);
		expect(new Set(found).size).toBe(270);
		expect(found).toHaveLength(270);
	});

	test('a list that nobody changes is read once', async () => {
		scene.world.autocalls.seedLeads(1, 250);
		await scene.autocalls({ items: [{}], parameters: { operation: 'getAll', returnAll: true } });
		expect(requests()).toHaveLength(3);
	});

	test('all filters go over the wire', async () => {
		await scene.autocalls({
			items: [{}],
			parameters: {
				operation: 'getAll',
				returnAll: true,
				filters: {
					status: 'reached-max-retries',
					phoneContains: '206',
					createdFrom: '2026-11-20T23:30:00-05:00',
					createdUntil: '2026-11-21',
				},
			},
		});
		expect(requests()[0]?.query).toEqual({
			campaign_id: '1',
			status: 'reached-max-retries',
			phone_number: '206',
			date_from: '2026-11-20',
			date_to: '2026-11-21',
			per_page: '100',
			page: '1',
		});
	});

	test('raw data on request', async () => {
		await scene.autocalls({ items: leads(1) });
		const result = await scene.autocalls({
			items: [{}],
			parameters: { operation: 'getAll' },
			options: { simplify: false },
		});
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'found',
			raw: { phone_number: phoneOf(0) },
		});
	});
});

describe('changes', () => {
	const create = async () => {
		const result = await scene.autocalls({
			items: leads(1),
			parameters: {
				customFieldsMode: 'define',
				customFields: { field: [{ name: 'a', value: '1' }] },
			},
		});
		return result.items[0]?.json.leadId;
	};

	test('Update changes what is filled in and merges variables', async () => {
		const leadId = await create();
		const result = await scene.autocalls({
			items: [{ leadId }],
			parameters: {
				operation: 'update',
				leadId: '={{ $json.leadId }}',
				updateFields: { status: 'completed', phoneNumber: '+1 206 200 0009', campaignId: '2' },
				customFieldsMode: 'define',
				customFields: { field: [{ name: 'b', value: '2' }] },
			},
		});
		expect(outcomesOf(result)).toEqual({ updated: 1 });
		expect(requests('PUT')[0]).toMatchObject({
			path: `/user/leads/${String(leadId)}`,
			body: {
				status: 'completed',
				phone_number: '+12062000009',
				campaign_id: 2,
				variables: { b: '2' },
			},
		});
		const lead = scene.world.autocalls.find(2, '+12062000009');
		expect(lead?.variables).toEqual({ a: '1', b: '2' });
	});

	test('Update without a change is told', async () => {
		const result = await scene.autocalls({
			items: [{}],
			parameters: { operation: 'update', leadId: '7' },
		});
		expect(words(result)).toMatch(/nothing to change/);
	});

	test('Disable by number, in all campaigns, and again', async () => {
		for (const id of ['1', '2'])
			await scene.autocalls({ items: leads(2), parameters: campaign(id) });
		const disable = {
			items: leads(1),
			parameters: {
				operation: 'disable',
				findBy: 'phone',
				campaign: { __rl: true, mode: 'list', value: '' },
			},
		};
		const result = await scene.autocalls(disable);
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'disabled',
			phoneNumber: phoneOf(0),
			status: 'completed',
		});
		expect(result.items[0]?.json.leadIds).toHaveLength(2);
		expect(scene.world.ledger('autocalls').disabled).toBe(2);
		expect(outcomesOf(await scene.autocalls(disable))).toEqual({ disabled: 1 });
	});

	test('Disable of a number that is not there is told, not failed', async () => {
		const result = await scene.autocalls({
			items: leads(1),
			parameters: { operation: 'disable', findBy: 'phone', disableStatus: 'reached-max-retries' },
		});
		expect(result.items[0]?.json).toEqual({ outcome: 'notFound', phoneNumber: phoneOf(0) });
	});

	test('Delete, twice', async () => {
		const leadId = await create();
		const remove = { items: [{}], parameters: { operation: 'delete', leadId: String(leadId) } };
		expect((await scene.autocalls(remove)).items[0]?.json).toEqual({
			outcome: 'deleted',
			deleted: true,
			leadId,
		});
		expect(outcomesOf(await scene.autocalls(remove))).toEqual({ notFound: 1 });
	});
});

describe('Campaign', () => {
	test('Get Many, in both list shapes', async () => {
		const parameters = { resource: 'campaign', operation: 'getAll', returnAll: true };
		const bare = await scene.autocalls({ items: [{}], parameters });
		expect(bare.items[0]?.json).toMatchObject({
			outcome: 'found',
			campaignId: 1,
			name: 'Spring Outreach',
		});
		scene.world.autocalls.wrappedCampaigns = true;
		const wrapped = await scene.autocalls({ items: [{}], parameters });
		expect(wrapped.items).toHaveLength(bare.items.length);
	});

	test.each(['start', 'stop'])('%s', async (operation) => {
		const result = await scene.autocalls({
			items: [{}],
			parameters: { resource: 'campaign', operation, ...campaign('2') },
		});
		expect(result.items[0]?.json).toMatchObject({ outcome: 'updated', campaignId: 2 });
		expect(requests()[0]).toMatchObject({
			path: '/user/campaigns/update-status',
			body: { campaign_id: 2, action: operation },
		});
	});
});

test.each([
	[401, /Open the credential/],
	[403, /plan or the key/],
	[404, /Check the campaign/],
	[422, /check the fields that it names/],
	[429, /Give Up After/],
	[500, /Look the lead up|Run the items again/],
])('status %i reaches the user as words that help', async (status, expected) => {
	scene.world.faults.add({ kind: 'status', status, body: { message: 'In the vendor words' } });
	const result = await scene.autocalls({ items: leads(1), options: { giveUpAfter: 0.2 } });
	expect(words(result)).toMatch(expected);
	expect(words(result)).toContain('In the vendor words');
});
