import { LoadOptionsContext } from 'n8n-core';
import { sleep, Workflow } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';
import { closeAccounts, closeFields, closeStatuses } from '../../../sandbox';
import type { FaultKind } from '../../../sandbox';
import { asParameters } from '../../support/fixtures';
import { searchDropDown } from '../../support/engine/dropDown';
import { additionalData, nodeType, run } from '../../support/engine';
import type { RunOptions, RunResult } from '../../support/engine';
import { contactOfColumns, onError, phoneOf } from '../../support/fixtures';
import { outcomesOf, pairs } from '../../support/results';
import { useSandbox } from '../../support/sandbox';
import { testCredential } from '../../support/engine/credentialTest';

const sandbox = useSandbox();
const { close } = sandbox;

const requests = () => sandbox.world.requests;
const sentTo = (method: string, path: string) =>
	requests().filter((request) => request.method === method && request.path === path);
const creates = () => sentTo('POST', '/lead/');
const held = () => [...sandbox.world.close.leads.values()];
const words = (result: RunResult) => [result.error?.message, result.error?.description].join(' ');
const ledger = () => sandbox.world.ledger('close');

const people = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, i) => ({ name: `Person ${i}`, phone: phoneOf(i) }));

const status = (id: string) => ({ __rl: true, mode: 'list', value: id });
const mapped = (value: IDataObject, types: IDataObject = {}) => ({
	mappingMode: 'defineBelow',
	value,
	schema: Object.entries(types).map(([id, type]) => ({ id, displayName: id, type })),
});

describe('the credential', () => {
	test('is tested by the account call', async () => {
		const data = { baseUrl: `${sandbox.url}/close`, apiKey: closeAccounts.one.key };
		expect(await testCredential('leadDispatchCloseApi', data)).toBe('OK');
		const wrongKey = { ...data, apiKey: 'api_wrong' };
		expect(await testCredential('leadDispatchCloseApi', wrongKey)).toMatch(/API key/);
		const wrongUrl = { ...data, baseUrl: sandbox.url };
		expect(await testCredential('leadDispatchCloseApi', wrongUrl)).toMatch(/Base URL/);
	});

	test('the key is the user name, with no password', async () => {
		await close({ items: people(1) });
		expect(creates()[0]?.status).toBe(200);
		const bad = await close({ items: people(1), credentials: { apiKey: 'api_wrong' } });
		expect(words(bad)).toMatch(/did not accept the credential/);
	});
});

describe('OAuth2', () => {
	/** A connected credential, as n8n stores it. */
	const connected = () => {
		const { accessToken, refreshToken } = sandbox.world.close.tokens.issue(60_000);
		return {
			baseUrl: `${sandbox.url}/close`,
			accessTokenUrl: `${sandbox.url}/close/oauth2/token/`,
			clientId: closeAccounts.oauth.clientId,
			clientSecret: closeAccounts.oauth.clientSecret,
			oauthTokenData: { access_token: accessToken, refresh_token: refreshToken },
		};
	};
	const withOAuth2 = (
		credential: ReturnType<typeof connected>,
		more: Partial<RunOptions> = {},
	) => ({
		node: 'close',
		parameters: asParameters({
			authentication: 'oAuth2',
			resource: 'lead',
			operation: 'getAll',
			options: {},
		}),
		items: [{}],
		credentials: { leadDispatchCloseOAuth2Api: credential },
		...more,
	});

	test('its token is used, and told to nobody', async () => {
		const credential = connected();
		sandbox.world.close.seedLeads(2);
		expect(outcomesOf(await run(withOAuth2(credential)))).toEqual({ found: 2 });
		const { access_token: token } = credential.oauthTokenData;
		sandbox.world.faults.add({ kind: 'status', status: 400, body: { error: `no ${token}` } });
		const told = words(await run(withOAuth2(credential)));
		expect(told).toContain('no ***');
		expect(told).not.toContain(token);
	});

	test('a token that was refreshed during the run is told to nobody', async () => {
		const credential = connected();
		sandbox.world.close.tokens.expireAll();
		const { tokens } = sandbox.world.close;
		const issue = tokens.issue.bind(tokens);
		let fresh = '';
		const spy = jest.spyOn(tokens, 'issue').mockImplementation((lifetimeMs) => {
			const pair = issue(lifetimeMs);
			fresh = pair.accessToken;
			sandbox.world.faults.add({ kind: 'status', status: 400, body: { error: `no ${fresh}` } });
			return pair;
		});
		const told = words(await run(withOAuth2(credential)));
		spy.mockRestore();
		expect(fresh).not.toBe('');
		expect(told).toContain('no ***');
		expect(told).not.toContain(fresh);
	});

	test('a token that expires half-way is refreshed once, and nothing is lost or doubled', async () => {
		const credential = connected();
		const before = credential.oauthTokenData.refresh_token;
		sandbox.world.settings.latencyMs = 10;
		const running = run(
			withOAuth2(credential, {
				items: people(60),
				parameters: asParameters({
					authentication: 'oAuth2',
					resource: 'lead',
					operation: 'create',
					contacts: contactOfColumns,
					options: {},
				}),
			}),
		);
		while (creates().length < 20) await sleep(0);
		sandbox.world.close.tokens.expireAll();
		expect(outcomesOf(await running)).toEqual({ created: 60 });
		expect(ledger()).toMatchObject({ held: 60, doubled: 0 });
		expect(sentTo('POST', '/oauth2/token/')).toHaveLength(1);
		expect(credential.oauthTokenData.refresh_token).not.toBe(before);
	});
});

