import { aktifyAccounts } from '../../../sandbox';
import { send, useSandbox } from '../helpers';

const sandbox = useSandbox();
const { one, two } = aktifyAccounts;

const lead = { phoneNumber: '(509) 555-1234', region: 'CA' };

async function post(path: string, json: unknown, key: string = one.key) {
	return await send(`${sandbox().url}/aktify${path}`, { json, headers: { 'x-api-key': key } });
}

const create = async (json: unknown, key?: string) => await post('/api/v1/leads', json, key);
const endContact = async (phoneNumberList: unknown) =>
	await post('/api/v1/leads/end-contact', { phoneNumberList });

const phones = (count: number) =>
	Array.from({ length: count }, (_, index) => `+1509555${String(1000 + index)}`);

describe('Aktify: create a lead', () => {
	it('returns the accepted fields, with linkToShorten as a shortened link', async () => {
		const full = {
			...lead,
			zipCode: '90210-1234',
			email: 'someone@example.com',
			externalCreated: '2022-11-15T21:04:28-0600',
			externalLeadId: 'x-1',
			firstName: 'John',
			lastName: 'Smith',
			source: 'form',
			metadata: { a: 'b' },
		};
		const reply = await create({ ...full, linkToShorten: 'https://www.aktify.com' });
		expect([reply.status, reply.json]).toEqual([
			201,
			{ ...full, link: expect.stringMatching(/^https:\/\/shortlink\.aktify\.com\/\w{8}$/) },
		]);
		expect(sandbox().world.aktify.find('one', '5095551234')).toMatchObject({ arrivals: 1 });
	});

	it('answers 409 for a number that the campaign already has, in any spelling', async () => {
		expect((await create(lead)).status).toBe(201);
		expect((await create({ ...lead, phoneNumber: '+1 509.555.1234' })).status).toBe(409);
		expect((await create({ ...lead, phoneNumber: '15095551234' })).status).toBe(409);
		expect((await create(lead, two.key)).status).toBe(201);
		expect(sandbox().world.aktify.conflicts).toBe(2);
		expect(sandbox().world.ledger('aktify')).toEqual({ held: 2, doubled: 0, disabled: 0 });
	});

	it.each([
		['a missing phoneNumber', { phoneNumber: undefined }],
		['a numeric phoneNumber', { phoneNumber: 5095551234 }],
		['an incomplete phoneNumber', { phoneNumber: '555-1234' }],
		['a phoneNumber with an impossible area code', { phoneNumber: '1234567890' }],
		['a lead without region and zipCode', { region: undefined }],
		['an unknown region', { region: 'Washington' }],
		['an invalid zipCode', { zipCode: '123' }],
		[
			'link together with linkToShorten',
			{ link: 'https://a.example', linkToShorten: 'https://b.example' },
		],
		['an invalid email', { email: 'someone' }],
		['an externalCreated that is not a date', { externalCreated: '15/11/2022' }],
		['metadata with a numeric value', { metadata: { a: 1 } }],
		['metadata as a list', { metadata: ['a'] }],
		['null in place of a string', { firstName: null }],
		['an unknown field', { phone: '5095551234' }],
	])('rejects %s', async (_what, change) => {
		const reply = await create({ ...lead, ...change });
		expect(reply.status).toBe(400);
		expect(reply.json).toEqual({ message: expect.any(String) });
		expect(sandbox().world.aktify.leads.size).toBe(0);
	});

	it('accepts a zipCode in place of a region, either link, and offsets with or without a colon', async () => {
		const [a = '', b = '', c = ''] = phones(3);
		expect((await create({ phoneNumber: a, zipCode: '90210' })).status).toBe(201);
		const dated = { ...lead, phoneNumber: b, externalCreated: '2022-11-15T21:04:28-06:00' };
		expect((await create(dated)).status).toBe(201);
		const linked = await create({ ...lead, phoneNumber: c, link: 'https://a.example' });
		expect(linked.json).toMatchObject({ link: 'https://a.example' });
	});

	it('accepts one JSON object, checks the key first, and has no GET', async () => {
		const url = `${sandbox().url}/aktify/api/v1/leads`;
		const headers = { 'x-api-key': one.key };
		expect((await create([lead])).status).toBe(400);
		expect((await create('x', 'wrong')).status).toBe(401);
		expect((await send(url, { json: lead })).status).toBe(401);
		expect((await send(url, { text: JSON.stringify(lead), headers })).status).toBe(400);
		const json = { ...headers, 'content-type': 'application/json' };
		expect((await send(url, { text: '{', headers: json })).status).toBe(400);
		expect((await send(url, { headers })).status).toBe(404);
		expect((await send(`${url}/`, { json: lead, headers })).status).toBe(404);
	});
});

describe('Aktify: end contact', () => {
	it('returns the numbers in E.164 and in another order', async () => {
		await create(lead);
		const reply = await endContact(['(509) 555-1234', '509-555-9999']);
		expect([reply.status, reply.json]).toEqual([
			201,
			{ success: ['+15095559999', '+15095551234'], failure: [] },
		]);
		expect(sandbox().world.ledger('aktify').disabled).toBe(1);
		expect(sandbox().world.aktify.ended.has('one|+15095559999')).toBe(true);
	});

	it('reports a number as failed as often as configured', async () => {
		sandbox().world.aktify.failEndContact('5095551234', 1);
		expect((await endContact(['5095551234'])).json).toEqual({
			success: [],
			failure: ['+15095551234'],
		});
		expect((await endContact(['5095551234'])).json).toMatchObject({ success: ['+15095551234'] });
	});

	it('accepts 1 to 50 unique numbers, and rejects all if one is invalid', async () => {
		const [first = ''] = phones(1);
		expect((await endContact(phones(50))).status).toBe(201);
		expect((await endContact(phones(51))).status).toBe(400);
		expect((await endContact([])).status).toBe(400);
		expect((await endContact([first, '(509) 555-1000'])).status).toBe(400);
		expect((await endContact('5095551234')).status).toBe(400);
		sandbox().world.reset();
		expect((await endContact([first, 'nonsense'])).status).toBe(400);
		expect(sandbox().world.aktify.ended.size).toBe(0);
	});

	it('applies to a lead that is created later', async () => {
		await endContact(['5095551234']);
		await create(lead);
		expect(sandbox().world.ledger('aktify')).toEqual({ held: 1, doubled: 0, disabled: 1 });
	});
});
