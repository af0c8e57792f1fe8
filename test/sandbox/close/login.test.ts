import { closeAccounts, closeAuthorization, type Limit } from '../../../sandbox';
import { isRecord } from '../../../sandbox/lib/guards';
import { bearer, send, useSandbox, type Sent } from '../helpers';

const sandbox = useSandbox();
const { one, two, oauth } = closeAccounts;
const client = { client_id: oauth.clientId, client_secret: oauth.clientSecret };

const url = (path: string) => `${sandbox().url}/close${path}`;
const basic = (text: string) => ({ authorization: `Basic ${btoa(text)}` });

async function status(headers: Record<string, string>): Promise<number> {
	return (await send(url('/me/'), { headers })).status;
}

async function authorize(query: Record<string, string> = {}): Promise<URL> {
	const base = { client_id: oauth.clientId, response_type: 'code' };
	const search = new URLSearchParams({ ...base, ...query });
	const reply = await send(url(`/oauth2/authorize/?${search}`));
	expect(reply.status).toBe(302);
	return new URL(reply.headers.get('location') ?? '');
}

const token = async (form: Record<string, string>) => await send(url('/oauth2/token/'), { form });

async function login(): Promise<{ access: string; refresh: string }> {
	const code = (await authorize()).searchParams.get('code') ?? '';
	const { json } = await token({ ...client, grant_type: 'authorization_code', code });
	if (!isRecord(json)) throw new Error('No tokens came.');
	return { access: String(json.access_token), refresh: String(json.refresh_token) };
}

describe('Close: API keys', () => {
	it('authenticates with the key as user name and no password', async () => {
		const { headers } = { headers: { authorization: closeAuthorization(one.key) } };
		const reply = await send(url('/me/'), { headers });
		expect([reply.status, reply.json]).toEqual([
			200,
			expect.objectContaining({
				id: expect.stringMatching(/^user_/),
				email: 'ada@sandbox.example',
				first_name: 'Ada',
				organizations: [
					expect.objectContaining({
						id: expect.stringMatching(/^orga_/),
						lead_statuses: expect.arrayContaining([expect.objectContaining({ label: 'Bad Fit' })]),
					}),
				],
			}),
		]);
		expect(sandbox().world.requests[0]?.headers.authorization).toBe('Basic ***');
	});

	it('rejects every other authorization', async () => {
		const doors = [
			{},
			basic('wrong:'),
			basic(`:${one.key}`),
			basic(`${one.key}:x`),
			bearer(one.key),
		];
		for (const headers of doors) expect(await status(headers)).toBe(401);
		const reply = await send(url('/lead/'), { json: {} });
		expect([reply.status, reply.json]).toEqual([401, { error: expect.any(String) }]);
	});

	it('accepts only paths with a slash and documented methods', async () => {
		const headers = basic(`${one.key}:`);
		const ask = async (path: string, sent: Sent = {}) =>
			(await send(url(path), { ...sent, headers })).status;
		expect(await ask('/me')).toBe(404);
		expect(await ask('/lead', { json: {} })).toBe(404);
		expect(await ask('/nothing/')).toBe(404);
		expect(await ask('/lead/', { method: 'DELETE' })).toBe(405);
		expect(await ask('/lead/x/', { method: 'PATCH', json: {} })).toBe(405);
		expect(await ask('/data/search/')).toBe(405);
	});
});

