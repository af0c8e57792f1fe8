import { autocallsAccounts } from '../../../sandbox';
import { testCredential } from '../../support/engine/credentialTest';
import { useSandbox } from '../../support/sandbox';

const scene = useSandbox();

describe('Autocalls API key credential', () => {
	const testWith = (more = {}) =>
		testCredential('leadDispatchAutocallsApi', {
			baseUrl: `${scene.url}/autocalls`,
			apiKey: autocallsAccounts.one.key,
			...more,
		});

	it('passes its test with a valid key, and writes nothing', async () => {
		expect(await testWith()).toBe('OK');
		expect(scene.requests('autocalls').map(({ path }) => path)).toEqual(['/user/me']);
	});

	it('explains a wrong key or host', async () => {
		expect(await testWith({ apiKey: 'wrong' })).toMatch(/did not accept the API key/);
		expect(await testWith({ baseUrl: scene.url })).toMatch(/no Autocalls API/);
	});
});
