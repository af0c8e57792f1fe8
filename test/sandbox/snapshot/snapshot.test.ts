/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test of files */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
	aktifyAccounts,
	autocallsAccounts,
	closeAccounts,
	closeAuthorization,
	closeUsers,
	EVENT_TYPES_V2,
	squadVoiceAccounts,
	startSandbox,
	type Sandbox,
	type SandboxState,
} from '../../../sandbox';
import { VENDOR_NAMES } from '../../../sandbox/vendorNames';
import { saveParts } from '../../../sandbox/lib/storedParts';
import { bearer, send } from '../helpers';
import { useReceiver } from '../receiver';

const receiver = useReceiver();
let folder = '';
let file = '';
let reported: string[] = [];
const running = new Set<Sandbox>();

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
	file = join(folder, 'below', 'sandbox.json');
	reported = [];
});

afterEach(async () => {
	for (const sandbox of running) await sandbox.close();
	running.clear();
	rmSync(folder, { recursive: true });
});

async function start(): Promise<Sandbox> {
	const sandbox = await startSandbox({ file, report: (message) => reported.push(message) });
	running.add(sandbox);
	return sandbox;
}

async function restart(sandbox: Sandbox): Promise<Sandbox> {
	running.delete(sandbox);
	await sandbox.close();
	return await start();
}

/** Everything that a snapshot contains, as it is in memory. */
function contentOf({ squadVoice, aktify, autocalls, close }: SandboxState): unknown {
	return structuredClone(
		[squadVoice, aktify, autocalls, close].map((vendor) => saveParts(vendor.stored())),
	);
}

const closeHeaders = { authorization: closeAuthorization(closeAccounts.one.key) };

async function fillSquadVoice({ url, world }: Sandbox): Promise<void> {
	const json = {
		lead_id: 'L1',
		phone_number: '15095550101',
		contact_name: 'Zoë <b>',
		state_code: 'WA',
	};
	const headers = bearer(squadVoiceAccounts.standard.token);
	await send(`${url}/squadvoice/api/v1/leads/create/0PT711/`, { json, headers });
	world.squadVoice.seedLeads('0PT711', 2);
	world.squadVoice.process('0PT711', 'L1');
	world.squadVoice.process('0PT711', 'L1', { outcome: 'Wrong Number' });
	world.squadVoice.disable('0PT711', 'seed-1', 5);
	world.squadVoice.disable('0PT711', 'unknown', 5);
	world.squadVoice.configureWebhook('V4CAMP', `${receiver().url}/squadvoice`);
	world.squadVoice.tokens.issue(60_000);
	Object.assign(world.squadVoice, { responsesOrder: 'newest', clockSkewMs: 250 });
}

async function fillAktify({ url, world }: Sandbox): Promise<void> {
	const headers = { 'x-api-key': aktifyAccounts.one.key };
	const json = { phoneNumber: '(509) 555-0102', firstName: 'Ana', zipCode: '99201' };
	await send(`${url}/aktify/api/v1/leads`, { json, headers });
	world.aktify.endContact('one', '+15095550103');
	world.aktify.webhooks.configureWebhook('account', {
		url: `${receiver().url}/aktify`,
		clientSecret: aktifyAccounts.one.clientSecret,
		version: 'v2',
		signature: 'v2',
		events: [...EVENT_TYPES_V2],
	});
	world.aktify.play('one', '+15095550104', 'lead.carrier_optout_received');
	world.aktify.landlines.add('+15095550105');
	world.aktify.failEndContact('+15095550106', 2);
}

async function fillAutocalls({ url, world }: Sandbox): Promise<void> {
	const json = {
		phone_number: '+15095550107',
		campaign_id: 1,
		variables: { customer_name: 'Ana' },
		secondary_contacts: [{ phone_number: '+15095550108' }],
	};
	const headers = bearer(autocallsAccounts.one.key);
	await send(`${url}/autocalls/user/lead`, { json, headers });
	world.autocalls.seedLeads(1, 2);
	const webhook = { webhookUrl: `${receiver().url}/autocalls`, isWebhookActive: true };
	Object.assign(world.autocalls.assistants.get(501) ?? {}, webhook);
	world.autocalls.call(1);
	Object.assign(world.autocalls.campaigns.get(4) ?? {}, { status: 'in-progress' });
}

async function fillClose({ url, world }: Sandbox): Promise<void> {
	const filter = {
		type: 'field_accessor',
		field: 'action',
		filter: { type: 'equals', value: 'created' },
	};
	const events = [
		{ object_type: 'lead', action: 'created', extra_filter: filter },
		{ object_type: 'lead', action: 'updated' },
	];
	const subscription = { url: `${receiver().url}/close`, events };
	await send(`${url}/close/webhook/`, { json: subscription, headers: closeHeaders });
	const contacts = [{ name: 'Ana', phones: [{ phone: '+15095550109', type: 'office' }] }];
	await send(`${url}/close/lead/`, { json: { name: 'Ana Co', contacts }, headers: closeHeaders });
	const [lead] = world.close.leads.keys();
	const note = { lead_id: lead, note: 'Call back' };
	await send(`${url}/close/activity/note/`, { json: note, headers: closeHeaders });
	world.close.tokens.issue(60_000);
	world.close.indexLagMs = 7;
}