describe('Close: OAuth', () => {
	it('redirects the browser back with a code and its state', async () => {
		const back = await authorize({ redirect_uri: 'http://127.0.0.1:5678/cb?a=1', state: 's 1' });
		expect(back.origin + back.pathname).toBe('http://127.0.0.1:5678/cb');
		expect(Object.fromEntries(back.searchParams)).toEqual({
			a: '1',
			code: expect.any(String),
			state: 's 1',
		});
		expect((await authorize()).href).toContain(oauth.redirectUri);
		sandbox().world.close.denyAuthorization = true;
		expect((await authorize()).searchParams.get('error')).toBe('access_denied');
		const stranger = await send(url('/oauth2/authorize/?client_id=x&response_type=code'));
		expect(stranger.status).toBe(400);
	});

	it('issues tokens for a code, once, in the documented format', async () => {
		sandbox().world.close.tokenLifetimeMs = 60_000;
		const code = (await authorize()).searchParams.get('code') ?? '';
		const form = { ...client, grant_type: 'authorization_code', code };
		const reply = await token(form);
		expect([reply.status, reply.json]).toEqual([
			200,
			{
				token_type: 'Bearer',
				access_token: expect.any(String),
				expires_in: 60,
				refresh_token: expect.any(String),
				scope: 'all.full_access offline_access',
				organization_id: expect.stringMatching(/^orga_/),
				user_id: expect.stringMatching(/^user_/),
			},
		]);
		const again = await token(form);
		expect([again.status, again.json]).toEqual([400, { error: 'invalid_grant' }]);
	});

	it('rotates refresh tokens', async () => {
		const { access, refresh } = await login();
		expect(await status(bearer(access))).toBe(200);
		sandbox().world.close.tokens.expireAll();
		expect(await status(bearer(access))).toBe(401);
		const form = { ...client, grant_type: 'refresh_token', refresh_token: refresh };
		const { json } = await token(form);
		expect(json).toMatchObject({ expires_in: 3600 });
		const next = isRecord(json) ? json : {};
		expect(next.refresh_token).not.toBe(refresh);
		expect(await status(bearer(String(next.access_token)))).toBe(200);
		expect((await token(form)).status).toBe(400);
	});

	it('revokes tokens', async () => {
		const { access, refresh } = await login();
		const form = { ...client, token: refresh };
		expect((await send(url('/oauth2/revoke/'), { form })).status).toBe(200);
		expect(await status(bearer(access))).toBe(401);
		const again = { ...client, grant_type: 'refresh_token', refresh_token: refresh };
		expect((await token(again)).status).toBe(400);
	});

	it('rejects unknown clients, codes and grants', async () => {
		const stranger = await token({ ...client, client_secret: 'x', grant_type: 'refresh_token' });
		expect([stranger.status, stranger.json]).toEqual([401, { error: 'invalid_client' }]);
		const other = await token({ ...client, grant_type: 'password' });
		expect([other.status, other.json]).toEqual([400, { error: 'unsupported_grant_type' }]);
		expect((await send(url('/oauth2/token/'), { json: client })).status).toBe(400);
		expect((await send(url('/oauth2/revoke/'), { form: client })).status).toBe(400);
	});
});

describe('Close: rate limits', () => {
	const ask = async (key: string, path: string, sent: Sent = {}) =>
		await send(url(path), { ...sent, headers: basic(`${key}:`) });

	it('reports the remaining requests on every reply, and counts by key, method and first path segment', async () => {
		const limit: Limit = {
			requests: 2,
			windowMs: 30_000,
			headers: 'rateLimitAndRetryAfter',
			announce: false,
		};
		sandbox().world.settings.limits.close = limit;
		const good = await ask(one.key, '/lead/?_limit=1');
		expect(good.headers.get('ratelimit')).toMatch(/^limit=2, remaining=1, reset=(29|30)\.\d{3}$/);
		expect(good.headers.get('retry-after')).toBeNull();
		expect((await ask(one.key, '/lead/nothing/')).status).toBe(404);
		const refused = await ask(one.key, '/lead/');
		expect([refused.status, refused.json]).toEqual([429, { error: expect.any(String) }]);
		expect(refused.headers.get('ratelimit')).toMatch(/^limit=2, remaining=0, reset=/);
		expect(refused.headers.get('retry-after')).toMatch(/^(29|30)$/);
		expect((await ask(one.key, '/lead/', { json: {} })).status).toBe(200);
		expect((await ask(one.key, '/user/')).status).toBe(200);
		expect((await ask(two.key, '/lead/')).status).toBe(200);
		const { access } = await login();
		expect((await send(url('/lead/'), { headers: bearer(access) })).status).toBe(200);
	});

	it('sends no headers without a limit', async () => {
		expect((await ask(one.key, '/lead/')).headers.get('ratelimit')).toBeNull();
	});
});
