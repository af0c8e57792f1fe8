import { squadVoiceAccounts } from '../../../sandbox';
import { bearer, send, useSandbox, type Sent } from '../helpers';

const sandbox = useSandbox();

async function admin(path: string, sent?: Sent) {
	return await send(`${sandbox().url}/_sandbox${path}`, sent);
}

async function list() {
	const url = `${sandbox().url}/squadvoice/api/v1/leads/responses/0PT711/?page=1`;
	return await send(url, { headers: bearer(squadVoiceAccounts.standard.token) });
}

describe('admin routes', () => {
	it('return the state, the requests and the leads', async () => {
		sandbox().world.squadVoice.seedLeads('0PT711', 2);
		await list();
		await send(`${sandbox().url}/aktify/nothing`);
		expect((await admin('/state')).json).toMatchObject({
			vendors: {
				squadVoice: { ledger: { held: 2, doubled: 0, disabled: 0 }, requests: 1, refused: 0 },
				aktify: { ledger: { held: 0 }, requests: 1, refused: 1, limited: 0, maxOpen: 1 },
			},
			requests: 2,
			refused: 1,
		});
		expect((await admin('/requests')).json).toHaveLength(2);
		expect((await admin('/requests?vendor=squadVoice')).json).toMatchObject([
			{
				vendor: 'squadVoice',
				method: 'GET',
				path: '/api/v1/leads/responses/0PT711/',
				query: { page: '1' },
				headers: { authorization: 'Bearer ***' },
				status: 200,
				effect: false,
			},
		]);
		const leads = await admin('/leads?vendor=squadVoice');
		expect(leads.json).toMatchObject([{ leadId: 'seed-1', arrivals: 1 }, { leadId: 'seed-2' }]);
		expect((await admin('/leads?vendor=aktify')).json).toEqual([]);
	});

	it('apply all settings or none', async () => {
		const limit = { requests: 0, windowMs: 1000 };
		const json = {
			latencyMs: [0, 1],
			limits: { squadVoice: limit },
			squadVoice: { listMaximum: 3 },
		};
		expect((await admin('/settings', { method: 'PUT', json })).status).toBe(200);
		expect((await list()).status).toBe(429);
		expect(sandbox().world.squadVoice.listMaximum).toBe(3);
		const off = { limits: { squadVoice: null } };
		await admin('/settings', { method: 'PUT', json: off });
		expect((await list()).status).toBe(200);
		const half = { latencyMs: 5, seed: 'x' };
		expect((await admin('/settings', { method: 'PUT', json: half })).status).toBe(400);
		expect(sandbox().world.settings.latencyMs).toEqual([0, 1]);
	});

	it('add one or several faults, and clear them', async () => {
		const json = [
			{ kind: 'status', status: 502, pathPattern: '^/api/v1/leads/responses', nth: 1 },
			{ kind: 'status', status: 503, vendor: 'squadVoice', path: '/responses/' },
		];
		expect((await admin('/faults', { json })).json).toEqual({ added: 2 });
		expect([(await list()).status, (await list()).status]).toEqual([502, 503]);
		await admin('/faults', { method: 'DELETE' });
		expect((await list()).status).toBe(200);
	});

	it('process a lead', async () => {
		sandbox().world.squadVoice.seedLeads('0PT711', 1);
		const json = { campaignId: '0PT711', leadId: 'seed-1', outcome: 'Busy' };
		expect((await admin('/squadVoice/process', { json })).status).toBe(200);
		expect((await list()).json).toMatchObject({ results: [{ outcome_name: 'Busy' }] });
	});

	it('reset everything', async () => {
		const { world } = sandbox();
		world.squadVoice.seedLeads('0PT711', 1);
		world.squadVoice.listMaximum = 1;
		world.settings.latencyMs = 1;
		world.faults.add({ kind: 'resetBefore' });
		const headers = { 'content-type': 'application/json' };
		expect((await admin('/reset', { method: 'POST', headers })).status).toBe(200);
		expect(world.requests).toEqual([]);
		expect(world.ledger('squadVoice').held).toBe(0);
		expect(world.squadVoice.listMaximum).toBe(1000);
		expect(world.settings).toEqual({ latencyMs: 0, seed: 1, limits: {} });
		expect((await list()).status).toBe(200);
	});

	it.each<[string, string, Sent]>([
		[
			'a body that is not JSON',
			'/faults',
			{ text: '{', headers: { 'content-type': 'application/json' } },
		],
		['an unknown fault', '/faults', { json: { kind: 'nonsense' } }],
		['a fault with an unknown key', '/faults', { json: { kind: 'status', when: 1 } }],
		['an invalid status', '/faults', { json: { kind: 'status', status: 99 } }],
		['an invalid pattern', '/faults', { json: { kind: 'status', pathPattern: '(' } }],
		['an unknown setting', '/settings', { method: 'PUT', json: { speed: 1 } }],
		['an unknown vendor', '/settings', { method: 'PUT', json: { limits: { acme: null } } }],
		[
			'an unknown header format',
			'/settings',
			{ method: 'PUT', json: { limits: { aktify: { headers: 1 } } } },
		],
		[
			'a setting of the wrong type',
			'/settings',
			{ method: 'PUT', json: { squadVoice: { vagueErrors: 1 } } },
		],
		['leads without a vendor', '/leads', {}],
		['requests of an unknown vendor', '/requests?vendor=acme', {}],
		['an unknown lead', '/squadVoice/process', { json: { campaignId: 'X', leadId: 1 } }],
	])('reject %s with 400 and a message', async (_what, path, sent) => {
		const reply = await admin(path, sent);
		expect([reply.status, reply.json]).toEqual([400, { message: expect.any(String) }]);
	});

	it('answer 404 on unknown paths', async () => {
		expect((await admin('/nothing')).status).toBe(404);
	});
});
