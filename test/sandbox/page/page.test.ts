/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test of a server */
import { request } from 'node:http';
import { squadVoiceAccounts, type VendorName } from '../../../sandbox';
import { bearer, send, useSandbox } from '../helpers';
import { press, textOf } from './browse';

const sandbox = useSandbox();
const get = async (path: string) => await send(`${sandbox().url}${path}`);
const VENDORS: VendorName[] = ['squadVoice', 'aktify', 'autocalls', 'close'];

/** Sends a request with a Host header of its own, which fetch does not allow. */
async function statusWith(
	method: string,
	path: string,
	headers: Record<string, string>,
): Promise<number> {
	return await new Promise((done, fail) => {
		const { port } = new URL(sandbox().url);
		const sent = request({ host: '127.0.0.1', port, method, path, headers }, (reply) => {
			reply.resume();
			done(reply.statusCode ?? 0);
		});
		sent.on('error', fail);
		sent.end();
	});
}

describe('the pages', () => {
	it.each(['/', '/requests', ...VENDORS.map((vendor) => `/leads/${vendor}`)])(
		'%s is HTML',
		async (path) => {
			const page = await get(path);
			expect(page.status).toBe(200);
			expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
			expect(page.headers.get('content-security-policy')).toMatch(
				/^default-src 'none'.*frame-ancestors 'none'/,
			);
			expect(page.text).not.toMatch(/<script|https?:\/\/(?!127\.0\.0\.1)/);
		},
	);

	it.each(['/x', '/leads/x', '/leads/constructor'])('%s is not there', async (path) => {
		const page = await get(path);
		expect(page.status).toBe(404);
		expect(page.text).toContain('The sandbox has no such page.');
	});

	it('show no key outside the folded section', async () => {
		for (const path of ['/', '/requests'])
			expect((await get(path)).text).not.toMatch(/sandbox-\w+-(?:key|token)/);
		const { text } = await get('/leads/squadVoice');
		expect(text.split('<details>').at(-1)).toContain(squadVoiceAccounts.standard.token);
		expect(text.split('<details>').slice(0, -1).join()).not.toContain(
			squadVoiceAccounts.standard.token,
		);
	});

	it('escape what a lead contains', async () => {
		const evil = '"><img src=x onerror=alert(1)>';
		const { squadVoice, aktify, autocalls } = sandbox().world;
		const lead = {
			leadId: evil,
			phoneNumber: evil,
			contactName: evil,
			customFields: { [evil]: evil },
		};
		squadVoice.accept('0PT711', lead, 0);
		squadVoice.process('0PT711', evil, { outcome: evil });
		aktify.accept('one', '+15095550101', { firstName: evil, externalLeadId: evil });
		autocalls.seedLeads(1, 1);
		Object.assign(autocalls.leads.get(1) ?? {}, { variables: { name: evil } });
		await press(sandbox(), '/leads/close', 'close/create', { name: evil, phone: '5095550101' });
		await press(sandbox(), '/', 'aktify/event', { phone: evil });
		await get(
			`/aktify/${encodeURIComponent(evil)}?${encodeURIComponent(evil)}=${encodeURIComponent(evil)}`,
		);
		const search = `?q=${encodeURIComponent(evil)}`;
		for (const path of ['/', '/requests', ...VENDORS.map((vendor) => `/leads/${vendor}`)]) {
			for (const query of ['', search])
				expect((await get(path + query)).text).not.toContain('<img');
		}
	});
});

describe('the leads', () => {
	it('are found by name, by ID and by number in any spelling', async () => {
		sandbox().world.close.seedLeads(12);
		const found = async (search: string) =>
			/(\d+) match/.exec(textOf(await get(`/leads/close?q=${encodeURIComponent(search)}`)))?.[1];
		expect(await found('seed lead 12')).toBe('1');
		expect(await found('SEED-12@')).toBe('1');
		expect(await found('(509) 200-0012')).toBe('1');
		expect(await found('1 509 200 0012')).toBe('1');
		expect(await found('Potential')).toBe('12');
		expect(await found('nobody')).toBe('0');
	});

	it('are listed newest first, by page', async () => {
		sandbox().world.squadVoice.seedLeads('0PT711', 120);
		const first = await get('/leads/squadVoice?q=seed');
		expect(textOf(first)).toContain('120 leads, of which 120 match');
		expect(textOf(first)).toMatch(/Page 1 of 3 Next/);
		expect(first.text.indexOf('>seed-120<')).toBeLessThan(first.text.indexOf('>seed-119<'));
		expect(first.text).not.toContain('>seed-70<');
		const last = await get('/leads/squadVoice?q=seed&page=3');
		expect(last.text).toContain('>seed-1<');
		for (const page of ['0', '99', 'x', '-1', '1.5'])
			expect((await get(`/leads/squadVoice?page=${page}`)).status).toBe(200);
	});

	it('are shown again after a button, with the same search', async () => {
		sandbox().world.squadVoice.seedLeads('0PT711', 3);
		const form = { campaignId: '0PT711', leadId: 'seed-2' };
		const page = await press(
			sandbox(),
			'/leads/squadVoice?q=seed-2&page=1',
			'squadVoice/process',
			form,
		);
		expect(page.text).toContain('name="q" value="seed-2"');
		expect(textOf(page)).toContain('What happened');
	});
});

