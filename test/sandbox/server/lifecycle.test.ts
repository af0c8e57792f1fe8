/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a test of a server and its command */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { squadVoiceAccounts, startSandbox, type Sandbox } from '../../../sandbox';
import { bearer, failureOf, send } from '../helpers';

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

async function until(isMet: () => boolean): Promise<void> {
	const deadline = Date.now() + 10_000;
	while (!isMet() && Date.now() < deadline) await wait(5);
	expect(isMet()).toBe(true);
}

async function untilRequests(sandbox: Sandbox, count: number): Promise<void> {
	await until(() => sandbox.world.requests.length >= count);
}

describe('sandbox lifecycle', () => {
	it('listens on a free loopback port, next to other sandboxes', async () => {
		const [first, second] = [await start(), await start()];
		expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
		expect(second.url).not.toBe(first.url);
		await create(first.url, 1);
		expect(first.world.requests).toHaveLength(1);
		expect(second.world.requests).toHaveLength(0);
		await Promise.all([first.close(), second.close()]);
		expect(await failureOf(create(first.url, 1))).toBe('ECONNREFUSED');
	});

	it('ends stalls and latency without an effect when it closes', async () => {
		const sandbox = await start();
		sandbox.world.faults.add({ kind: 'stallBefore', ms: 600_000, nth: 1 });
		sandbox.world.faults.add({ kind: 'stallAfter', ms: 600_000, nth: 2 });
		const stalled = [create(sandbox.url, 1), create(sandbox.url, 2)].map(failureOf);
		await untilRequests(sandbox, 2);
		sandbox.world.settings.latencyMs = 600_000;
		stalled.push(failureOf(create(sandbox.url, 3)));
		await untilRequests(sandbox, 3);
		await sandbox.close();
		for (const failure of await Promise.all(stalled)) expect(failure).toMatch(/RESET|SOCKET/);
		expect(sandbox.world.ledger('squadVoice').held).toBe(1);
	});

	it('drops requests in flight when it is reset', async () => {
		const sandbox = await start();
		sandbox.world.settings.latencyMs = 600_000;
		const pause = jest.spyOn(sandbox.world.clock, 'pause');
		const waiting = failureOf(create(sandbox.url, 1));
		await until(() => pause.mock.calls.length > 0);
		sandbox.world.reset();
		expect(await waiting).toMatch(/RESET|SOCKET/);
		expect((await create(sandbox.url, 2)).status).toBe(200);
		expect(sandbox.world.requests).toHaveLength(1);
		expect(sandbox.world.maxOpen()).toBe(1);
	});

	it('counts concurrent requests', async () => {
		const sandbox = await start();
		sandbox.world.settings.latencyMs = [30, 60];
		await Promise.all([1, 2, 3, 4].map(async (id) => await create(sandbox.url, id)));
		await create(sandbox.url, 5);
		expect(sandbox.world.maxOpen()).toBe(4);
		expect(sandbox.world.maxOpen('squadVoice')).toBe(4);
		expect(sandbox.world.maxOpen('aktify')).toBe(0);
	});

	it('logs bodies and statuses, with masked secrets', async () => {
		const sandbox = await start();
		await create(sandbox.url, 1);
		const aktify = `${sandbox.url}/aktify/api/v1/leads?x=1`;
		await send(aktify, { text: 'hello', headers: { 'x-api-key': 'secret' } });
		expect(sandbox.world.requests).toMatchObject([
			{ body: { lead_id: 1 }, headers: { authorization: 'Bearer ***' }, effect: true },
			{ body: 'hello', headers: { 'x-api-key': '***' }, query: { x: '1' }, status: 401 },
		]);
	});

	it('runs as a command, and exits on SIGTERM', async () => {
		const command = spawn(process.execPath, ['--import', 'tsx', 'sandbox/cli.ts', '--port', '0']);
		spawned.push(command);
		let output = '';
		command.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
		await until(() => output.includes('/_sandbox/state'));
		const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? '';
		expect(output).toContain(squadVoiceAccounts.standard.token);
		expect((await send(`${url}/_sandbox/state`)).status).toBe(200);
		const ended = once(command, 'exit');
		command.kill('SIGTERM');
		expect(await ended).toEqual([0, null]);
	});
});
