/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a test of a server and its command */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { squadVoiceAccounts, startSandbox, type Sandbox } from '../../sandbox';
import { bearer, failureOf, send } from './helpers';

async function create(url: string, lead_id: number) {
	const lead = { lead_id, phone_number: '15095551234', contact_name: 'J', state_code: 'WA' };
	const headers = bearer(squadVoiceAccounts.standard.token);
	return await send(`${url}/squadvoice/api/v1/leads/create/0PT711/`, { json: lead, headers });
}

const running: Sandbox[] = [];
const spawned: ChildProcess[] = [];

async function start(): Promise<Sandbox> {
	const sandbox = await startSandbox();
	running.push(sandbox);
	return sandbox;
}

afterEach(async () => {
	spawned.splice(0).forEach((command) => command.kill('SIGKILL'));
	await Promise.all(running.splice(0).map(async (sandbox) => await sandbox.close()));
});

async function until(isSo: () => boolean): Promise<void> {
	const deadline = Date.now() + 10_000;
	while (!isSo() && Date.now() < deadline) await wait(5);
	expect(isSo()).toBe(true);
}

async function untilRequests(sandbox: Sandbox, count: number): Promise<void> {
	await until(() => sandbox.world.requests.length >= count);
}

describe('the life of a sandbox', () => {
	it('listens on a free loopback port, and several stand side by side', async () => {
		const [first, second] = [await start(), await start()];
		expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
		expect(second.url).not.toBe(first.url);
		await create(first.url, 1);
		expect(first.world.requests).toHaveLength(1);
		expect(second.world.requests).toHaveLength(0);
		await Promise.all([first.close(), second.close()]);
		expect(await failureOf(create(first.url, 1))).toBe('ECONNREFUSED');
	});

	it('cuts stalls and latency when it closes, without an effect', async () => {
		const sandbox = await start();
		sandbox.world.faults.add({ kind: 'stallBefore', ms: 60_000, nth: 1 });
		sandbox.world.faults.add({ kind: 'stallAfter', ms: 60_000, nth: 2 });
		const stalled = [create(sandbox.url, 1), create(sandbox.url, 2)].map(failureOf);
		await untilRequests(sandbox, 2);
		sandbox.world.settings.latencyMs = 60_000;
		stalled.push(failureOf(create(sandbox.url, 3)));
		await untilRequests(sandbox, 3);
		const began = Date.now();
		await sandbox.close();
		for (const failure of await Promise.all(stalled)) expect(failure).toMatch(/RESET|SOCKET/);
		expect(Date.now() - began).toBeLessThan(5000);
		expect(sandbox.world.ledger('squadVoice').held).toBe(1);
	});

	it('drops what is in flight when it is reset', async () => {
		const sandbox = await start();
		sandbox.world.settings.latencyMs = 60_000;
		const waiting = failureOf(create(sandbox.url, 1));
		await untilRequests(sandbox, 1);
		await wait(20);
		sandbox.world.reset();
		expect(await waiting).toMatch(/RESET|SOCKET/);
		expect((await create(sandbox.url, 2)).status).toBe(200);
		expect(sandbox.world.requests).toHaveLength(1);
		expect(sandbox.world.maxOpen()).toBe(1);
	});

	it('counts how many requests were open at once', async () => {
		const sandbox = await start();
		sandbox.world.settings.latencyMs = [30, 60];
		await Promise.all([1, 2, 3, 4].map(async (id) => await create(sandbox.url, id)));
		await create(sandbox.url, 5);
		expect(sandbox.world.maxOpen()).toBe(4);
		expect(sandbox.world.maxOpen('squadVoice')).toBe(4);
		expect(sandbox.world.maxOpen('aktify')).toBe(0);
	});

	it('logs bodies and statuses, with the secrets masked', async () => {
		const sandbox = await start();
		await create(sandbox.url, 1);
		const aktify = `${sandbox.url}/aktify/api/v1/leads?x=1`;
		await send(aktify, { text: 'hello', headers: { 'x-api-key': 'secret' } });
		expect(sandbox.world.requests).toMatchObject([
			{ body: { lead_id: 1 }, headers: { authorization: 'Bearer ***' }, effect: true },
			{ body: 'hello', headers: { 'x-api-key': '***' }, query: { x: '1' }, status: 401 },
		]);
	});

	it('runs as a command, and ends on SIGTERM', async () => {
		const command = spawn(process.execPath, ['--import', 'tsx', 'sandbox/cli.ts', '--port', '0']);
		spawned.push(command);
		let said = '';
		command.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
		await until(() => said.includes('/_sandbox/state'));
		const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '';
		expect(said).toContain(squadVoiceAccounts.standard.token);
		expect((await send(`${url}/_sandbox/state`)).status).toBe(200);
		const ended = once(command, 'exit');
		command.kill('SIGTERM');
		expect(await ended).toEqual([0, null]);
	});
});
