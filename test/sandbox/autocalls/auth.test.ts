import { autocallsAccounts } from '../../../sandbox';
import { bearer, send, useSandbox, type Sent } from '../helpers';

const sandbox = useSandbox();
const { one, two } = autocallsAccounts;
const json = { accept: 'application/json' };

async function call(method: string, path: string, body?: unknown, key: string = one.key) {
	const url = `${sandbox().url}/autocalls/user/${path}`;
	return await send(url, { method, json: body, headers: { ...bearer(key), ...json } });
}

describe('Autocalls authentication', () => {
	const paths: Array<[string, string]> = [
		['GET', 'me'],
		['POST', 'lead'],
		['GET', 'leads'],
		['PUT', 'leads/1'],
		['DELETE', 'leads/1'],
		['GET', 'campaigns'],
		['POST', 'campaigns/update-status'],
	];

	it.each(paths)('%s %s checks the key first', async (method, path) => {
		const url = `${sandbox().url}/autocalls/user/${path}`;
		const wrong = [bearer('wrong'), { authorization: one.key }, {}];
		for (const headers of wrong) {
			const reply = await send(url, { method, headers: { ...headers, ...json } });
			expect([reply.status, reply.json]).toEqual([401, { message: 'Unauthenticated.' }]);
		}
	});

	it('redirects a client that does not accept JSON to the login page', async () => {
		sandbox().world.autocalls.seedLeads(1, 1);
		const url = `${sandbox().url}/autocalls/user`;
		const noAccept: Sent = { headers: bearer(one.key) };
		const bad = [
			await send(`${url}/me`),
			await send(`${url}/lead`, { ...noAccept, json: {} }),
			await send(`${url}/leads?per_page=101`, noAccept),
			await send(`${url}/leads/1`, { ...noAccept, method: 'PUT', json: { status: 'x' } }),
			await send(`${url}/campaigns/update-status`, { ...noAccept, json: {} }),
			await send(`${url}/me`, { headers: { accept: 'text/html, application/json' } }),
		];
		for (const reply of bad) {
			expect(reply.status).toBe(302);
			expect(reply.headers.get('location')).toBe('/autocalls/login');
			expect(reply.text).toMatch(/^<!DOCTYPE html>/);
		}
		const login = await send(`${sandbox().url}/autocalls/login`);
		expect([login.status, login.headers.get('content-type')]).toEqual([
			200,
			'text/html; charset=utf-8',
		]);
		expect((await send(`${url}/leads`, noAccept)).json).toMatchObject({ total: 1 });
		expect((await send(`${url}/leads/9`, { ...noAccept, method: 'DELETE' })).status).toBe(404);
	});

	it('has no GET of one lead, and no other paths', async () => {
		sandbox().world.autocalls.seedLeads(1, 1);
		const single = await call('GET', 'leads/1');
		expect([single.status, single.headers.get('allow')]).toEqual([405, 'PUT, DELETE']);
		expect(single.json).toEqual({
			message:
				'The GET method is not supported for route api/user/leads/1. Supported methods: PUT, DELETE.',
		});
		expect((await call('GET', 'lead')).status).toBe(405);
		expect((await call('POST', 'leads', {})).status).toBe(405);
		expect((await send(`${sandbox().url}/autocalls/user/leads/1`)).text).toContain('405');
		expect((await call('GET', 'phone-numbers')).status).toBe(404);
	});

	it('counts the limit by account', async () => {
		const limit = { requests: 1, windowMs: 30_000, headers: 'xRateLimit', announce: true } as const;
		sandbox().world.settings.limits.autocalls = limit;
		expect((await call('GET', 'me')).headers.get('x-ratelimit-remaining')).toBe('0');
		const rejected = await call('GET', 'me');
		expect([rejected.status, rejected.json]).toEqual([429, { message: expect.any(String) }]);
		expect((await call('GET', 'me', undefined, two.key)).status).toBe(200);
	});
});
