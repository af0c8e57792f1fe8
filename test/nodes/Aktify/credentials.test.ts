import { aktifyAccounts } from '../../../sandbox';
import { testCredential } from '../../support/engine/credentialTest';
import { useSandbox } from '../../support/sandbox';

const scene = useSandbox();

describe('Aktify API key credential', () => {
	const testWith = (more = {}) =>
		testCredential('leadDispatchAktifyApi', {
			baseUrl: `${scene.url}/aktify`,
			apiKey: aktifyAccounts.one.key,
			...more,
		});

	it('passes its test with a valid key, and writes nothing', async () => {
		expect(await testWith()).toBe('OK');
		expect(scene.world.ledger('aktify').held).toBe(0);
		expect(scene.requests('aktify').map(({ effect }) => effect)).toEqual([false]);
	});

	it('explains a wrong key or host', async () => {
		expect(await testWith({ apiKey: 'wrong' })).toMatch(/did not accept the API key/);
		expect(await testWith({ baseUrl: scene.url })).toMatch(/no Aktify API/);
	});

	it.each([500, 503, 302])('fails its test with HTTP %i', async (status) => {
		scene.world.faults.add({ kind: 'status', status });
		expect(await testWith()).not.toBe('OK');
	});
});
