import { squadVoiceAccounts } from '../../sandbox';
import type { FaultKind } from '../../sandbox';
import { leads, onError } from '../support/fixtures';
import { outcomesOf } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();
const short = { timeout: 0.3, giveUpAfter: 30, requestsPerMinute: 0 };

const effectKinds: FaultKind[] = [
	'stallAfter',
	'resetAfter',
	'cutOff',
	'brokenJson',
	'htmlPage',
	'slowDrip',
];
const noEffectKinds: FaultKind[] = ['resetBefore', 'stallBefore'];

describe('SquadVoice, whose create is not harmless to repeat but can be asked', () => {
	test.each(effectKinds)('%s: the vendor has the leads, so none is sent again', async (kind) => {
		scene.world.faults.add({ kind, method: 'POST', nth: 1, ms: 1500 });
		const result = await scene.squadVoice({ items: leads(3), options: short });
		expect(outcomesOf(result)).toEqual({ created: 3 });
		const methods = scene.requests('squadVoice').map(({ method }) => method);
		expect(methods).toEqual(['POST', 'GET', 'GET', 'GET']);
		expect(scene.world.ledger('squadVoice')).toMatchObject({ held: 3, doubled: 0 });
	});

	test.each(noEffectKinds)(
		'%s: the vendor does not have them, so they are sent again',
		async (kind) => {
			scene.world.faults.add({ kind, method: 'POST', nth: 1, ms: 1500 });
			const result = await scene.squadVoice({ items: leads(3), options: short });
			expect(outcomesOf(result)).toEqual({ created: 3 });
			expect(scene.world.ledger('squadVoice')).toMatchObject({ held: 3, doubled: 0 });
		},
	);

	test.each([500, 502, 503, 504, 408])(
		'%i without a word of when: asked before anything',
		async (status) => {
			scene.world.faults.add({ kind: 'status', status, method: 'POST', nth: 1 });
			const result = await scene.squadVoice({ items: leads(3), options: short });
			expect(outcomesOf(result)).toEqual({ created: 3 });
			expect(scene.requests('squadVoice')[1]?.method).toBe('GET');
			expect(scene.world.ledger('squadVoice')).toMatchObject({ held: 3, doubled: 0 });
		},
	);

	test('a vendor that cannot be asked either: unknown, and not sent again', async () => {
		scene.world.faults.add({ kind: 'resetAfter', method: 'POST', nth: 1 });
		scene.world.faults.add({ kind: 'status', status: 404, method: 'GET' });
		const result = await scene.squadVoice({
			items: leads(2),
			options: short,
			settings: onError.branch,
		});
		expect(outcomesOf(result)).toEqual({ unknown: 2 });
		expect(scene.requests('squadVoice').filter(({ method }) => method === 'POST')).toHaveLength(1);
		expect(String(result.errors[0]?.json.error)).toMatch(/Outcome unknown/);
	});

	test('API v4 lists processed leads only: a repeated update tells whether it has the lead', async () => {
		const v4 = { apiVersion: 'v4', accessToken: squadVoiceAccounts.v4.token };
		const parameters = { campaign: { __rl: true, mode: 'id', value: 'V4CAMP' } };
		scene.world.faults.add({ kind: 'resetAfter', method: 'POST', nth: 1 });
		scene.world.faults.add({ kind: 'resetBefore', method: 'POST', nth: 2 });
		const items = leads(4).map((lead, i) => ({ ...lead, phone: `+9198995504${10 + i}` }));
		const result = await scene.squadVoice({
			items,
			credentials: v4,
			parameters,
			options: { ...short, leadsPerRequest: 2, requestsAtOnce: 1 },
		});
		expect(outcomesOf(result)).toEqual({ created: 4 });
		expect(scene.world.ledger('squadVoice')).toMatchObject({ held: 4, doubled: 0 });
	});
});