describe('drop-downs', () => {
	const credentials = (apiKey: string = closeAccounts.one.key) => ({
		leadDispatchCloseApi: { baseUrl: `${sandbox.url}/close`, apiKey },
	});

	/** What a method of the node gives the editor. */
	async function load(kind: 'loadOptions' | 'resourceMapping', name: string, apiKey?: string) {
		const type = await nodeType('close');
		const editing: INode = {
			id: 'a',
			name: 'Node',
			type: 'close',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
			credentials: { leadDispatchCloseApi: { id: 'drop-down', name: 'Close' } },
		};
		const getByName = () => type;
		const workflow = new Workflow({
			nodes: [editing],
			connections: {},
			active: false,
			nodeTypes: { getByName, getByNameAndVersion: getByName, getKnownTypes: () => ({}) },
		});
		const data = additionalData(credentials(apiKey));
		const context = new LoadOptionsContext(workflow, editing, data, '');
		const method: unknown = type.methods?.[kind]?.[name];
		if (typeof method !== 'function') throw new Error(`There is no ${name}`);
		return await Reflect.apply(method, context, []);
	}

	test('lead statuses', async () => {
		const { results } = await searchDropDown('close', 'searchStatuses', credentials(), {
			filter: 'bad',
		});
		expect(results).toEqual([{ name: 'Bad Fit', value: closeStatuses.badFit.id }]);
		const wrong = searchDropDown('close', 'searchStatuses', credentials('api_wrong'));
		await expect(wrong).rejects.toThrow(/did not accept the credential/);
	});

	test('custom fields, with their types and choices', async () => {
		const fields: unknown = Object(await load('resourceMapping', 'leadCustomFields')).fields;
		const choices = ['Website', 'Referral', 'Event'].map((value) => ({ name: value, value }));
		expect(fields).toEqual([
			expect.objectContaining({ id: closeFields.text.id, type: 'string' }),
			expect.objectContaining({ id: closeFields.number.id, type: 'number' }),
			expect.objectContaining({ type: 'string', displayName: 'Trial Due (YYYY-MM-DD)' }),
			expect.objectContaining({ id: closeFields.datetime.id, type: 'dateTime' }),
			expect.objectContaining({ type: 'options', options: choices }),
			expect.objectContaining({ id: closeFields.choices.id, type: 'array' }),
			expect.objectContaining({ id: closeFields.user.id, type: 'string' }),
			expect.objectContaining({ id: closeFields.users.id, type: 'array' }),
		]);
		await expect(load('resourceMapping', 'leadCustomFields', 'api_wrong')).rejects.toThrow(
			/did not accept the credential/,
		);
		expect(await load('loadOptions', 'clearableFields')).toHaveLength(11);
		expect(await load('loadOptions', 'customFieldOptions')).toHaveLength(8);
	});
});

