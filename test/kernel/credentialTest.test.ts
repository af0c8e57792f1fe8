import { testCredential } from '../support/engine/credentialTest';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

describe.each([
	'leadDispatchAktifyApi',
	'leadDispatchAutocallsApi',
	'leadDispatchCloseApi',
	'leadDispatchSquadVoiceApi',
])('the Test button of %s', (type) => {
	const testWith = async (baseUrl: string) =>
		await testCredential(type, {
			baseUrl,
			apiKey: 'key-of-a-credential',
			accessToken: 'token-of-a-credential',
			campaignId: 'C1',
		});

	it.each([
		['', 'The Base URL in the credential is not a URL'],
		['api.example.com', 'The Base URL in the credential is not a URL'],
		['http://api.example.com', 'The Base URL in the credential must be https://'],
		['https://user@api.example.com', 'The Base URL in the credential must be https://'],
	])('says what is wrong with the Base URL %j', async (baseUrl, message) => {
		expect(await testWith(baseUrl)).toContain(message);
		expect(scene.world.requests).toHaveLength(0);
	});

	it('has only the code of n8n where no one answers, which docs/credentials.md explains', async () => {
		expect(await testWith('http://127.0.0.1:9')).toBe('ECONNREFUSED');
	});
});
