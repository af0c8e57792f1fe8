import {
	aktifyAccounts,
	autocallsAccounts,
	squadVoiceAccounts,
	type Limit,
} from '../../../sandbox';
import { bearer, send, useSandbox } from '../helpers';

const sandbox = useSandbox();
const { standard, india } = squadVoiceAccounts;

async function list(account: { token: string; campaign: string } = standard) {
	const url = `${sandbox().url}/squadvoice/api/v1/leads/responses/${account.campaign}/`;
	return await send(url, { headers: bearer(account.token) });
}

function limit(change: Partial<Limit> = {}): void {
	const base: Limit = { requests: 2, windowMs: 30_000, headers: 'none', announce: false };
	sandbox().world.settings.limits.squadVoice = { ...base, ...change };
}

const limitHeaders = (headers: Headers) =>
	[...headers.keys()].filter((name) => /limit|retry/.test(name));

describe('rate limits', () => {
	it('rejects requests above the limit, by account, and logs them', async () => {
		limit();
		const statuses = [await list(), await list(), await list()].map(({ status }) => status);
		expect(statuses).toEqual([200, 200, 429]);
		expect((await list(india)).status).toBe(200);
		const json = { phoneNumber: '5095551234', region: 'WA' };
		const headers = { 'x-api-key': aktifyAccounts.one.key };
		expect((await send(`${sandbox().url}/aktify/api/v1/leads`, { json, headers })).status).toBe(
			201,
		);
		expect(sandbox().world.requests.map(({ fault }) => fault)).toEqual([
			undefined,
			undefined,
			'limit',
			undefined,
			undefined,
		]);
	});

	it('a rejected request has no effect and consumes no fault', async () => {
		limit({ requests: 0 });
		sandbox().world.faults.add({ kind: 'status', status: 500, times: 1 });
		expect((await list()).status).toBe(429);
		limit({ requests: 9 });
		sandbox().world.limiter.reset();
		expect([(await list()).status, (await list()).status]).toEqual([500, 200]);
	});

	it('accepts requests again in the next window', async () => {
		limit({ requests: 1, windowMs: 30_000 });
		expect([(await list()).status, (await list()).status]).toEqual([200, 429]);
		const now = Date.now();
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => now + 30_000);
		expect((await list()).status).toBe(200);
		clock.mockRestore();
	});

	it('has a second limit over a shorter time, and states the wait in the body', async () => {
		sandbox().world.settings.limits.autocalls = {
			requests: 3,
			windowMs: 60_000,
			headers: 'xRateLimitAndBody',
			announce: true,
			burst: { requests: 2, windowMs: 10_000 },
		};
		const headers = { ...bearer(autocallsAccounts.one.key), accept: 'application/json' };
		const me = async () => await send(`${sandbox().url}/autocalls/user/me`, { headers });
		const now = Date.now();
		const clock = jest.spyOn(Date, 'now').mockReturnValue(now);
		const first = await me();
		expect([first.status, first.headers.get('x-ratelimit-remaining')]).toEqual([200, '2']);
		await me();
		const refused = await me();
		expect([refused.status, refused.json]).toEqual([
			429,
			{ error: 'Rate limit exceeded', message: expect.any(String), retry_after: 10 },
		]);
		expect(refused.headers.get('x-ratelimit-remaining')).toBe('1');
		clock.mockReturnValue(now + 10_000);
		expect((await me()).status).toBe(200);
		expect((await me()).json).toMatchObject({ retry_after: 50 });
		clock.mockRestore();
	});

	it('reports the delay in seconds', async () => {
		limit({ requests: 0, headers: 'retryAfterSeconds' });
		expect((await list()).headers.get('retry-after')).toMatch(/^(29|30)$/);
	});

	it('reports the delay as an HTTP date', async () => {
		limit({ requests: 0, headers: 'retryAfterDate' });
		const at = (await list()).headers.get('retry-after') ?? '';
		expect(new Date(at).toUTCString()).toBe(at);
		expect(Date.parse(at)).toBeGreaterThan(Date.now() + 20_000);
	});

	it('reports it in a RateLimit header, on successful replies when configured', async () => {
		limit({ headers: 'rateLimit' });
		expect(limitHeaders((await list()).headers)).toEqual([]);
		limit({ headers: 'rateLimit', announce: true });
		const good = (await list()).headers.get('ratelimit');
		expect(good).toMatch(/^limit=2, remaining=0, reset=(29|30)\.\d{3}$/);
		const rejected = await list();
		expect(rejected.status).toBe(429);
		expect(rejected.headers.get('ratelimit')).toMatch(/^limit=2, remaining=0, reset=/);
	});

	it('reports it in X-RateLimit headers', async () => {
		limit({ headers: 'xRateLimit', announce: true });
		const { headers } = await list();
		expect(headers.get('x-ratelimit-limit')).toBe('2');
		expect(headers.get('x-ratelimit-remaining')).toBe('1');
		const reset = Number(headers.get('x-ratelimit-reset')) * 1000;
		expect(reset).toBeGreaterThan(Date.now() + 20_000);
		limit({ requests: 0, headers: 'xRateLimit' });
		expect((await list()).headers.get('x-ratelimit-remaining')).toBe('0');
	});

	it('can send no headers', async () => {
		limit({ requests: 0, announce: true });
		const reply = await list();
		expect([reply.status, limitHeaders(reply.headers)]).toEqual([429, []]);
	});
});