describe('Create', () => {
	test('sends every field, in the names of Close', async () => {
		const result = await close({
			items: [{}],
			parameters: {
				name: 'Bluth Company',
				status: status(closeStatuses.qualified.id),
				additionalFields: { description: 'Best. Show. Ever.', url: 'https://bluth.example' },
				addresses: {
					address: [
						{
							label: 'business',
							address1: '747 Howard St',
							address2: 'Room 3',
							city: 'San Francisco',
							state: 'CA',
							zipCode: '94103',
							country: 'US',
						},
					],
				},
				contacts: {
					contact: [
						{
							name: 'Gob',
							title: 'Sr. Vice President',
							emails: { email: [{ email: 'gob@example.com', type: 'office' }] },
							phones: {
								phone: [
									{ phone: '(800) 444-5555 x7', type: 'office' },
									{ phone: '+1 206 200 0001', type: 'mobile' },
								],
							},
							urls: { url: [{ url: 'https://gob.example', type: 'url' }] },
						},
						{ name: '', phones: { phone: [{ phone: '' }] } },
					],
				},
				customFields: mapped(
					{
						[closeFields.text.id]: 'customer-1',
						[closeFields.number.id]: '7',
						[closeFields.choice.id]: 'Website',
						[closeFields.choices.id]: '["IT", "Cars"]',
						[closeFields.date.id]: '2026-12-01',
					},
					{ [closeFields.number.id]: 'number', [closeFields.choices.id]: 'array' },
				),
			},
			options: { defaultCountry: 'US' },
		});
		expect(words(result)).toBe(' ');
		expect(creates().map(({ body }) => body)).toEqual([
			{
				name: 'Bluth Company',
				status_id: closeStatuses.qualified.id,
				description: 'Best. Show. Ever.',
				url: 'https://bluth.example',
				addresses: [
					{
						label: 'business',
						address_1: '747 Howard St',
						address_2: 'Room 3',
						city: 'San Francisco',
						state: 'CA',
						zipcode: '94103',
						country: 'US',
					},
				],
				[`custom.${closeFields.text.id}`]: 'customer-1',
				[`custom.${closeFields.number.id}`]: 7,
				[`custom.${closeFields.choice.id}`]: 'Website',
				[`custom.${closeFields.choices.id}`]: ['IT', 'Cars'],
				[`custom.${closeFields.date.id}`]: '2026-12-01',
				contacts: [
					{
						name: 'Gob',
						title: 'Sr. Vice President',
						emails: [{ email: 'gob@example.com', type: 'office' }],
						phones: [
							{ phone: '+18004445555', type: 'office' },
							{ phone: '+12062000001', type: 'mobile' },
						],
						urls: [{ url: 'https://gob.example', type: 'url' }],
					},
				],
			},
		]);
		expect(result.items[0]?.json).toEqual({
			outcome: 'created',
			leadId: held()[0]?.id,
			name: 'Bluth Company',
			contactName: 'Gob',
			phoneNumber: '+18004445555',
			phoneExtension: '7',
			email: 'gob@example.com',
			status: 'Qualified',
			statusId: closeStatuses.qualified.id,
			url: 'https://bluth.example',
			customFields: {
				[closeFields.text.id]: 'customer-1',
				[closeFields.number.id]: 7,
				[closeFields.choice.id]: 'Website',
				[closeFields.choices.id]: ['IT', 'Cars'],
				[closeFields.date.id]: '2026-12-01',
			},
			createdAt: expect.any(String),
			updatedAt: expect.any(String),
		});
	});

	test('columns named after custom fields are mapped automatically', async () => {
		const schema = [
			{ id: closeFields.text.id, displayName: 'External ID', type: 'string' },
			{ id: closeFields.number.id, displayName: '# of users', type: 'number' },
		];
		await close({
			items: [{ ...people(1)[0], 'External ID': 'x', [closeFields.number.id]: 3, other: 1 }],
			parameters: { customFields: { mappingMode: 'autoMapInputData', value: null, schema } },
		});
		expect(creates()[0]?.body).toMatchObject({
			[`custom.${closeFields.text.id}`]: 'x',
			[`custom.${closeFields.number.id}`]: 3,
		});
	});

	test.each([
		[{ name: '', phone: '' }, /Name and Contacts are both empty/],
		[{ phone: '+1 206 555 01' }, /Phone Number of a contact/],
		[{ phone: '206 200 0000' }, /Phone Number of a contact/],
		[{ email: 'nobody' }, /"nobody" is not an email address/],
	])('%j is told before anything is sent', async (change: IDataObject, expected) => {
		const result = await close({ items: [{ ...people(1)[0], ...change }] });
		expect(words(result)).toMatch(expected);
		expect(requests()).toHaveLength(0);
	});

	test('a lead that is there: a duplicate, a failure, or once more, as the user chose', async () => {
		await close({ items: people(2) });
		const duplicates = await close({ items: people(3) });
		expect(outcomesOf(duplicates)).toEqual({ duplicate: 2, created: 1 });
		expect(duplicates.items[0]?.json.leadId).toBe(
			held().find(({ name }) => name === 'Person 0')?.id,
		);
		const strict = await close({
			items: people(1),
			options: { ifAlreadyThere: 'error' },
			settings: onError.branch,
		});
		expect(outcomesOf(strict)).toEqual({ refused: 1 });
		const again = await close({ items: people(1), options: { ifAlreadyThere: 'create' } });
		expect(outcomesOf(again)).toEqual({ created: 1 });
		expect(ledger()).toMatchObject({ held: 4, doubled: 1 });
	});

	test('what only resembles a lead is no duplicate', async () => {
		await close({ items: [{ name: 'Acme Inc' }] });
		const result = await close({ items: [{ name: 'Acme' }, { name: 'ACME inc' }] });
		expect(result.items.map(({ json }) => json.outcome)).toEqual(['created', 'duplicate']);
	});

	test('items that share a phone or an e-mail are one lead, though search lags behind', async () => {
		sandbox.world.close.indexLagMs = 60_000;
		const items = [
			{ name: 'A', phone: phoneOf(1) },
			{ name: 'B', phone: phoneOf(2), email: 'b@example.com' },
			{ name: 'C', phone: phoneOf(3), email: 'B@example.com' },
			{ name: 'D', phone: phoneOf(1), email: 'd@example.com' },
			{ name: 'E', email: 'd@example.com' },
		];
		const result = await close({ items });
		expect(result.items.map(({ json }) => [json.outcome, json.duplicateOf])).toEqual([
			['created', undefined],
			['created', undefined],
			['duplicate', 1],
			['duplicate', 0],
			// It is like D, which was not sent, and like none that Close has.
			['created', undefined],
		]);
		expect(pairs(result.items)).toEqual([0, 1, 2, 3, 4]);
		expect(ledger()).toMatchObject({ held: 3, doubled: 0 });
	});

	test('field errors are told by field, for the item they are about', async () => {
		const items = [...people(3), { name: 'Bad', phone: phoneOf(9), email: 'a@b.c' }];
		const result = await close({
			items,
			parameters: {
				customFields: mapped({ [closeFields.choice.id]: '={{ $json.email ? "Nowhere" : "" }}' }),
			},
			settings: onError.continue,
		});
		expect(outcomesOf(result)).toEqual({ created: 3, refused: 1 });
		const told = JSON.stringify(result.items[3]?.json);
		expect(told).toContain(`custom.${closeFields.choice.id}: Not a valid choice.`);
		expect(told).toContain('contacts.1.emails.1.email: Invalid email address.');
		expect(told).toContain('check the fields that it names');
	});

	test('402 is told as a limit of the plan', async () => {
		sandbox.world.close.planLimitReached = true;
		const result = await close({ items: people(1) });
		expect(words(result)).toMatch(/HTTP 402.*plan of your Close organization/);
	});

	test('Preview Only shows the lead as it would be created, and sends nothing', async () => {
		const result = await close({ items: people(2), options: { previewOnly: true } });
		expect(outcomesOf(result)).toEqual({ preview: 2 });
		expect(result.items[0]?.json.request).toMatchObject({
			method: 'POST',
			url: `${sandbox.url}/close/lead/`,
			body: { name: 'Person 0' },
		});
		expect(requests()).toHaveLength(0);
	});
});

