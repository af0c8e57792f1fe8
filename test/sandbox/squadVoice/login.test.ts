import { squadVoiceAccounts } from '../../../sandbox';
import { bearer, send, useSandbox } from '../helpers';

const sandbox = useSandbox();
const { clientId, clientSecret, username, password } = squadVoiceAccounts.login;
const client = { client_id: clientId, client_secret: clientSecret };
const login = { ...client, grant_type: 'password', username, password };

interface Tokens {
	access_token: string;
	refresh_token: string;
}

function isTokens(value: unknown): value is Tokens {
	return typeof value === 'object' && value !== null && 'refresh_token' in value;
}

async function ask(form: Record<string, string>) {
	return await send(`${sandbox().url}/squadvoice/oauth/token/`, { form });
}

async function tokens(form: Record<string, string>): Promise<Tokens> {
	const { json } = await ask(form);
	if (!isTokens(json)) throw new Error('No tokens came.');
	return json;
}

async function listStatus(token: string): Promise<number> {
	const url = `${sandbox().url}/squadvoice/api/v1/leads/responses/0PT711/`;
	return (await send(url, { headers: bearer(token) })).status;
}

describe('SquadVoice: login', () => {
	it('issues tokens in the documented format, which are valid for the standard account', async () => {
		const reply = await ask(login);
		expect([reply.status, reply.json]).toEqual([
			200,
			{
				access_token: expect.any(String),
				token_type: 'Bearer',
				expires_in: 36000,
				refresh_token: expect.any(String),
				scope: 'read write',
			},
		]);
		expect(await listStatus((await tokens(login)).access_token)).toBe(200);
	});

	it('accepts each refresh token once', async () => {
		const first = await tokens(login);
		const refresh = { ...client, grant_type: 'refresh_token', refresh_token: first.refresh_token };
		const second = await tokens(refresh);
		expect(second.refresh_token).not.toBe(first.refresh_token);
		expect(await listStatus(second.access_token)).toBe(200);
		expect(await listStatus(first.access_token)).toBe(200);
		const again = await ask(refresh);
		expect([again.status, again.json]).toEqual([400, { error: 'invalid_grant' }]);
	});

	it('can revoke the old access token on refresh', async () => {
		sandbox().world.squadVoice.refreshVoidsAccessToken = true;
		const { access_token, refresh_token } = await tokens(login);
		await tokens({ ...client, grant_type: 'refresh_token', refresh_token });
		expect(await listStatus(access_token)).toBe(401);
	});

	it('expires tokens', async () => {
		const { squadVoice } = sandbox().world;
		const { access_token } = await tokens(login);
		squadVoice.tokens.expireAll();
		expect(await listStatus(access_token)).toBe(401);
		squadVoice.tokenLifetimeMs = 0;
		expect(await listStatus((await tokens(login)).access_token)).toBe(401);
	});

	it('revokes tokens', async () => {
		const { access_token } = await tokens(login);
		const url = `${sandbox().url}/squadvoice/oauth/revoke_token/`;
		const reply = await send(url, { form: { ...client, token: access_token } });
		expect(reply.status).toBe(200);
		expect(reply.headers.get('content-type')).toContain('text/html');
		expect(await listStatus(access_token)).toBe(401);
		expect((await send(url, { form: { ...client, client_secret: 'x', token: 'y' } })).status).toBe(
			401,
		);
	});

	it('rejects unknown clients, users and grants', async () => {
		expect((await ask({ ...login, password: 'wrong' })).json).toEqual({ error: 'invalid_grant' });
		const stranger = await ask({ ...login, client_secret: 'wrong' });
		expect([stranger.status, stranger.json]).toEqual([401, { error: 'invalid_client' }]);
		const other = await ask({ ...login, grant_type: 'implicit' });
		expect([other.status, other.json]).toEqual([400, { error: 'unsupported_grant_type' }]);
		expect((await ask(client)).json).toEqual({ error: 'invalid_request' });
		const json = await send(`${sandbox().url}/squadvoice/oauth/token/`, { json: login });
		expect(json.status).toBe(400);
	});
});
