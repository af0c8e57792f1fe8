import { sleep } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { squadVoiceAccounts } from '../../../sandbox';
import { leads, onError, phoneOf } from '../../support/fixtures';
import { outcomesOf } from '../../support/results';
import { useSandbox } from '../../support/sandbox';

const scene = useSandbox();
const campaign = (value: string, mode = 'id') => ({ campaign: { __rl: true, mode, value } });
const bodies = () => scene.requests('squadVoice').map(({ body }) => body);
const affiliate = {
	accountKind: 'affiliate',
	affiliateId: 'C457F',
	accessToken: squadVoiceAccounts.affiliate.token,
};
const v4 = { apiVersion: 'v4', accessToken: squadVoiceAccounts.v4.token };
const indian = { id: 'uniqueleadid1', phone: '98995 50412', name: 'John Doe' };

/** The error of an execution, or of its only item. */
const words = (result: Awaited<ReturnType<typeof scene.squadVoice>>) =>
	[result.error?.message, result.error?.description].join(' ');

describe('Create', () => {
	test('sends what seed 001 documents: numbers stay numbers, state, EBR date, custom fields', async () => {
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

	test('all other input columns become custom fields; documented names and excluded ones do not', async () => {
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
			parameters: { customFieldsMode: 'auto', excludedColumns: 'row_number, other' },
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

	test('a custom field may not overwrite a documented one', async () => {
		const result = await scene.squadVoice({
			items: leads(1),
			parameters: {
				customFieldsMode: 'define',
				customFields: { field: [{ name: 'state_code', value: 'ZZ' }] },
			},
		});
		expect(words(result)).toMatch(/"state_code" is a standard field of the vendor/);
		expect(scene.world.requests).toHaveLength(0);
	});

	test.each([
		[{ state: '' }, /State is empty/],
		[{ state: 'XX' }, /"XX" is not a US state/],
		[{ id: '' }, /Lead ID is empty/],
		[{ id: 'x'.repeat(256) }, /longer than 255/],
		[{ name: '  ' }, /Contact Name is empty/],
		[{ name: { first: 'A' } }, /Contact Name is not text/],
		[{ phone: '' }, /Phone Number/],
	])('%j is told before anything is sent', async (change: IDataObject, expected) => {
		const result = await scene.squadVoice({ items: [{ ...leads(1)[0], ...change }] });
		expect(words(result)).toMatch(expected);
		expect(scene.world.requests).toHaveLength(0);
	});

	test.each(['../../oauth/token', '0PT711/../X', '0PT711?x=1', 'a b', '.', '%2e%2e'])(
		'the campaign ID %j does not reach a path',
		async (value) => {
			const result = await scene.squadVoice({ items: leads(1), parameters: campaign(value) });
			expect(words(result)).toMatch(/Campaign/);
			expect(scene.world.requests).toHaveLength(0);
		},
	);

	test('a campaign can be given as a pasted API URL', async () => {
		const url = 'https://app.squadrun.co/api/v1/leads/create/0PT711/';
		await scene.squadVoice({ items: leads(1), parameters: campaign(url, 'url') });
		expect(scene.requests('squadVoice')[0]?.path).toBe('/api/v1/leads/create/0PT711/');
	});

	test('an account of the Indian market needs and sends no state', async () => {
		const result = await scene.squadVoice({
			items: [indian],
			credentials: { market: 'india', accessToken: squadVoiceAccounts.india.token },
			parameters: campaign('INDIA1'),
		});
		expect(outcomesOf(result)).toEqual({ created: 1 });
		expect(bodies()[0]).toEqual([
			{ lead_id: 'uniqueleadid1', phone_number: '919899550412', contact_name: 'John Doe' },
		]);
	});

	test('an affiliate sends one object a call, with its ID and the phone number as lead ID (seed 000)', async () => {
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

	test('API v4: a list, phone numbers with a plus', async () => {
		const result = await scene.squadVoice({
			items: [indian],
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

describe.each(['get', 'getAll', 'disable'])('%s', (operation) => {
	test('is not for affiliates, and says so', async () => {
		const result = await scene.squadVoice({
			items: leads(1),
			credentials: affiliate,
			parameters: { ...campaign('AFF711'), operation },
		});
		expect(words(result)).toMatch(/affiliate account can only create/);
		expect(scene.world.requests).toHaveLength(0);
	});
});

describe('Get', () => {
	test('finds a lead by its ID and unfolds its calls', async () => {
		await scene.squadVoice({
			items: leads(3),
			parameters: {
				customFieldsMode: 'define',
				customFields: { field: [{ name: 'color', value: 'red' }] },
			},
		});
		scene.world.squadVoice.process('0PT711', 'L1', { outcome: 'Wrong Number', at: 1531409739413 });
		const result = await scene.squadVoice({ items: leads(3), parameters: { operation: 'get' } });
		expect(outcomesOf(result)).toEqual({ found: 3 });
		expect(result.items[0]?.json).toMatchObject({
			leadId: 'L0',
			phoneNumber: phoneOf(0),
			contactName: 'Person 0',
			campaignId: '0PT711',
			state: 'CA',
			processedAt: null,
			callOutcome: null,
			lastAttempt: null,
			attempts: [],
			customFields: { color: 'red' },
		});
		expect(result.items[1]?.json).toMatchObject({
			processedAt: '2018-07-12T15:35:39.413Z',
			callOutcome: 'Wrong Number',
			lastAttempt: {
				callOutcome: 'Wrong Number',
				answers: expect.objectContaining({ status: expect.any(String) }),
			},
		});
		expect(result.items[1]?.json.attempts).toMatchObject([
			{ callOutcome: 'No Answer', calledAt: '2018-07-12T14:35:39.413Z', durationSeconds: 42 },
			{
				callOutcome: 'Wrong Number',
				answers: {
					status: 'review_completed',
					additional_notes: 'Asked for a call next week.',
					question_1: 'Yes',
				},
			},
		]);
		const keys = Object.keys(result.items[1]?.json.customFields ?? {});
		expect(keys).toEqual(['color']);
	});

	test('raw data on request', async () => {
		await scene.squadVoice({ items: leads(1) });
		const result = await scene.squadVoice({
			items: leads(1),
			parameters: { operation: 'get' },
			options: { simplify: false },
		});
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'found',
			raw: { lead_id: 'L0', call_attempt_keys: [], country_code: 'US' },
		});
	});

	test('a lead that is not there is told, not failed', async () => {
		const result = await scene.squadVoice({ items: leads(1), parameters: { operation: 'get' } });
		expect(result.items[0]?.json).toEqual({
			outcome: 'notFound',
			leadId: 'L0',
			campaignId: '0PT711',
		});
	});

	test('v4: a processed lead', async () => {
		await scene.squadVoice({ items: [indian], credentials: v4, parameters: campaign('V4CAMP') });
		scene.world.squadVoice.process('V4CAMP', indian.id);
		const result = await scene.squadVoice({
			items: [indian],
			credentials: v4,
			parameters: { ...campaign('V4CAMP'), operation: 'get' },
		});
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'found',
			leadId: indian.id,
			phoneNumber: '+919899550412',
			callOutcome: 'Connected : Objective Met',
			lastAttempt: { recordingUrl: expect.any(String), answers: expect.any(Object) },
		});
	});
});

describe('Get Many', () => {
	const getMany = { operation: 'getAll', returnAll: true };

	test('returns all, page by page by number, never by the plain http link of the reply', async () => {
		scene.world.squadVoice.seedLeads('0PT711', 730);
		const result = await scene.squadVoice({ items: [{}], parameters: getMany });
		expect(result.items).toHaveLength(730);
		expect(new Set(result.items.map(({ json }) => json.leadId)).size).toBe(730);
		expect(scene.requests('squadVoice').map(({ query }) => query.page)).toEqual([
			'1',
			'2',
			'3',
			'4',
			'5',
			'6',
			'7',
			'8',
		]);
	});

	test.each([1, 99, 100, 101, 250])('a limit of %i holds across pages', async (limit) => {
		scene.world.squadVoice.seedLeads('0PT711', 400);
		const result = await scene.squadVoice({
			items: [{}],
			parameters: { operation: 'getAll', returnAll: false, limit },
		});
		expect(result.items).toHaveLength(limit);
		expect(new Set(result.items.map(({ json }) => json.leadId)).size).toBe(limit);
	});

	test('leads that leave the list while it is read push no other out of the result', async () => {
		scene.world.squadVoice.seedLeads('0PT711', 250);
		scene.world.settings.latencyMs = 30;
		const running = scene.squadVoice({ items: [{}], parameters: getMany });
		while (scene.requests('squadVoice').length < 2) await sleep(0);
		const first = [...scene.world.squadVoice.leads.values()];
		const order = scene.world.squadVoice.responsesOrder;
		const gone = order === 'newest' ? first.slice(-50) : first.slice(0, 50);
		for (const lead of gone) scene.world.squadVoice.erase(lead, Date.now());
		const found = (await running).items.map(({ json }) => json.leadId);
		const still = first.filter(({ erasedAt }) => erasedAt === undefined);
		expect(found).toEqual(expect.arrayContaining(still.map(({ leadId }) => leadId)));
		expect(new Set(found).size).toBe(found.length);
	});

	test('a vendor that gives smaller pages than asked loses nothing', async () => {
		scene.world.squadVoice.pageSizeMaximum = 30;
		scene.world.squadVoice.seedLeads('0PT711', 95);
		const result = await scene.squadVoice({ items: [{}], parameters: getMany });
		expect(new Set(result.items.map(({ json }) => json.leadId)).size).toBe(95);
	});

	test("dates filter, in any ISO spelling and the workflow's timezone", async () => {
		scene.world.squadVoice.seedLeads('0PT711', 3);
		const day = Date.parse('2026-11-20T00:00:00Z');
		for (const n of [1, 2, 3])
			scene.world.squadVoice.process('0PT711', `seed-${n}`, { at: day + n * 3_600_000 });
		const result = await scene.squadVoice({
			items: [{}],
			parameters: {
				...getMany,
				filters: { processedAfter: '2026-11-19T20:30:00', processedBefore: '20261120T0230Z' },
			},
		});
		expect(scene.requests('squadVoice')[0]?.query).toMatchObject({
			processed_after: String(day + 5_400_000),
			processed_before: String(day + 9_000_000),
		});
		expect(result.items.map(({ json }) => json.leadId)).toEqual(['seed-2']);
	});

	test('many results of one item are all paired with it', async () => {
		scene.world.squadVoice.seedLeads('0PT711', 3);
		const result = await scene.squadVoice({ items: [{}, {}], parameters: getMany });
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 0, 1, 1, 1].map((item) => ({ item })),
		);
	});
});

describe('Disable', () => {
	test('disables lists, and repeating it is harmless', async () => {
		await scene.squadVoice({ items: leads(150) });
		const disable = { items: leads(150), parameters: { operation: 'disable' } };
		const result = await scene.squadVoice(disable);
		expect(outcomesOf(result)).toEqual({ disabled: 150 });
		expect(result.items[3]?.json).toEqual({
			outcome: 'disabled',
			leadId: 'L3',
			campaignId: '0PT711',
		});
		expect(scene.world.ledger('squadVoice').disabled).toBe(150);
		scene.world.faults.add({ kind: 'resetAfter', nth: 1 });
		expect(outcomesOf(await scene.squadVoice(disable))).toEqual({ disabled: 150 });
	});

	test('an unknown lead in a list stands alone at the end, where the vendor refuses it', async () => {
		scene.world.squadVoice.rejectUnknownOnDisable = true;
		await scene.squadVoice({ items: leads(9) });
		const items = [...leads(9), { id: 'unknown' }];
		const result = await scene.squadVoice({
			items,
			parameters: { operation: 'disable' },
			settings: onError.branch,
		});
		expect(outcomesOf(result)).toEqual({ disabled: 9, refused: 1 });
	});
});

describe('API v4 only', () => {
	const lead = { ...indian, detail: 'purchase' };
	const parameters = (operation: string) => ({
		...campaign('V4CAMP'),
		operation,
		detail: '={{ $json.detail }}',
	});

	test.each([
		['update', 'updated', { campaignId: 'V4CAMP' }],
		['convert', 'updated', { detail: 'purchase' }],
		['delete', 'deleted', { deleted: true }],
	])('%s works on v4', async (operation, outcome, output) => {
		const more = { credentials: v4, parameters: parameters(operation), items: [lead] };
		expect(outcomesOf(await scene.squadVoice(more))).toEqual({ notFound: 1 });
		await scene.squadVoice({ items: [lead], credentials: v4, parameters: campaign('V4CAMP') });
		const result = await scene.squadVoice(more);
		expect(result.items[0]?.json).toMatchObject({ outcome, leadId: lead.id, ...output });
	});

	test('Update changes only what is filled in', async () => {
		await scene.squadVoice({ items: [lead], credentials: v4, parameters: campaign('V4CAMP') });
		await scene.squadVoice({
			items: [lead],
			credentials: v4,
			parameters: { ...parameters('update'), phoneNumber: '', contactName: 'Jane Doe' },
		});
		expect(scene.requests('squadVoice')[1]).toMatchObject({
			method: 'PATCH',
			path: '/api/v4/leads/update/V4CAMP/',
			body: { lead_id: lead.id, contact_name: 'Jane Doe' },
		});
		expect(scene.world.squadVoice.find('V4CAMP', lead.id)).toMatchObject({
			contactName: 'Jane Doe',
		});
		const nothing = await scene.squadVoice({
			items: [lead],
			credentials: v4,
			parameters: { ...parameters('update'), phoneNumber: '', contactName: '' },
		});
		expect(words(nothing)).toMatch(/nothing to change/);
	});

	test('a detail longer than 32 characters is told', async () => {
		const result = await scene.squadVoice({
			items: [{ ...lead, detail: 'x'.repeat(33) }],
			credentials: v4,
			parameters: parameters('convert'),
		});
		expect(words(result)).toMatch(/longer than 32/);
	});

	test.each(['update', 'convert', 'delete'])(
		'%s on v1 says that it needs v4',
		async (operation) => {
			const result = await scene.squadVoice({ items: [lead], parameters: parameters(operation) });
			expect(words(result)).toMatch(/API v4 only/);
			expect(scene.world.requests).toHaveLength(0);
		},
	);
});

describe('User login', () => {
	const { login } = squadVoiceAccounts;
	const credentials = () => ({
		authentication: 'login',
		clientId: login.clientId,
		clientSecret: login.clientSecret,
		username: login.username,
		password: login.password,
		sessionToken: '',
		refreshToken: '',
	});
	const grants = () =>
		scene
			.requests('squadVoice')
			.filter(({ path }) => path === '/oauth/token/')
			.map(({ body }) =>
				typeof body === 'object' && body !== null && 'grant_type' in body ? body.grant_type : '',
			);
	const get = { parameters: { operation: 'get' }, options: { requestsPerMinute: 0 } };

	test('fetches one token for requests that need it at the same time', async () => {
		scene.world.settings.latencyMs = 30;
		const result = await scene.squadVoice({ ...get, items: leads(30), credentials: credentials() });
		expect(outcomesOf(result)).toEqual({ notFound: 30 });
		expect(grants()).toEqual(['password']);
	});

	test('a refresh token that is used up: signs in with the password', async () => {
		const stale = { ...credentials(), sessionToken: 'expired', refreshToken: 'used-up' };
		const result = await scene.squadVoice({ ...get, items: leads(20), credentials: stale });
		expect(outcomesOf(result)).toEqual({ notFound: 20 });
		expect(grants()).toEqual(['refresh_token', 'password']);
	});

	test('a token that expires half-way loses and doubles nothing', async () => {
		scene.world.settings.latencyMs = 20;
		const running = scene.squadVoice({
			items: leads(400),
			credentials: credentials(),
			options: { leadsPerRequest: 10, requestsAtOnce: 4, requestsPerMinute: 0 },
		});
		while (scene.requests('squadVoice').length < 15) await sleep(0);
		scene.world.squadVoice.tokens.expireAll();
		expect(outcomesOf(await running)).toEqual({ created: 400 });
		expect(scene.world.ledger('squadVoice')).toMatchObject({ held: 400, doubled: 0 });
		expect(grants().slice(1)).toEqual(['refresh_token']);
	});

	test('a wrong login is told as such', async () => {
		const result = await scene.squadVoice({
			...get,
			items: leads(3),
			credentials: { ...credentials(), password: 'wrong' },
		});
		expect(words(result)).toMatch(/did not accept the credential/);
	});
});

describe("error codes of the vendor's table reach the user as words that help", () => {
	test.each([
		[400, /found something wrong with this lead/],
		[401, /Open the credential/],
		[403, /Open the credential/],
		[404, /Check the campaign ID/],
		[405, /Base URL and the API version/],
		[429, /Give Up After/],
		[500, /Look the lead up|Run the items again/],
		[503, /Look the lead up|Run the items again/],
	])('%i', async (status, expected) => {
		scene.world.faults.add({ kind: 'status', status, body: { detail: 'In the vendor words' } });
		const operations = ['create', 'get'].map((operation) => ({
			items: leads(1),
			parameters: { operation },
			options: { giveUpAfter: 0.2 },
		}));
		for (const result of await Promise.all(operations.map(scene.squadVoice))) {
			expect(words(result)).toMatch(expected);
			expect(words(result)).toContain(`HTTP ${status}: In the vendor words`);
		}
	});
});
