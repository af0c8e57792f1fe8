import { aktifyAccounts, autocallsAccounts, squadVoiceAccounts } from '../../sandbox';
import { testCredential } from '../support/engine/credentialTest';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

describe('SquadVoice', () => {
	const test1 = (more = {}) =>
		testCredential('leadDispatchSquadVoiceApi', {
			baseUrl: `${scene.url}/squadvoice`,
			accessToken: squadVoiceAccounts.standard.token,
			campaignId: '0PT711',
			...more,
		});

	test('a right token passes and writes nothing', async () => {
		expect(await test1()).toBe('OK');
		expect(await test1({ baseUrl: `${scene.url}/squadvoice/` })).toBe('OK');
		expect(scene.world.requests.every(({ method }) => method === 'GET')).toBe(true);
	});

	test('v4', async () => {
		const v4 = { apiVersion: 'v4', campaignId: 'V4CAMP' };
		expect(await test1({ ...v4, accessToken: squadVoiceAccounts.v4.token })).toBe('OK');
		expect(await test1({ ...v4, accessToken: 'wrong' })).toMatch(/did not accept the token/);
	});

	test('a wrong token, a wrong campaign and a wrong host fail in words', async () => {
		expect(await test1({ accessToken: 'wrong' })).toMatch(/did not accept the token or login/);
		expect(await test1({ campaignId: 'NOPE' })).toMatch(/did not find this campaign/);
		expect(await test1({ baseUrl: scene.url })).toMatch(/Check the campaign ID and the Base URL/);
	});
});

describe('Aktify', () => {
	const test1 = (more = {}) =>
		testCredential('leadDispatchAktifyApi', {
			baseUrl: `${scene.url}/aktify`,
			apiKey: aktifyAccounts.one.key,
			...more,
		});

	test('a right key passes and writes nothing', async () => {
		expect(await test1()).toBe('OK');
		expect(scene.world.ledger('aktify').held).toBe(0);
		expect(scene.requests('aktify').map(({ effect }) => effect)).toEqual([false]);
	});

	test('a wrong key and a wrong host fail in words', async () => {
		expect(await test1({ apiKey: 'wrong' })).toMatch(/did not accept the API key/);
		expect(await test1({ baseUrl: scene.url })).toMatch(/no Aktify API/);
	});

	test.each([500, 503, 302])('status %i does not pass', async (status) => {
		scene.world.faults.add({ kind: 'status', status });
		expect(await test1()).not.toBe('OK');
	});
});

describe('Autocalls', () => {
	const test1 = (more = {}) =>
		testCredential('leadDispatchAutocallsApi', {
			baseUrl: `${scene.url}/autocalls`,
			apiKey: autocallsAccounts.one.key,
			...more,
		});

	test('a right key passes and writes nothing', async () => {
		expect(await test1()).toBe('OK');
		expect(scene.requests('autocalls').map(({ path }) => path)).toEqual(['/user/me']);
	});

	test('a wrong key and a wrong host fail in words', async () => {
		expect(await test1({ apiKey: 'wrong' })).toMatch(/did not accept the API key/);
		expect(await test1({ baseUrl: scene.url })).toMatch(/no Autocalls API/);
	});
});