describe('a sandbox with a file', () => {
	it('has after a restart what every vendor had, and goes on with it', async () => {
		const before = await start();
		await fillSquadVoice(before);
		await fillAktify(before);
		await fillAutocalls(before);
		await fillClose(before);
		await before.world.deliveries.settled();
		const content = contentOf(before.world);
		expect(/L1.*99201.*customer_name.*Ana Co/s.test(JSON.stringify(content))).toBe(true);

		const after = await restart(before);
		expect(reported).toEqual([]);
		expect(contentOf(after.world)).toEqual(content);

		receiver().received.length = 0;
		const [lead] = after.world.close.leads.values();
		const [contact] = after.world.close.contacts.values();
		expect(contact).toBe(lead?.contacts[0]);
		const origin = { userId: closeUsers.ben.id, apiKeyId: undefined, requestId: 'req_1' };
		after.world.close.webhooks.publishChanges(origin, () => after.world.close.seedLeads(1));
		after.world.aktify.play('one', '+15095550102', 'lead.call_ended');
		const [first] = after.world.autocalls.seedLeads(1, 1);
		expect(first?.id).toBe(5);
		after.world.autocalls.call(first?.id ?? 0);
		await after.world.deliveries.settled();
		const paths = receiver().received.map(({ path }) => path);
		expect(paths.sort()).toEqual(['/aktify', '/autocalls', '/close']);
		const sequences = after.world.close.events.newestFirst().map(({ sequence }) => sequence);
		expect(new Set(sequences).size).toBe(sequences.length);
	});

	it('has after a kill what was there a moment before', async () => {
		const killed = await start();
		await fillAktify(killed);
		const deadline = Date.now() + 10_000;
		while (!existsSync(file) && Date.now() < deadline) await wait(20);
		const second = await start();
		expect(second.world.aktify.find('one', '5095550102')?.sent).toMatchObject({ zipCode: '99201' });
	});

	it('is empty after a reset and a restart', async () => {
		const before = await start();
		before.world.squadVoice.seedLeads('0PT711', 2);
		const filled = await restart(before);
		expect(filled.world.ledger('squadVoice').held).toBe(2);
		await send(`${filled.url}/_sandbox/reset`, { method: 'POST' });
		expect((await restart(filled)).world.ledger('squadVoice').held).toBe(0);
	});

	const damages: Array<[string, (text: string) => string, RegExp]> = [
		['is cut off', (text) => text.slice(0, -30), /not JSON, or incomplete/],
		['is empty', () => '', /not JSON, or incomplete/],
		['was changed', (text) => text.replace('seed-1', 'seed-9'), /changed or damaged/],
		['has another version', (text) => text.replace('"version":1', '"version":99'), /version 99/],
		['is a list', () => '[]', /not JSON, or incomplete/],
	];

	it.each(damages)('puts a file aside that %s, and says so', async (_what, damage, reason) => {
		const before = await start();
		before.world.squadVoice.seedLeads('0PT711', 2);
		running.delete(before);
		await before.close();
		const text = damage(readFileSync(file, 'utf8'));
		writeFileSync(file, text);

		const after = await start();
		expect(after.world.ledger('squadVoice').held).toBe(0);
		expect(reported).toEqual([expect.stringMatching(reason)]);
		const aside = readdirSync(join(folder, 'below')).find((name) => name.includes('unreadable'));
		expect(reported[0]).toContain(aside);
		expect(readFileSync(join(folder, 'below', aside ?? ''), 'utf8')).toBe(text);
	});

	it('says once that it cannot save, and works on', async () => {
		writeFileSync(join(folder, 'below'), 'a file where the folder should be');
		const sandbox = await startSandbox({
			file: join(folder, 'new', 'sandbox.json'),
			report: (message) => reported.push(message),
		});
		writeFileSync(join(folder, 'new'), 'in the way');
		await send(`${sandbox.url}/_sandbox/reset`, { method: 'POST' });
		await sandbox.close();
		expect(reported).toEqual([
			expect.stringMatching(/could not save its data to .*sandbox\.json: /),
		]);
	});
});

/** Derived from the leads, of the last moments only, or settings of a test. */
const NOT_STORED = ['contacts', 'stale', 'ignoredFields', 'regionByZip'];

it.each(VENDOR_NAMES)('a snapshot has all collections of %s', async (vendor) => {
	const { world } = await start();
	const stored = new Set<unknown>(Object.values(world[vendor].stored()));
	const missing = Object.entries(world[vendor])
		.filter(([, value]) => value instanceof Map || value instanceof Set || Array.isArray(value))
		.filter(([name, value]) => !stored.has(value) && !NOT_STORED.includes(name));
	expect(missing.map(([name]) => name)).toEqual([]);
});

describe('a sandbox without a file', () => {
	it('writes nothing', async () => {
		const sandbox = await startSandbox();
		await send(`${sandbox.url}/_sandbox/reset`, { method: 'POST' });
		await sandbox.close();
		expect(readdirSync(folder)).toEqual([]);
	});
});
