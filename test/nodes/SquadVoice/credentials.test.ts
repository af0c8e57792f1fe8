import { sleep } from 'n8n-workflow';
import { squadVoiceAccounts } from '../../../sandbox';
import { testCredential } from '../../support/engine/credentialTest';
import { leads, onError } from '../../support/fixtures';
import { errorText, outcomesOf } from '../../support/results';
import { useSandbox } from '../../support/sandbox';

const scene = useSandbox();

describe('SquadVoice user login', () => {
	const { login } = squadVoiceAccounts;
	const credentials = () => ({
		authentication: 'login',
		clientId: login.clientId,
		clientSecret: login.clientSecret,
		username: login.username,
		password: login.password,
		sessionToken: '',
		refreshToken: '',
	});
	const grants = () =>
		scene
			.requests('squadVoice')
			.filter(({ path }) => path === '/oauth/token/')
			.map(({ body }) =>
				typeof body === 'object' && body !== null && 'grant_type' in body ? body.grant_type : '',
			);
	const get = { parameters: { operation: 'get' }, options: { requestsPerMinute: 0 } };

	it('fetches one token for concurrent requests', async () => {
		scene.world.settings.latencyMs = 30;
		const result = await scene.squadVoice({ ...get, items: leads(30), credentials: credentials() });
		expect(outcomesOf(result)).toEqual({ notFound: 30 });
		expect(grants()).toEqual(['password']);
	});

	it('signs in with the password when the refresh token is used up', async () => {
		const stale = { ...credentials(), sessionToken: 'expired', refreshToken: 'used-up' };
		const result = await scene.squadVoice({ ...get, items: leads(20), credentials: stale });
		expect(outcomesOf(result)).toEqual({ notFound: 20 });
		expect(grants()).toEqual(['refresh_token', 'password']);
	});

	it('loses and doubles no lead when the token expires during the run', async () => {
		scene.world.settings.latencyMs = 20;
		const running = scene.squadVoice({
			items: leads(400),
			credentials: credentials(),
			options: { leadsPerRequest: 10, requestsAtOnce: 4, requestsPerMinute: 0 },
		});
		while (scene.requests('squadVoice').length < 15) await sleep(0);
		scene.world.squadVoice.tokens.expireAll();
		expect(outcomesOf(await running)).toEqual({ created: 400 });
		expect(scene.world.ledger('squadVoice')).toMatchObject({ held: 400, doubled: 0 });
		expect(grants().slice(1)).toEqual(['refresh_token']);
	});

	it.each(['password', 'clientId', 'clientSecret', 'username'])(
		'shares no token with a login that has another %s',
		async (field) => {
			scene.world.settings.latencyMs = 50;
			const wrong = { ...credentials(), [field]: 'wrong' };
			const [good, bad] = await Promise.all([
				scene.squadVoice({ ...get, items: leads(3), credentials: credentials() }),
				scene.squadVoice({ ...get, items: leads(3), credentials: wrong }),
			]);
			expect(outcomesOf(good)).toEqual({ notFound: 3 });
			expect(errorText(bad)).toMatch(/did not accept the credential/);
		},
	);

	it('shares no new token with a login that only has the expired one', async () => {
		const stale = { ...credentials(), sessionToken: 'expired' };
		await scene.squadVoice({ ...get, items: leads(1), credentials: stale });
		const wrong = { ...credentials(), sessionToken: 'expired', password: 'wrong' };
		const bad = await scene.squadVoice({ ...get, items: leads(1), credentials: wrong });
		expect(errorText(bad)).toMatch(/did not accept the credential/);
	});

	it('ends at the timeout of the node, and at Stop', async () => {
		scene.world.faults.add({ kind: 'stallBefore', ms: 600_000, path: '/oauth/token/' });
		const startedAt = Date.now();
		const options = { timeout: 0.3, giveUpAfter: 0 };
		const run = { items: leads(1), credentials: credentials() };
		const result = await scene.squadVoice({ ...run, options, settings: onError.continue });
		expect(outcomesOf(result)).toEqual({ notSent: 1 });
		await new Promise<void>((onNodeEnd) => {
			const stop = async (cancel: () => void) => {
				while (scene.requests('squadVoice').length < 2) await sleep(0);
				cancel();
			};
			const onStart = (cancel: () => void) => void stop(cancel);
			void scene.squadVoice({ ...run, onStart, onNodeEnd });
		});
		expect(Date.now() - startedAt).toBeLessThan(20_000);
	});

	it('explains a wrong login', async () => {
		const result = await scene.squadVoice({
			...get,
			items: leads(3),
			credentials: { ...credentials(), password: 'wrong' },
		});
		expect(errorText(result)).toMatch(/did not accept the credential/);
	});
});

describe('SquadVoice token credential', () => {
	const testWith = (more = {}) =>
		testCredential('leadDispatchSquadVoiceApi', {
			baseUrl: `${scene.url}/squadvoice`,
			accessToken: squadVoiceAccounts.standard.token,
			campaignId: '0PT711',
			...more,
		});

	it('passes its test with a valid token, and writes nothing', async () => {
		expect(await testWith()).toBe('OK');
		expect(await testWith({ baseUrl: `${scene.url}/squadvoice/` })).toBe('OK');
		expect(scene.world.requests.every(({ method }) => method === 'GET')).toBe(true);
	});

	it('is tested with API v4', async () => {
		const v4 = { apiVersion: 'v4', campaignId: 'V4CAMP' };
		expect(await testWith({ ...v4, accessToken: squadVoiceAccounts.v4.token })).toBe('OK');
		expect(await testWith({ ...v4, accessToken: 'wrong' })).toMatch(/did not accept the token/);
	});

	it('explains a wrong token, campaign ID or host', async () => {
		expect(await testWith({ accessToken: 'wrong' })).toMatch(/did not accept the token or login/);
		expect(await testWith({ campaignId: 'NOPE' })).toMatch(/did not find this campaign/);
		expect(await testWith({ baseUrl: scene.url })).toMatch(
			/Check the campaign ID and the Base URL/,
		);
	});
});