describe('a lost reply makes no second lead', () => {
	const short = { timeout: 0.3, giveUpAfter: 30 };
	const kinds: FaultKind[] = [
		'resetAfter',
		'stallAfter',
		'brokenJson',
		'cutOff',
		'resetBefore',
		'stallBefore',
	];
	const cases = kinds.flatMap((kind) => [0, 60_000].map((lag) => [kind, lag] as const));

	test.each(cases)('Create, %s, search %i ms behind', async (kind, lag) => {
		sandbox.world.close.indexLagMs = lag;
		sandbox.world.faults.add({ kind, method: 'POST', path: '/lead/', nth: 1, ms: 1500 });
		const result = await close({ items: people(3), options: short });
		expect(outcomesOf(result)).toEqual({ created: 3 });
		expect(ledger()).toMatchObject({ held: 3, doubled: 0 });
	});

	test.each(cases)('Create or Update, %s, search %i ms behind', async (kind, lag) => {
		sandbox.world.close.indexLagMs = lag;
		sandbox.world.faults.add({ kind, method: 'POST', path: '/lead/', nth: 1, ms: 1500 });
		await close({
			items: people(3),
			parameters: { operation: 'upsert', matchBy: { key: [{ by: 'phone' }] } },
			options: short,
		});
		expect(ledger()).toMatchObject({ held: 3, doubled: 0 });
	});

	test('among many that are created meanwhile, search behind', async () => {
		sandbox.world.close.indexLagMs = 5_000;
		sandbox.world.faults.add({ kind: 'resetBefore', method: 'POST', path: '/lead/', every: 40 });
		sandbox.world.faults.add({ kind: 'resetAfter', method: 'POST', path: '/lead/', every: 57 });
		const result = await close({ items: people(600) });
		expect(outcomesOf(result)).toEqual({ created: 600 });
		expect(ledger()).toMatchObject({ held: 600, doubled: 0 });
	});

	test('Retry of a failed execution sends only the rest, though search lags behind', async () => {
		sandbox.world.close.indexLagMs = 60_000;
		sandbox.world.faults.add({
			kind: 'status',
			status: 400,
			body: { errors: ['Not now.'] },
			method: 'POST',
			path: '/lead/',
			nth: 2,
		});
		const scene = { items: people(3), options: { requestsAtOnce: 1 } };
		const failed = await close(scene);
		expect(words(failed)).toMatch(/Not now.*So far: 1 created/);
		const result = await close({ ...scene, retryOf: failed });
		expect(outcomesOf(result)).toEqual({ created: 3 });
		expect(ledger()).toMatchObject({ held: 3, doubled: 0 });
	});

	test('a note whose reply is lost is not written again', async () => {
		const [lead] = sandbox.world.close.seedLeads(1);
		sandbox.world.faults.add({ kind: 'resetAfter', method: 'POST', nth: 1 });
		const result = await close({
			items: [{}],
			parameters: { resource: 'note', leadId: lead?.id, note: 'Called' },
			settings: onError.continue,
		});
		expect(outcomesOf(result)).toEqual({ unknown: 1 });
		expect(sandbox.world.close.notes.size).toBe(1);
	});
});

