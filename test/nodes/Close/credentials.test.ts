import { sleep } from 'n8n-workflow';
import { closeAccounts } from '../../../sandbox';
import { run } from '../../support/engine';
import type { RunOptions } from '../../support/engine';
import { testCredential } from '../../support/engine/credentialTest';
import { asParameters, contactOfColumns } from '../../support/fixtures';
import { errorText, outcomesOf } from '../../support/results';
import { getAllByOAuth2, people, useClose } from './fixtures';

const { sandbox, close, requestsTo, createRequests, ledger } = useClose();

describe('Close API key credential', () => {
	it('passes its test with a valid key and explains a wrong key or Base URL', async () => {
		const data = { baseUrl: `${sandbox.url}/close`, apiKey: closeAccounts.one.key };
		expect(await testCredential('leadDispatchCloseApi', data)).toBe('OK');
		const wrongKey = { ...data, apiKey: 'api_wrong' };
		expect(await testCredential('leadDispatchCloseApi', wrongKey)).toMatch(/API key/);
		const wrongUrl = { ...data, baseUrl: sandbox.url };
		expect(await testCredential('leadDispatchCloseApi', wrongUrl)).toMatch(/Base URL/);
	});

	it('sends the key as the user name, without a password', async () => {
		await close({ items: people(1) });
		expect(createRequests()[0]?.status).toBe(200);
		const bad = await close({ items: people(1), credentials: { apiKey: 'api_wrong' } });
		expect(errorText(bad)).toMatch(/did not accept the credential/);
	});
});

describe('Close OAuth2 credential', () => {
	/** A connected credential, as n8n stores it. */
	const connected = () => {
		const { accessToken, refreshToken } = sandbox.world.close.tokens.issue(60_000);
		return {
			baseUrl: `${sandbox.url}/close`,
			accessTokenUrl: `${sandbox.url}/close/oauth2/token/`,
			clientId: closeAccounts.oauth.clientId,
			clientSecret: closeAccounts.oauth.clientSecret,
			oauthTokenData: { access_token: accessToken, refresh_token: refreshToken },
		};
	};
	const withOAuth2 = (
		credential: ReturnType<typeof connected>,
		more: Partial<RunOptions> = {},
	) => ({
		node: 'close',
		parameters: getAllByOAuth2,
		items: [{}],
		credentials: { leadDispatchCloseOAuth2Api: credential },
		...more,
	});

	it('uses the access token and redacts it in errors', async () => {
		const credential = connected();
		sandbox.world.close.seedLeads(2);
		expect(outcomesOf(await run(withOAuth2(credential)))).toEqual({ found: 2 });
		const { access_token: token } = credential.oauthTokenData;
		sandbox.world.faults.add({ kind: 'status', status: 400, body: { error: `no ${token}` } });
		const message = errorText(await run(withOAuth2(credential)));
		expect(message).toContain('no ***');
		expect(message).not.toContain(token);
	});

	it('redacts an access token that was refreshed during the run', async () => {
		const credential = connected();
		sandbox.world.close.tokens.expireAll();
		const { tokens } = sandbox.world.close;
		const issue = tokens.issue.bind(tokens);
		let fresh = '';
		const spy = jest.spyOn(tokens, 'issue').mockImplementation((lifetimeMs) => {
			const pair = issue(lifetimeMs);
			fresh = pair.accessToken;
			sandbox.world.faults.add({ kind: 'status', status: 400, body: { error: `no ${fresh}` } });
			return pair;
		});
		const message = errorText(await run(withOAuth2(credential)));
		spy.mockRestore();
		expect(fresh).not.toBe('');
		expect(message).toContain('no ***');
		expect(message).not.toContain(fresh);
	});

	it('refreshes an expired token once, and loses or doubles no lead', async () => {
		const credential = connected();
		const before = credential.oauthTokenData.refresh_token;
		sandbox.world.settings.latencyMs = 10;
		const running = run(
			withOAuth2(credential, {
				items: people(60),
				parameters: asParameters({
					authentication: 'oAuth2',
					resource: 'lead',
					operation: 'create',
					contacts: contactOfColumns,
					options: {},
				}),
			}),
		);
		while (createRequests().length < 20) await sleep(0);
		sandbox.world.close.tokens.expireAll();
		expect(outcomesOf(await running)).toEqual({ created: 60 });
		expect(ledger()).toMatchObject({ held: 60, doubled: 0 });
		expect(requestsTo('POST', '/oauth2/token/')).toHaveLength(1);
		expect(credential.oauthTokenData.refresh_token).not.toBe(before);
	});
});
