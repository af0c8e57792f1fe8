import { squadVoiceAccounts } from '../../../sandbox';
import { bearer, send, useSandbox } from '../helpers';

const sandbox = useSandbox();
const { standard, india, affiliate, v4 } = squadVoiceAccounts;

const lead = {
	lead_id: 1,
	phone_number: '+15095551234',
	contact_name: 'John Doe',
	state_code: 'WA',
	city: 'Spokane',
};
const affiliateLead = {
	lead_id: '+15095551234',
	phone_number: '+15095551234',
	contact_name: 'John Doe',
	affiliate_id: 'C457F',
	state_code: 'WA',
};

async function create(json: unknown, account: { token: string; campaign: string } = standard) {
	const url = `${sandbox().url}/squadvoice/api/v1/leads/create/${account.campaign}/`;
	return await send(url, { json, headers: bearer(account.token) });
}

describe('SquadVoice: create leads', () => {
	it('accepts a list and a single object', async () => {
		expect((await create([lead, { ...lead, lead_id: 'two' }])).status).toBe(200);
		expect((await create({ ...lead, lead_id: 3 })).json).toEqual({ message: 'ok' });
		const { leads } = sandbox().world.squadVoice;
		expect([...leads.keys()]).toEqual(['0PT711|1', '0PT711|two', '0PT711|3']);
		expect(leads.get('0PT711|1')).toMatchObject({
			leadId: 1,
			stateCode: 'WA',
			customFields: { city: 'Spokane' },
			arrivals: 1,
		});
	});

	it('counts a lead that is created again', async () => {
		await create([lead, lead]);
		await create({ ...lead, lead_id: '1' });
		expect(sandbox().world.squadVoice.leads.get('0PT711|1')?.arrivals).toBe(3);
		expect(sandbox().world.ledger('squadVoice')).toEqual({ held: 1, doubled: 1, disabled: 0 });
	});

	it.each([
		['a missing lead_id', { lead_id: undefined }],
		['a fractional lead_id', { lead_id: 1.5 }],
		['a lead_id that is too long', { lead_id: 'x'.repeat(256) }],
		['a missing phone_number', { phone_number: undefined }],
		['a numeric phone_number', { phone_number: 15095551234 }],
		['a phone_number with spaces', { phone_number: '+1 509 555 1234' }],
		['an empty contact_name', { contact_name: ' ' }],
		['a missing state_code', { state_code: undefined }],
		['an unknown state_code', { state_code: 'ZZ' }],
		['a state_code in lower case', { state_code: 'wa' }],
		['an ebr_datetime that is not a date', { ebr_datetime: 'yesterday' }],
		['an ebr_datetime on an impossible day', { ebr_datetime: '2024-02-30T10:00:00Z' }],
		['a list as custom field', { tags: ['a'] }],
		['an object as custom field', { more: { a: 1 } }],
	])('rejects the whole list for %s', async (_what, change) => {
		const reply = await create([
			{ ...lead, lead_id: 7 },
			{ ...lead, ...change },
		]);
		expect(reply.status).toBe(400);
		expect(reply.json).toEqual({ detail: 'Invalid payload' });
		expect(sandbox().world.squadVoice.leads.size).toBe(0);
		expect(sandbox().world.requests[0]).toMatchObject({ status: 400, effect: false });
	});

	it('names the invalid lead when configured', async () => {
		sandbox().world.squadVoice.vagueErrors = false;
		const reply = await create([lead, { ...lead, state_code: undefined }]);
		expect(reply.json).toMatchObject({ errors: [{ index: 1, field: 'state_code' }] });
	});

	it('accepts dates, territories and scalar custom fields', async () => {
		const full = { ...lead, state_code: 'PR', ebr_datetime: '2024-01-02T03:04:05-0600' };
		const reply = await create({ ...full, score: 3, vip: true, nothing: null });
		expect(reply.status).toBe(200);
	});

	it('rejects an empty list, a list that is too long, invalid JSON and other media types', async () => {
		sandbox().world.squadVoice.listMaximum = 2;
		const url = `${sandbox().url}/squadvoice/api/v1/leads/create/0PT711/`;
		const headers = { ...bearer(standard.token), 'content-type': 'application/json' };
		const textHeaders = { ...headers, 'content-type': 'text/plain' };
		const replies = [
			await create([]),
			await create([lead, lead, lead]),
			await send(url, { text: '{"lead_id"', headers }),
			await send(url, { text: JSON.stringify(lead), headers: textHeaders }),
		];
		expect(replies.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
		expect((await create([lead, lead])).status).toBe(200);
	});

	it('checks the token first', async () => {
		const url = `${sandbox().url}/squadvoice/api/v1/leads/create/NOWHERE/`;
		expect((await send(url, { json: {} })).status).toBe(401);
		expect((await send(url, { json: {}, headers: bearer('wrong') })).status).toBe(401);
		expect((await send(url, { json: {}, headers: bearer(v4.token) })).status).toBe(401);
		const basic = { authorization: `Token ${standard.token}` };
		expect((await send(url, { json: {}, headers: basic })).status).toBe(401);
		expect((await send(url, { json: {}, headers: bearer(standard.token) })).status).toBe(404);
	});

	it("accepts only the account's campaigns, paths with a slash, and the documented method", async () => {
		const base = `${sandbox().url}/squadvoice/api/v1/leads`;
		const headers = bearer(standard.token);
		expect((await send(`${base}/create/INDIA1/`, { json: lead, headers })).status).toBe(404);
		expect((await send(`${base}/create/0PT711`, { json: lead, headers })).status).toBe(404);
		expect((await send(`${base}/create/0PT711/`, { headers })).status).toBe(405);
		expect((await send(`${base}/responses/0PT711/`, { json: {}, headers })).status).toBe(405);
		expect((await send(`${base}/nothing/`, { headers })).status).toBe(404);
	});

	it('accepts Indian leads without a state, and only with Indian numbers', async () => {
		const indian = { lead_id: 'in-1', phone_number: '919899550412', contact_name: 'Asha' };
		expect((await create(indian, india)).status).toBe(200);
		expect((await create({ ...indian, phone_number: '+919899550412' }, india)).status).toBe(200);
		expect((await create({ ...indian, phone_number: '15095551234' }, india)).status).toBe(400);
	});
});

describe('SquadVoice: create a lead as an affiliate', () => {
	it('accepts one object', async () => {
		expect((await create(affiliateLead, affiliate)).status).toBe(200);
		expect((await create([affiliateLead], affiliate)).status).toBe(400);
		const held = sandbox().world.squadVoice.leads.get('AFF711|+15095551234');
		expect(held).toMatchObject({ affiliateId: 'C457F', arrivals: 1 });
	});

	it.each([
		['another affiliate_id', { affiliate_id: 'OTHER' }],
		['a missing affiliate_id', { affiliate_id: undefined }],
		['a lead_id that is not the phone_number', { lead_id: '1' }],
		['a missing state_code', { state_code: undefined }],
	])('rejects %s', async (_what, change) => {
		expect((await create({ ...affiliateLead, ...change }, affiliate)).status).toBe(400);
	});

	it('accepts a lead without state_code when configured, as in the example of the affiliate API page', async () => {
		sandbox().world.squadVoice.affiliateStateRequired = false;
		const stateless = { ...affiliateLead, state_code: undefined };
		expect((await create(stateless, affiliate)).status).toBe(200);
		expect((await create({ ...stateless, state_code: 'ZZ' }, affiliate)).status).toBe(400);
	});

	it('has neither responses nor disable for affiliates', async () => {
		const base = `${sandbox().url}/squadvoice/api/v1/leads`;
		const headers = bearer(affiliate.token);
		expect((await send(`${base}/responses/AFF711/`, { headers })).status).toBe(404);
		const json = { lead_id: affiliateLead.lead_id };
		expect((await send(`${base}/disable/AFF711/`, { json, headers })).status).toBe(404);
	});
});