describe('the requests', () => {
	it('are listed with vendor, method, path, status and fault', async () => {
		const url = `${sandbox().url}/squadvoice/api/v1/leads/responses/0PT711/?page=1`;
		await send(url, { headers: bearer(squadVoiceAccounts.standard.token) });
		sandbox().world.faults.add({ kind: 'status', status: 503, vendor: 'aktify' });
		await send(`${sandbox().url}/aktify/api/v1/leads`, { json: { phone: 'x' } });
		const all = textOf(await get('/requests'));
		expect(all).toContain('2 requests since the sandbox started');
		expect(all).toMatch(
			/Aktify POST \/api\/v1\/leads .* 503 outage .*SquadVoice GET .*responses\/0PT711\/\?page=1 .* 200/,
		);
		const failed = textOf(await get('/requests?show=failed'));
		expect(failed).toContain('1 request since');
		expect(textOf(await get('/requests?vendor=close'))).toContain('No request has arrived.');
		expect((await get('/requests?reload=3')).text).toContain('http-equiv="refresh"');
		expect(all).not.toContain(squadVoiceAccounts.standard.token);
	});
});

describe('a page elsewhere', () => {
	const host = () => new URL(sandbox().url).host;
	const foreign: Array<Record<string, string>> = [
		{ origin: 'https://evil.example' },
		{ origin: 'null' },
		{ 'sec-fetch-site': 'cross-site' },
		{ 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:5678' },
		{ 'sec-fetch-site': 'none' },
	];

	it.each(foreign)('cannot press a button: %j', async (headers) => {
		for (const path of [
			'/do/squadVoice/samples',
			'/do/all/reset',
			'/_sandbox/reset',
			'/_sandbox/outage',
		]) {
			sandbox().world.squadVoice.seedLeads('0PT711', 1);
			expect(await statusWith('POST', path, { host: host(), ...headers })).toBe(403);
			expect(sandbox().world.ledger('squadVoice').held).toBe(1);
		}
	});

	it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', '10.0.0.1'])(
		'cannot read or press under another name: "%s"',
		async (name) => {
			expect(await statusWith('GET', '/', { host: name })).toBe(403);
			expect(await statusWith('GET', '/_sandbox/leads?vendor=aktify', { host: name })).toBe(403);
			expect(await statusWith('POST', '/do/squadVoice/samples', { host: name })).toBe(403);
		},
	);

	it('does not stop scripts, nor the page under either name', async () => {
		expect(await statusWith('POST', '/_sandbox/reset', { host: host() })).toBe(200);
		const localhost = host().replace('127.0.0.1', 'localhost');
		const own = { host: localhost, origin: `http://${localhost}`, 'sec-fetch-site': 'same-origin' };
		expect(await statusWith('POST', '/do/squadVoice/samples', own)).toBe(303);
		expect(await statusWith('GET', '/', { host: localhost, 'sec-fetch-site': 'cross-site' })).toBe(
			200,
		);
	});

	it('is not where a button leads', async () => {
		const headers = { referer: 'https://evil.example/x?y' };
		const reply = await send(`${sandbox().url}/do/squadVoice/samples`, { method: 'POST', headers });
		expect(reply.headers.get('location')).toMatch(/^\/\?did=\d+#happened$/);
		const odd = { referer: `${sandbox().url}//evil.example/` };
		const other = await send(`${sandbox().url}/do/squadVoice/samples`, {
			method: 'POST',
			headers: odd,
		});
		expect(other.headers.get('location')).not.toMatch(/^\/\//);
	});
});