describe('reading', () => {
	test('Get by ID, by the address of its page, and one that is not there', async () => {
		const [lead] = sandbox.world.close.seedLeads(1);
		const parameters = { operation: 'get', leadId: '={{ $json.id }}' };
		const items = [
			{ id: lead?.id },
			{ id: `https://app.close.com/lead/${lead?.id}/` },
			{ id: 'lead_nobody' },
		];
		const result = await close({ items, parameters });
		expect(outcomesOf(result)).toEqual({ found: 2, notFound: 1 });
		const raw = await close({ items: [items[0] ?? {}], parameters, options: { simplify: false } });
		expect(raw.items[0]?.json).toMatchObject({ outcome: 'found', raw: { id: lead?.id } });
	});

	test.each([
		'lead_1/../../me',
		'../me',
		'cont_abc',
		'lead_',
		'lead_a b',
		'https://evil.example/lead_abc',
	])('the forged ID %j never reaches a path', async (leadId) => {
		const result = await close({ items: [{}], parameters: { operation: 'delete', leadId } });
		expect(words(result)).toMatch(/is not an ID/);
		expect(requests()).toHaveLength(0);
	});

	test.each([
		[{ limit: 5 }, 5, 1],
		[{ limit: 150 }, 150, 2],
		// Twice: Close does not say how many there are, so a second look tells whether any slipped past.
		[{ returnAll: true }, 230, 6],
	])('Get Many with %j', async (parameters, count, pages) => {
		sandbox.world.close.seedLeads(230);
		const result = await close({ items: [{}], parameters: { operation: 'getAll', ...parameters } });
		expect(result.items).toHaveLength(count);
		expect(new Set(result.items.map(({ json }) => json.leadId)).size).toBe(count);
		expect(requests()).toHaveLength(pages);
	});

	test('Get Many: leads that are deleted while it reads push no other out of the result', async () => {
		const all = sandbox.world.close.seedLeads(250);
		sandbox.world.settings.latencyMs = 30;
		const running = close({ items: [{}], parameters: { operation: 'getAll', returnAll: true } });
		while (requests().length < 2) await sleep(0);
		for (const lead of all.slice(-50)) sandbox.world.close.dropLead(lead);
		const found = (await running).items.map(({ json }) => json.leadId);
		expect(found).toEqual(expect.arrayContaining(held().map(({ id }) => id)));
		expect(new Set(found).size).toBe(found.length);
	});

	test('Search by its filters', async () => {
		const [lead] = sandbox.world.close.seedLeads(20);
		const search = async (parameters: IDataObject) =>
			(await close({ items: [{}], parameters: { operation: 'search', ...parameters } })).items;
		for (const filters of [
			{ phoneNumber: '+1 509 200 0001' },
			{ email: 'seed-1@example.com' },
			{ name: 'seed lead 1' },
			{ contactName: 'Seed Person 1' },
		]) {
			const found = await search({ filters });
			expect(found.map(({ json }) => json.leadId)).toEqual([lead?.id]);
		}
		expect(await search({ status: status(closeStatuses.badFit.id) })).toHaveLength(0);
		expect(await search({ filters: { createdFrom: '2020-01-01' }, limit: 7 })).toHaveLength(7);
		expect(await search({ filters: { createdUntil: '2020-01-01' } })).toHaveLength(0);
		const query = JSON.stringify({ query: { type: 'and', queries: [] } });
		expect(await search({ searchBy: 'query', query })).toHaveLength(20);
	});

	test.each(['asc', 'desc'])(
		'Search goes on where Close ends a walk, and after a cursor has expired: %s',
		async (sort) => {
			sandbox.world.close.seedLeads(430);
			sandbox.world.close.searchMaximum = 150;
			const parameters = { operation: 'search', returnAll: true };
			const cut = await close({ items: [{}], parameters, options: { sort } });
			expect(new Set(cut.items.map(({ json }) => json.leadId)).size).toBe(430);
			expect(cut.items).toHaveLength(430);
			const names = cut.items.map(({ json }) => json.name);
			expect(names[0]).toBe(sort === 'asc' ? 'Seed Lead 1' : 'Seed Lead 430');
			sandbox.world.close.searchMaximum = 10_000;
			sandbox.world.close.cursorLifetimeMs = 0;
			const slow = await close({ items: [{}], parameters, options: { sort } });
			expect(slow.items.map(({ json }) => json.name)).toEqual(names);
		},
	);
});