test('an affiliate cannot ask: a lost reply is unknown, and the lead is not sent again', async () => {
	scene.world.faults.add({ kind: 'resetAfter', method: 'POST' });
	const result = await scene.squadVoice({
		items: leads(1),
		credentials: {
			accountKind: 'affiliate',
			affiliateId: 'C457F',
			accessToken: squadVoiceAccounts.affiliate.token,
		},
		parameters: { campaign: { __rl: true, mode: 'id', value: 'AFF711' } },
		options: short,
		settings: onError.branch,
	});
	expect(outcomesOf(result)).toEqual({ unknown: 1 });
	expect(scene.requests('squadVoice')).toHaveLength(1);
});

describe('Aktify, whose 409 makes a second create harmless', () => {
	test.each([...effectKinds, ...noEffectKinds])('%s: sent again, held once', async (kind) => {
		scene.world.faults.add({ kind, nth: 1, ms: 1500 });
		const result = await scene.aktify({
			items: leads(3),
			options: { ...short, ifAlreadyThere: 'error' },
		});
		expect(outcomesOf(result)).toEqual({ created: 3 });
		expect(scene.world.ledger('aktify')).toMatchObject({ held: 3, doubled: 0 });
	});

	test("replies that are lost for ever: unknown, with the vendor's words", async () => {
		scene.world.faults.add({ kind: 'status', status: 500, body: { message: 'Out of paper' } });
		const result = await scene.aktify({
			items: leads(1),
			options: { giveUpAfter: 1 },
			settings: onError.branch,
		});
		expect(outcomesOf(result)).toEqual({ unknown: 1 });
		expect(String(result.errors[0]?.json.error)).toMatch(/HTTP 500: Out of paper/);
	});
});

test('nobody there: not sent, and said so', async () => {
	const result = await scene.aktify({
		items: leads(2),
		credentials: { baseUrl: 'http://127.0.0.1:9' },
		options: { giveUpAfter: 1 },
		settings: onError.branch,
	});
	expect(outcomesOf(result)).toEqual({ notSent: 2 });
	expect(String(result.errors[0]?.json.error)).toMatch(/asks to wait|could not be reached/);
});

test('a wrong content type around right JSON is read', async () => {
	scene.world.faults.add({ kind: 'wrongContentType' });
	const result = await scene.aktify({ items: leads(2) });
	expect(outcomesOf(result)).toEqual({ created: 2 });
});

test('a redirect is not followed, and said so', async () => {
	scene.world.faults.add({ kind: 'redirect', location: 'http://127.0.0.1:9/elsewhere' });
	const result = await scene.aktify({ items: leads(1), settings: onError.branch });
	expect(outcomesOf(result)).toEqual({ refused: 1 });
	expect(JSON.stringify(result.errors[0]?.json.details)).toMatch(/redirect, which is not followed/);
});

test('a credential that is refused stops the run: the rest is not tried', async () => {
	const result = await scene.aktify({
		items: leads(500),
		credentials: { apiKey: 'wrong' },
		settings: onError.branch,
	});
	expect(outcomesOf(result)).toEqual({ notSent: 500 });
	expect(scene.requests('aktify').length).toBeLessThanOrEqual(20);
	expect(String(result.errors[499]?.json.error)).toMatch(/did not accept the credential/);
});

test.each([403, 404, 405])(
	'after a lost reply, a %i that is not about the lead leaves it unknown',
	async (status) => {
		const post = { vendor: 'aktify', method: 'POST' } as const;
		scene.world.faults.add({ ...post, kind: 'resetAfter', nth: 1 });
		scene.world.faults.add({ ...post, kind: 'status', status, nth: 2 });
		const result = await scene.aktify({ items: leads(1), settings: onError.continue });
		expect(outcomesOf(result)).toEqual({ unknown: 1 });
		expect(scene.world.ledger('aktify')).toMatchObject({ held: 1, doubled: 0 });
	},
);
