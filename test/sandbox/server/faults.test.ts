/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test of a server */
import { setImmediate } from 'node:timers/promises';
import { aktifyAccounts, squadVoiceAccounts, type FaultRule } from '../../../sandbox';
import { bearer, failureOf, send, useSandbox } from '../helpers';

const sandbox = useSandbox();
const cut = /ECONNRESET|UND_ERR_SOCKET/;

async function create(lead_id: number = 1) {
	const lead = { lead_id, phone_number: '15095551234', contact_name: 'J', state_code: 'WA' };
	const url = `${sandbox().url}/squadvoice/api/v1/leads/create/0PT711/`;
	return await send(url, { json: lead, headers: bearer(squadVoiceAccounts.standard.token) });
}

const held = () => sandbox().world.ledger('squadVoice').held;
const add = (rule: FaultRule) => sandbox().world.faults.add(rule);
const lastRecord = () => sandbox().world.requests.at(-1);

/** Ends every wait of the sandbox at once; collects their durations in milliseconds. */
function skipWaits(): number[] {
	const waits: number[] = [];
	jest.spyOn(sandbox().world.clock, 'pause').mockImplementation(async (ms) => {
		if (ms > 0) waits.push(ms);
	});
	return waits;
}

afterEach(() => jest.restoreAllMocks());

describe('faults before the handler', () => {
	afterEach(() => {
		expect(held()).toBe(0);
		expect(lastRecord()?.effect).toBe(false);
	});

	it('status: answers any status, with custom headers and body', async () => {
		add({ kind: 'status', status: 429, headers: { 'retry-after': '7' }, times: 1 });
		add({ kind: 'status', status: 502, body: '<h1>Bad gateway</h1>', times: 1 });
		add({ kind: 'status', status: 500, body: { error: 'no' } });
		const [first, second, third] = [await create(), await create(), await create()];
		expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7']);
		expect(first.json).toEqual({ detail: expect.any(String) });
		expect([second.status, second.text]).toEqual([502, '<h1>Bad gateway</h1>']);
		expect(second.headers.get('content-type')).toContain('text/html');
		expect([third.status, third.json]).toEqual([500, { error: 'no' }]);
		expect(lastRecord()).toMatchObject({ status: 500, fault: 'status' });
	});

	it('stallBefore: waits, then cuts the connection', async () => {
		add({ kind: 'stallBefore', ms: 60 });
		const waits = skipWaits();
		expect(await failureOf(create())).toMatch(cut);
		expect(waits).toEqual([60]);
		expect(lastRecord()?.status).toBeUndefined();
	});

	it('resetBefore: cuts the connection at once', async () => {
		add({ kind: 'resetBefore' });
		expect(await failureOf(create())).toMatch(cut);
		expect(lastRecord()).toMatchObject({ fault: 'resetBefore' });
	});

	it('redirect: redirects to another URL', async () => {
		add({ kind: 'redirect', location: 'http://127.0.0.1:9/elsewhere' });
		const reply = await create();
		expect([reply.status, reply.headers.get('location')]).toEqual([
			302,
			'http://127.0.0.1:9/elsewhere',
		]);
	});

	it("tokenExpired: answers 401 in the vendor's format", async () => {
		add({ kind: 'tokenExpired' });
		const reply = await create();
		expect([reply.status, reply.json]).toEqual([401, { detail: 'Token has expired.' }]);
	});
});

