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

describe('A lost response', () => {
	describe('from SquadVoice, whose create is unsafe to repeat but can be looked up', () => {
		it.each(effectKinds)('resends no lead that the vendor has (%s)', async (kind) => {
			scene.world.faults.add({ kind, method: 'POST', nth: 1, ms: 1500 });
			const result = await scene.squadVoice({ items: leads(3), options: short });
			expect(outcomesOf(result)).toEqual({ created: 3 });
			const methods = scene.requests('squadVoice').map(({ method }) => method);
			expect(methods).toEqual(['POST', 'GET', 'GET', 'GET']);
			expect(scene.world.ledger('squadVoice')).toMatchObject({ held: 3, doubled: 0 });
		});

		it.each(noEffectKinds)('resends the leads that the vendor does not have (%s)', async (kind) => {
			scene.world.faults.add({ kind, method: 'POST', nth: 1, ms: 1500 });
			const result = await scene.squadVoice({ items: leads(3), options: short });
			expect(outcomesOf(result)).toEqual({ created: 3 });
			expect(scene.world.ledger('squadVoice')).toMatchObject({ held: 3, doubled: 0 });
		});

		it.each([500, 502, 503, 504, 408])(
			'looks the leads up first after HTTP %i without Retry-After',
			async (status) => {
				scene.world.faults.add({ kind: 'status', status, method: 'POST', nth: 1 });
				const result = await scene.squadVoice({ items: leads(3), options: short });
				expect(outcomesOf(result)).toEqual({ created: 3 });
				expect(scene.requests('squadVoice')[1]?.method).toBe('GET');
				expect(scene.world.ledger('squadVoice')).toMatchObject({ held: 3, doubled: 0 });
			},
		);

		it('leaves the outcome unknown when the look-up fails, too', async () => {
			scene.world.faults.add({ kind: 'resetAfter', method: 'POST', nth: 1 });
			scene.world.faults.add({ kind: 'status', status: 404, method: 'GET' });
			const result = await scene.squadVoice({
				items: leads(2),
				options: short,
				settings: onError.branch,
			});
			expect(outcomesOf(result)).toEqual({ unknown: 2 });
			expect(scene.requests('squadVoice').filter(({ method }) => method === 'POST')).toHaveLength(
				1,
			);
			expect(String(result.errors[0]?.json.error)).toMatch(/Outcome unknown/);
		});

		it('is reconciled by an update with API v4, which lists processed leads only', async () => {
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

	it('leaves the outcome unknown for an affiliate, who cannot look leads up', async () => {
		scene.world.faults.add({ kind: 'resetAfter', method: 'POST' });
		const result = await scene.squadVoice({
			items: leads(1),
			credentials: {
				accountKind: 'affiliate',
				affiliateId: 'C457F',
				accessToken: squadVoiceAccounts.affiliate.token,
			},
			parameters: { campaign: { __rl: true, mode: 'id', value: 'AFF711' }, leadId: '' },
			options: short,
			settings: onError.branch,
		});
		expect(outcomesOf(result)).toEqual({ unknown: 1 });
		expect(scene.requests('squadVoice')).toHaveLength(1);
	});

	describe('from Aktify, whose HTTP 409 makes a repeated create harmless', () => {
		it.each([...effectKinds, ...noEffectKinds])(
			'resends the lead, which is stored once (%s)',
			async (kind) => {
				scene.world.faults.add({ kind, nth: 1, ms: 1500 });
				const result = await scene.aktify({
					items: leads(3),
					options: { ...short, ifAlreadyThere: 'error' },
				});
				expect(outcomesOf(result)).toEqual({ created: 3 });
				expect(scene.world.ledger('aktify')).toMatchObject({ held: 3, doubled: 0 });
			},
		);

		it("leaves the outcome unknown, with the vendor's message, when every response is lost", async () => {
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

	it('differs from an unreachable vendor, where nothing was sent', async () => {
		const result = await scene.aktify({
			items: leads(2),
			credentials: { baseUrl: 'http://127.0.0.1:9' },
			options: { giveUpAfter: 1 },
			settings: onError.branch,
		});
		expect(outcomesOf(result)).toEqual({ notSent: 2 });
		expect(String(result.errors[0]?.json.error)).toMatch(/asks to wait|could not be reached/);
	});

	it('does not include valid JSON with a wrong content type', async () => {
		scene.world.faults.add({ kind: 'wrongContentType' });
		const result = await scene.aktify({ items: leads(2) });
		expect(outcomesOf(result)).toEqual({ created: 2 });
	});

	describe('is a redirect', () => {
		const location = 'http://127.0.0.1:9/elsewhere';

		it.each([301, 302, 303, 307, 308])('that asks before it sends again (%i)', async (status) => {
			scene.world.faults.add({ kind: 'redirect', status, location, method: 'POST', nth: 1 });
			const result = await scene.squadVoice({ items: leads(2), options: short });
			expect(outcomesOf(result)).toEqual({ created: 2 });
			expect(scene.requests('squadVoice')[1]?.method).toBe('GET');
			expect(scene.world.ledger('squadVoice')).toMatchObject({ held: 2, doubled: 0 });
		});

		it('whose outcome stays unknown while all requests are redirected', async () => {
			scene.world.faults.add({ kind: 'redirect', location });
			const result = await scene.squadVoice({
				items: leads(1),
				options: short,
				settings: onError.branch,
			});
			expect(outcomesOf(result)).toEqual({ unknown: 1 });
			expect(JSON.stringify(result.errors[0]?.json.details)).toMatch(/Redirects are not followed/);
		});
	});

	it('is a 503 with Retry-After, after which the lead may be there', async () => {
		const headers = { 'retry-after': '1' };
		scene.world.faults.add({ kind: 'htmlPage', status: 503, headers, method: 'POST', nth: 1 });
		const result = await scene.squadVoice({ items: leads(2), options: short });
		expect(outcomesOf(result)).toEqual({ created: 2 });
		expect(scene.requests('squadVoice').map(({ method }) => method)).toEqual([
			'POST',
			'GET',
			'GET',
		]);
		expect(scene.world.ledger('squadVoice')).toMatchObject({ held: 2, doubled: 0 });
	});

	it('is not a vendor that speaks no https, to which nothing was sent', async () => {
		const result = await scene.squadVoice({
			items: leads(3),
			credentials: { baseUrl: scene.url.replace('http:', 'https:') },
			settings: onError.branch,
		});
		expect(outcomesOf(result)).toEqual({ notSent: 3 });
		expect(String(result.errors[0]?.json.error)).toContain('there is no https at this address');
	});

	it('does not include a rejected credential, which stops the run', async () => {
		const result = await scene.aktify({
			items: leads(500),
			credentials: { apiKey: 'wrong' },
			settings: onError.branch,
		});
		expect(outcomesOf(result)).toEqual({ notSent: 500 });
		// Ten at once and the check of the credential; n8n repeats each once.
		expect(scene.requests('aktify').length).toBeLessThanOrEqual(22);
		expect(String(result.errors[499]?.json.error)).toMatch(/did not accept the credential/);
	});

	it.each([403, 404, 405])(
		'followed by HTTP %i, which is not about the lead, leaves the outcome unknown',
		async (status) => {
			const post = { vendor: 'aktify', method: 'POST' } as const;
			scene.world.faults.add({ ...post, kind: 'resetAfter', nth: 1 });
			scene.world.faults.add({ ...post, kind: 'status', status, nth: 2 });
			const result = await scene.aktify({ items: leads(1), settings: onError.continue });
			expect(outcomesOf(result)).toEqual({ unknown: 1 });
			expect(scene.world.ledger('aktify')).toMatchObject({ held: 1, doubled: 0 });
		},
	);
});
