/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests run outside of n8n */
import { aktifyAccounts, squadVoiceAccounts } from '../../sandbox';
import { run } from '../support/engine';
import { asParameters, leads, onError } from '../support/fixtures';
import { outcomesOf } from '../support/results';
import { useSandbox } from '../support/sandbox';

/** A firewall refuses single leads with the status that a bad credential gets, too. */
const scene = useSandbox();
const page = '<html><body>Forbidden</body></html>';
const settings = onError.branch;
const credentials = { campaignId: '0PT711' };

describe('A request that is refused like a bad credential', () => {
	it.each([403, 401])('is a refusal of its lead when the credential works (%i)', async (status) => {
		scene.world.faults.add({ kind: 'status', status, body: page, method: 'POST', nth: 3 });
		const result = await scene.aktify({
			items: leads(20),
			options: { requestsAtOnce: 1 },
			settings,
		});
		// n8n itself repeats a request after a 401.
		expect(outcomesOf(result)).toEqual(
			status === 401 ? { created: 20 } : { created: 19, refused: 1 },
		);
	});

	it.each([[[0]], [[4]], [[19]], [[3, 4, 5]], [[0, 9, 10, 19]]])(
		'is found in a list, the others are created (leads %j)',
		async (poisonous) => {
			const items = leads(20).map((lead, index) =>
				poisonous.includes(index) ? { ...lead, name: '<script>' } : lead,
			);
			scene.world.faults.add({
				kind: 'status',
				status: 403,
				body: page,
				method: 'POST',
				contains: '<script>',
			});
			const result = await scene.squadVoice({ items, credentials, settings });
			expect(outcomesOf(result)).toEqual({
				created: 20 - poisonous.length,
				refused: poisonous.length,
			});
			expect(scene.world.ledger('squadVoice')).toMatchObject({ doubled: 0 });
			expect(String(result.errors[0]?.json.error)).toContain('refused the request (HTTP 403');
		},
	);

	it.each([
		[
			'Aktify',
			async () => await scene.aktify({ items: leads(300), credentials: { apiKey: 'x' }, settings }),
		],
		[
			'SquadVoice',
			async () =>
				await scene.squadVoice({
					items: leads(300),
					credentials: { ...credentials, accessToken: 'x' },
					options: { leadsPerRequest: 10 },
					settings,
				}),
		],
		[
			'Autocalls',
			async () =>
				await scene.autocalls({ items: leads(300), credentials: { apiKey: 'x' }, settings }),
		],
		[
			'Close',
			async () => await scene.close({ items: leads(300), credentials: { apiKey: 'x' }, settings }),
		],
	])('ends the run after a few requests when the credential is bad (%s)', async (_, runIt) => {
		const result = await runIt();
		expect(outcomesOf(result)).toEqual({ notSent: 300 });
		expect(String(result.errors[299]?.json.error)).toMatch(/did not accept the credential/);
		expect(scene.world.requests.length).toBeLessThanOrEqual(35);
	});

	it('of an affiliate, who can make no other request, is decided by the next lead', async () => {
		const affiliate = {
			accountKind: 'affiliate',
			affiliateId: 'C457F',
			accessToken: squadVoiceAccounts.affiliate.token,
		};
		scene.world.faults.add({ kind: 'status', status: 403, body: page, nth: 2 });
		const result = await scene.squadVoice({
			items: leads(5),
			credentials: affiliate,
			parameters: { campaign: { __rl: true, mode: 'id', value: 'AFF711' }, leadId: '' },
			options: { requestsAtOnce: 1 },
			settings,
		});
		expect(outcomesOf(result)).toEqual({ created: 4, notSent: 1 });
	});
});

describe('A firewall that refuses one lead of a list', () => {
	it('stops none of the others, also where the credential cannot be checked by itself', async () => {
		scene.world.faults.add({
			kind: 'status',
			status: 403,
			body: '<html>Blocked</html>',
			contains: '12062000003',
			method: 'POST',
		});
		const result = await scene.squadVoice({ items: leads(100), settings });
		expect(outcomesOf(result)).toEqual({ created: 99, notSent: 1 });
		expect(scene.world.ledger('squadVoice')).toMatchObject({ held: 99, doubled: 0 });
	});

	it('is a bad credential if every lead is refused, after few requests', async () => {
		scene.world.faults.add({ kind: 'status', status: 403, method: 'POST' });
		const result = await scene.squadVoice({
			items: leads(1000),
			options: { leadsPerRequest: 1000 },
			settings,
		});
		expect(outcomesOf(result)).toEqual({ notSent: 1000 });
		expect(scene.requests('squadVoice').length).toBeLessThan(15);
	});
});

describe('A credential that is changed during the run', () => {
	it.each([
		['to another host', { baseUrl: 'http://127.0.0.1:9' }],
		['to another key', { apiKey: aktifyAccounts.two.key }],
	])('ends it, and nothing goes out with the new one (%s)', async (_, change) => {
		const stored = { baseUrl: `${scene.url}/aktify`, apiKey: aktifyAccounts.one.key };
		scene.world.settings.latencyMs = 20;
		const poll = setInterval(() => {
			if (scene.requests('aktify').length >= 3) Object.assign(stored, change);
		}, 1);
		const result = await run({
			node: 'aktify',
			credentials: { leadDispatchAktifyApi: stored },
			parameters: asParameters({
				resource: 'lead',
				operation: 'create',
				phoneNumber: '={{ $json.phone }}',
				state: '={{ $json.state }}',
				options: { requestsAtOnce: 1 },
			}),
			items: leads(50),
			settings,
		});
		clearInterval(poll);
		const { created = 0, notSent = 0 } = outcomesOf(result);
		expect(created).toBeGreaterThanOrEqual(2);
		expect(created + notSent).toBe(50);
		expect(scene.requests('aktify')).toHaveLength(created);
		expect(String(result.errors.at(-1)?.json.error)).toContain('was changed during the run');
	});
});