describe('faults after the handler', () => {
	afterEach(() => {
		expect(held()).toBe(1);
		expect(lastRecord()?.effect).toBe(true);
	});

	it('stallAfter: delays the reply', async () => {
		add({ kind: 'stallAfter', ms: 60 });
		const waits = skipWaits();
		expect((await create()).status).toBe(200);
		expect(waits).toEqual([60]);
	});

	it('stallAfter: logs no status for a client that gives up', async () => {
		add({ kind: 'stallAfter', ms: 600_000 });
		const client = new AbortController();
		const url = `${sandbox().url}/aktify/api/v1/leads`;
		const waiting = fetch(url, {
			method: 'POST',
			headers: { 'x-api-key': aktifyAccounts.one.key, 'content-type': 'application/json' },
			body: JSON.stringify({ phoneNumber: '5095551234', region: 'WA' }),
			signal: client.signal,
		});
		const isHeld = () => sandbox().world.ledger('aktify').held === 1;
		while (!isHeld()) await setImmediate();
		client.abort();
		await expect(waiting).rejects.toThrow(/aborted/);
		expect(lastRecord()?.status).toBeUndefined();
		sandbox().world.faults.clear();
		await create();
	});

	it('resetAfter: carries out the write, and cuts the connection', async () => {
		add({ kind: 'resetAfter' });
		expect(await failureOf(create())).toMatch(cut);
		expect(lastRecord()?.status).toBeUndefined();
	});

	it('cutOff: ends the reply in the middle', async () => {
		add({ kind: 'cutOff' });
		expect(await failureOf(create())).toMatch(cut);
	});

	it('brokenJson: sends the right status and invalid JSON', async () => {
		add({ kind: 'brokenJson' });
		const reply = await create();
		expect(reply.status).toBe(200);
		expect(reply.headers.get('content-type')).toContain('application/json');
		expect(reply.text).toMatch(/^\{"message"/);
		expect(reply.json).toBeUndefined();
	});

	it('htmlPage: sends an HTML page with the given status, or 200', async () => {
		add({ kind: 'htmlPage', status: 502, times: 1 });
		add({ kind: 'htmlPage' });
		const [first, second] = [await create(), await create()];
		expect([first.status, second.status]).toEqual([502, 200]);
		expect(second.headers.get('content-type')).toContain('text/html');
		expect(second.text).toMatch(/^<!DOCTYPE html>/);
	});

	it('wrongContentType: sends the right JSON with a wrong content type', async () => {
		add({ kind: 'wrongContentType' });
		const reply = await create();
		expect(reply.headers.get('content-type')).toBe('text/plain');
		expect(reply.json).toEqual({ message: 'ok' });
	});

	it('otherHeaders: sends the right reply with other headers', async () => {
		add({ kind: 'otherHeaders', headers: { 'ratelimit-limit': '-1' } });
		const reply = await create();
		expect(reply.headers.get('ratelimit-limit')).toBe('-1');
		expect(reply.json).toEqual({ message: 'ok' });
	});

	it('otherReply: carries the request out, and says something else', async () => {
		add({ kind: 'otherReply', status: 201, body: { status: 'queued' } });
		const reply = await create();
		expect([reply.status, reply.json]).toEqual([201, { status: 'queued' }]);
	});

	it('slowDrip: sends the complete reply in small pieces', async () => {
		add({ kind: 'slowDrip', ms: 80 });
		const waits = skipWaits();
		expect((await create()).json).toEqual({ message: 'ok' });
		expect(waits).toHaveLength('{"message":"ok"}'.length);
		expect(waits.reduce((sum, ms) => sum + ms)).toBe(80);
	});
});

it('halfWritten: carries the first half of a list out, and rejects the list', async () => {
	add({ kind: 'halfWritten' });
	const phoneNumberList = ['+15095551234', '+15095551235', '+15095551236'];
	const url = `${sandbox().url}/aktify/api/v1/leads/end-contact`;
	const headers = { 'x-api-key': aktifyAccounts.one.key };
	expect((await send(url, { json: { phoneNumberList }, headers })).status).toBe(400);
	expect([...sandbox().world.aktify.ended.keys()]).toEqual(['one|+15095551234']);
});

describe('fault rules', () => {
	it('match a text in the body', async () => {
		add({ kind: 'status', status: 403, contains: '"lead_id":2' });
		expect([(await create(1)).status, (await create(2)).status]).toEqual([200, 403]);
	});

	async function statuses(count: number): Promise<number[]> {
		const all: number[] = [];
		for (let index = 0; index < count; index++) all.push((await create(index)).status);
		return all;
	}

	it('apply to the nth request, to several, to every nth, and a limited number of times', async () => {
		add({ kind: 'status', status: 500, nth: 2 });
		add({ kind: 'status', status: 502, nth: [4, 5] });
		add({ kind: 'status', status: 503, every: 3, times: 1 });
		expect(await statuses(6)).toEqual([200, 500, 503, 502, 502, 200]);
	});

	it('apply with a probability, reproducibly for the same seed', async () => {
		add({ kind: 'status', status: 500, probability: 0.5, seed: 7 });
		const first = await statuses(12);
		sandbox().world.reset();
		add({ kind: 'status', status: 500, probability: 0.5, seed: 7 });
		expect(await statuses(12)).toEqual(first);
		expect(new Set(first)).toEqual(new Set([200, 500]));
	});

	it('apply by vendor, method and path', async () => {
		add({ kind: 'status', vendor: 'aktify' });
		add({ kind: 'status', method: 'get' });
		add({ kind: 'status', path: '/disable/' });
		add({ kind: 'status', path: /^\/squadvoice/ });
		expect((await create()).status).toBe(200);
		add({ kind: 'status', status: 500, path: /^\/api\/v1\/leads\/create\//g });
		expect([(await create()).status, (await create()).status]).toEqual([500, 500]);
		sandbox().world.faults.clear();
		expect((await create()).status).toBe(200);
	});
});