describe('changing', () => {
	test('Update sends what is to change, clears with null, adds and removes values', async () => {
		const [lead] = sandbox.world.close.seedLeads(1, {
			description: 'old',
			custom: { [closeFields.choices.id]: ['IT'], [closeFields.text.id]: 'x' },
		});
		const result = await close({
			items: [{}],
			parameters: {
				operation: 'update',
				leadId: lead?.id,
				updateFields: { name: 'New', url: 'https://new.example' },
				status: status(closeStatuses.customer.id),
				multiValueChanges: {
					change: [
						{ fieldId: closeFields.choices.id, do: 'add', value: 'Cars' },
						{ fieldId: closeFields.choices.id, do: 'remove', value: 'IT' },
					],
				},
				clear: ['description', closeFields.text.id],
			},
		});
		expect(outcomesOf(result)).toEqual({ updated: 1 });
		expect(requests()[0]).toMatchObject({ method: 'PUT', path: `/lead/${lead?.id}/` });
		expect(requests()[0]?.body).toEqual({
			name: 'New',
			url: 'https://new.example',
			status_id: closeStatuses.customer.id,
			[`custom.${closeFields.choices.id}.add`]: 'Cars',
			[`custom.${closeFields.choices.id}.remove`]: 'IT',
			description: null,
			[`custom.${closeFields.text.id}`]: null,
		});
		expect(result.items[0]?.json).toMatchObject({
			name: 'New',
			status: 'Customer',
			customFields: { [closeFields.choices.id]: ['Cars'] },
		});
	});

	test.each([
		[{}, /nothing to change/],
		[{ clear: ['description'], updateFields: { description: 'x' } }, /two ways at once/],
		[{ clear: ['name'] }, /is not an ID/],
	])('Update with %j is told before anything is sent', async (more, expected) => {
		const parameters = { operation: 'update', leadId: 'lead_1', ...more };
		expect(words(await close({ items: [{}], parameters }))).toMatch(expected);
		expect(requests()).toHaveLength(0);
	});

	test('Disable sets the status that was picked, and nothing else', async () => {
		const [lead] = sandbox.world.close.seedLeads(1);
		const result = await close({
			items: [{ id: lead?.id }, { id: 'lead_nobody' }],
			parameters: {
				operation: 'disable',
				leadId: '={{ $json.id }}',
				status: status(closeStatuses.badFit.id),
			},
		});
		expect(outcomesOf(result)).toEqual({ disabled: 1, notFound: 1 });
		expect(requests()[0]?.body).toEqual({ status_id: closeStatuses.badFit.id });
		expect(result.items[0]?.json).toEqual({
			outcome: 'disabled',
			leadId: lead?.id,
			status: 'Bad Fit',
			statusId: closeStatuses.badFit.id,
		});
		expect(ledger()).toMatchObject({ held: 1, disabled: 1 });
	});

	test('Delete; what is gone already is not found, or deleted where the reply was lost', async () => {
		const [one, two] = sandbox.world.close.seedLeads(2);
		const parameters = { operation: 'delete', leadId: '={{ $json.id }}' };
		const result = await close({ items: [{ id: one?.id }, { id: 'lead_nobody' }], parameters });
		expect(outcomesOf(result)).toEqual({ deleted: 1, notFound: 1 });
		sandbox.world.faults.add({ kind: 'resetAfter', method: 'DELETE', nth: 1 });
		const lost = await close({ items: [{ id: two?.id }], parameters });
		expect(lost.items[0]?.json).toEqual({ outcome: 'deleted', deleted: true, leadId: two?.id });
		expect(held()).toHaveLength(0);
	});

	test.each([undefined, 'resetAfter', 'resetBefore'] as const)('Merge, fault %s', async (kind) => {
		const [source, destination] = sandbox.world.close.seedLeads(2);
		if (kind !== undefined) sandbox.world.faults.add({ kind, method: 'POST', nth: 1 });
		const result = await close({
			items: [{}],
			parameters: {
				operation: 'merge',
				sourceLeadId: source?.id,
				destinationLeadId: destination?.id,
			},
		});
		expect(sentTo('POST', '/lead/merge/')[0]?.body).toEqual({
			source: source?.id,
			destination: destination?.id,
		});
		expect(result.items[0]?.json).toEqual({
			outcome: 'updated',
			leadId: destination?.id,
			mergedLeadId: source?.id,
		});
		expect(held()).toHaveLength(1);
	});

	test('a note is written on the lead', async () => {
		const [lead] = sandbox.world.close.seedLeads(1);
		const parameters = { resource: 'note', leadId: lead?.id, note: 'Dialer: no answer' };
		const result = await close({ items: [{}], parameters });
		expect(sentTo('POST', '/activity/note/')[0]?.body).toEqual({
			lead_id: lead?.id,
			note: 'Dialer: no answer',
		});
		expect(result.items[0]?.json).toMatchObject({ outcome: 'created', leadId: lead?.id });
	});
});

