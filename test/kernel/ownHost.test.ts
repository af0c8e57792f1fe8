import type { IDataObject } from 'n8n-workflow';
import { run } from '../support/engine';
import { testCredential } from '../support/engine/credentialTest';
import { getAllByOAuth2 } from '../nodes/Close/fixtures';
import { leads, onError } from '../support/fixtures';
import { errorText, outcomesOf } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

/** Spellings of an address that reaches the sandbox, or would reach another host, if it were used as it is. */
const refused = (address: string): string[] => {
	const { port } = new URL(address);
	return [
		`http://api.aktify.io@127.0.0.1:${port}`,
		`http://api.aktify.io:443@127.0.0.1:${port}`,
		`http://key:secret@127.0.0.1:${port}`,
		`http:\\\\127.0.0.1:${port}`,
		`http:/\\127.0.0.1:${port}`,
		`http:127.0.0.1:${port}`,
		`http://127.0.0.1:${port}\\@api.aktify.io`,
		`http://127.1:${port}`,
		`http://0x7f.1:${port}`,
		`http://2130706433:${port}`,
		`http://0177.0.0.1:${port}`,
		`http://localhost.:${port}`,
		`http://127.0.0.1:${port}?`,
		`http://127.0.0.1:${port}#`,
		`http://127.0.0.1:${port}/?a=`,
		`http://127.0.0.1:${port}/#a`,
		`http://0.0.0.0:${port}`,
		`http://[::ffff:127.0.0.1]:${port}`,
		`http://127.0.0.1\t:${port}`,
		`http://１27.0.0.1:${port}`,
		`http://%31%32%37.0.0.1:${port}`,
		`http://127。0。0。1:${port}`,
		'http://api.aktify.example',
		'https://аpi.aktify.example',
		'https://api.aktify.example.',
		'ftp://127.0.0.1',
		'javascript:alert(1)',
	];
};

const login = {
	apiVersion: 'v1',
	authentication: 'login',
	clientId: 'client',
	clientSecret: 'secret',
	username: 'user',
	password: 'password',
	campaignId: '0PT711',
};
const types: Array<[string, IDataObject]> = [
	['leadDispatchAktifyApi', { apiKey: 'key' }],
	['leadDispatchAutocallsApi', { apiKey: 'key' }],
	['leadDispatchCloseApi', { apiKey: 'key' }],
	['leadDispatchSquadVoiceApi', { accessToken: 'token', campaignId: '0PT711' }],
	['leadDispatchSquadVoiceApi', login],
];

describe('A Base URL that other programs may read as another host', () => {
	it.each(types)('gets no secret from the test of %s', async (type, data) => {
		for (const baseUrl of refused(scene.url)) {
			const result = await testCredential(type, { ...data, baseUrl });
			expect(result).toBe(
				'The Base URL in the credential must be https:// with a host and an optional path, and nothing else',
			);
		}
		expect(scene.world.requests).toEqual([]);
	});

	it('gets no secret from a node, its sign-in included', async () => {
		for (const baseUrl of refused(scene.url)) {
			const credentials = { baseUrl };
			const oauthTokenData = { access_token: 'token' };
			const results = [
				await scene.aktify({ items: leads(1), credentials, settings: onError.stop }),
				await scene.squadVoice({ items: leads(1), credentials: { ...login, baseUrl } }),
				await run({
					node: 'close',
					parameters: getAllByOAuth2,
					items: [{}],
					credentials: { leadDispatchCloseOAuth2Api: { baseUrl, oauthTokenData } },
				}),
			];
			for (const result of results) expect(errorText(result)).toMatch(/Base URL in the credential/);
		}
		expect(scene.world.requests).toEqual([]);
	});
});

describe('A credential', () => {
	it('is sent to no other host by the HTTP Request of another node', async () => {
		const other = scene.url.replace('127.0.0.1', 'localhost');
		const aktify = { baseUrl: `${scene.url}/aktify`, apiKey: 'key' };
		const call = async (url: string) =>
			await testCredential('leadDispatchAktifyApi', aktify, { baseURL: url, url: '/api/v1/leads' });
		const refusal = 'The request does not go to the Base URL of the credential';
		expect(await call(`${scene.url}/aktify`)).not.toBe(refusal);
		const before = scene.world.requests.length;
		expect(await call(`${other}/aktify`)).toBe(refusal);
		expect(scene.world.requests).toHaveLength(before);
	});

	it('whose OAuth2 address was changed to plain http does not send its client secret there', async () => {
		const result = await run({
			node: 'close',
			parameters: getAllByOAuth2,
			items: [{}],
			credentials: {
				leadDispatchCloseOAuth2Api: {
					baseUrl: `${scene.url}/close`,
					accessTokenUrl: `http://close.example@127.0.0.1:${new URL(scene.url).port}/close/oauth2/token/`,
					clientId: 'client',
					clientSecret: 'secret',
					oauthTokenData: { access_token: 'expired', refresh_token: 'refresh' },
				},
			},
		});
		expect(outcomesOf(result)).toEqual({});
		expect(errorText(result)).toMatch(/Access Token URL/);
		expect(scene.world.requests).toEqual([]);
	});
});
