import { aktifyAccounts, squadVoiceAccounts, type Limit } from '../../sandbox';
import { bearer, send, useSandbox } from './helpers';

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
	it('refuses what is too much, account by account, and counts it', async () => {
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

	it('lets a refused create have no effect, and none of its faults be used up', async () => {
		limit({ requests: 0 });
		sandbox().world.faults.add({ kind: 'status', status: 500, times: 1 });
		expect((await list()).status).toBe(429);
		limit({ requests: 9 });
		sandbox().world.limiter.reset();
		expect([(await list()).status, (await list()).status]).toEqual([500, 200]);
	});

	it('opens again when the window is over', async () => {
		limit({ requests: 1, windowMs: 150 });
		expect([(await list()).status, (await list()).status]).toEqual([200, 429]);
		const until = Date.now() + 5000;
		let status = 429;
		while (status === 429 && Date.now() < until) status = (await list()).status;
		expect(status).toBe(200);
	});

	it('says when to come back in seconds', async () => {
		limit({ requests: 0, headers: 'retryAfterSeconds' });
		expect((await list()).headers.get('retry-after')).toMatch(/^(29|30)$/);
	});

	it('says when to come back as an HTTP date', async () => {
		limit({ requests: 0, headers: 'retryAfterDate' });
		const at = (await list()).headers.get('retry-after') ?? '';
		expect(new Date(at).toUTCString()).toBe(at);
		expect(Date.parse(at)).toBeGreaterThan(Date.now() + 20_000);
	});

	it('says it in a RateLimit header, on good replies when it is to announce', async () => {
		limit({ headers: 'rateLimit' });
		expect(limitHeaders((await list()).headers)).toEqual([]);
		limit({ headers: 'rateLimit', announce: true });
		const good = (await list()).headers.get('ratelimit');
		expect(good).toMatch(/^limit=2, remaining=0, reset=(29|30)\.\d{3}$/);
		const refused = await list();
		expect(refused.status).toBe(429);
		expect(refused.headers.get('ratelimit')).toMatch(/^limit=2, remaining=0, reset=/);
	});

	it('says it in X-RateLimit headers', async () => {
		limit({ headers: 'xRateLimit', announce: true });
		const { headers } = await list();
		expect(headers.get('x-ratelimit-limit')).toBe('2');
		expect(headers.get('x-ratelimit-remaining')).toBe('1');
		const reset = Number(headers.get('x-ratelimit-reset')) * 1000;
		expect(reset).toBeGreaterThan(Date.now() + 20_000);
		limit({ requests: 0, headers: 'xRateLimit' });
		expect((await list()).headers.get('x-ratelimit-remaining')).toBe('0');
	});

	it('can say nothing', async () => {
		limit({ requests: 0, announce: true });
		const reply = await list();
		expect([reply.status, limitHeaders(reply.headers)]).toEqual([429, []]);
	});
});