describe('Create or Update', () => {
	const upsert = async (items: IDataObject[], parameters: IDataObject = {}, more: object = {}) =>
		await close({ items, parameters: { operation: 'upsert', ...parameters }, ...more });
	const keys = (...by: string[]) => ({ key: by.map((name) => ({ by: name })) });

	test('creates what is not there, and by default fills only what is empty', async () => {
		sandbox.world.close.seedLeads(1, { description: 'kept' });
		const result = await upsert(
			[
				{ name: 'Whoever', phone: '+15092000001', email: 'nobody@example.com' },
				{ name: 'New', phone: '+15092000099' },
			],
			{
				matchBy: keys('email', 'phone'),
				additionalFields: { description: 'changed', url: 'https://filled.example' },
			},
		);
		expect(result.items.map(({ json }) => [json.outcome, json.changedFields])).toEqual([
			['updated', ['url']],
			['created', undefined],
		]);
		expect(held()[0]).toMatchObject({ name: 'Seed Lead 1', description: 'kept' });
		expect(ledger()).toMatchObject({ held: 2, doubled: 0 });
	});

	test('Replace, by each key', async () => {
		const [lead] = sandbox.world.close.seedLeads(1, {
			url: 'http://acme.example/',
			custom: { [closeFields.text.id]: 'customer-1' },
		});
		const value = { [closeFields.text.id]: 'customer-1' };
		for (const key of [
			{ by: 'leadId', value: lead?.id },
			{ by: 'customField', fieldId: closeFields.text.id, value: value[closeFields.text.id] },
			{ by: 'url' },
			{ by: 'phone' },
			{ by: 'email' },
		]) {
			const result = await upsert(
				[{ name: `By ${key.by}`, phone: '+15092000001', email: 'SEED-1@example.com' }],
				{
					matchBy: { key: [key] },
					ifFound: 'replace',
					additionalFields: { url: 'https://ACME.example' },
				},
			);
			expect(words(result)).toBe(' ');
			expect(result.items[0]?.json).toMatchObject({ outcome: 'updated', name: `By ${key.by}` });
			Object.assign(held()[0] ?? {}, { url: 'http://acme.example/' });
		}
		const named = await upsert([{ name: 'by EMAIL' }], { matchBy: keys('name') });
		expect(named.items[0]?.json).toMatchObject({ outcome: 'updated', changedFields: [] });
		expect(held()).toHaveLength(1);
	});

	test('several that match: a failure, the oldest, or all', async () => {
		const double = [...sandbox.world.close.seedLeads(1), ...sandbox.world.close.seedLeads(1)];
		Object.assign(double[1] ?? {}, { createdAt: Date.now() + 1_000 });
		const item = { name: 'X', phone: '+15092000001' };
		const parameters = { matchBy: keys('phone'), ifFound: 'replace' };
		const failed = await upsert([item], parameters, { settings: onError.continue });
		expect(String(failed.items[0]?.json.error)).toMatch(/^2 leads match/);
		const first = await upsert([item], { ...parameters, ifSeveral: 'first' });
		expect(first.items.map(({ json }) => json.leadId)).toEqual([double[0]?.id]);
		const all = await upsert([item], { ...parameters, ifSeveral: 'all' });
		expect(all.items).toHaveLength(2);
		expect(pairs(all.items)).toEqual([0, 0]);
	});

	test('keys that differ in case are two leads, also after a lost reply', async () => {
		sandbox.world.faults.add({ kind: 'resetBefore', method: 'POST', path: /\/lead\/$/, nth: 2 });
		const fieldId = closeFields.text.id;
		const result = await upsert(
			[
				{ name: 'Ann', key: '001A000001abcDE' },
				{ name: 'Bob', key: '001A000001abcdE' },
			],
			{
				name: '={{ $json.name }}',
				contacts: {},
				ifFound: 'replace',
				matchBy: { key: [{ by: 'customField', fieldId, value: '={{ $json.key }}' }] },
				customFields: mapped({ [fieldId]: '={{ $json.key }}' }),
			},
			{ options: { requestsAtOnce: 1 } },
		);
		expect(outcomesOf(result)).toEqual({ created: 2 });
		expect(held().map(({ name, custom }) => [name, custom])).toEqual([
			['Ann', { [fieldId]: '001A000001abcDE' }],
			['Bob', { [fieldId]: '001A000001abcdE' }],
		]);
	});

	test('no key with a value is told before anything is sent', async () => {
		const result = await upsert([{ name: 'X' }], { matchBy: keys('email', 'phone') });
		expect(words(result)).toMatch(/None of the keys in Match By has a value/);
		expect(requests()).toHaveLength(0);
	});
});

test('300 creates at 20 requests a second: none lost, under 1 % refused', async () => {
	sandbox.world.settings.limits.close = {
		requests: 20,
		windowMs: 1_000,
		headers: 'rateLimitAndRetryAfter',
		announce: true,
	};
	const result = await close({ items: people(300) });
	expect(outcomesOf(result)).toEqual({ created: 300 });
	expect(ledger()).toMatchObject({ held: 300, doubled: 0 });
	const refused = requests().filter((request) => request.status === 429);
	expect(refused.length / requests().length).toBeLessThan(0.01);
});
