import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { aktify } from '../../../../nodes/Aktify/transport/vendor';
import { autocalls } from '../../../../nodes/Autocalls/transport/vendor';
import { close } from '../../../../nodes/Close/transport/vendor';
import { squadVoice } from '../../../../nodes/SquadVoice/transport/vendor';

const baseUrl = 'https://vendor.example';
const oAuth2 = (organization?: string, token = 'token-1'): ICredentialDataDecryptedObject => ({
	baseUrl,
	clientId: 'app',
	clientSecret: 'secret-of-app',
	oauthTokenData: {
		access_token: token,
		refresh_token: `refresh-${token}`,
		...(organization === undefined ? {} : { organization_id: organization }),
	},
});
const login: ICredentialDataDecryptedObject = {
	baseUrl,
	apiVersion: 'v1',
	authentication: 'login',
	clientId: 'client',
	clientSecret: 'client-secret',
	username: 'ann',
	password: 'password-1',
	sessionToken: 'session-1',
	refreshToken: 'refresh-1',
};
const token: ICredentialDataDecryptedObject = {
	baseUrl,
	apiVersion: 'v1',
	authentication: 'token',
	accessToken: 'token-1',
};
const affiliate = { ...token, accountKind: 'affiliate', affiliateId: 'C457F' };

describe('accountKey', () => {
	it.each([
		['Aktify, another key', aktify, { baseUrl, apiKey: 'key-1' }, { apiKey: 'key-2' }],
		['Autocalls, another key', autocalls, { baseUrl, apiKey: 'key-1' }, { apiKey: 'key-2' }],
		['Close, another key', close, { baseUrl, apiKey: 'key-1' }, { apiKey: 'key-2' }],
		['Close, another organization', close, oAuth2('orga_1'), oAuth2('orga_2')],
		['Close, no organization', close, oAuth2(), oAuth2(undefined, 'token-2')],
		['SquadVoice, another token', squadVoice, token, { accessToken: 'token-2' }],
		['SquadVoice, another version', squadVoice, token, { apiVersion: 'v4' }],
		['SquadVoice, another affiliate', squadVoice, affiliate, { affiliateId: 'D457F' }],
		['SquadVoice, no affiliate', squadVoice, affiliate, { accountKind: 'standard' }],
		['SquadVoice, another user', squadVoice, login, { username: 'bob' }],
		['SquadVoice, another client', squadVoice, login, { clientId: 'other' }],
		['SquadVoice, a token now', squadVoice, { ...login, ...token }, login],
	])('differs between accounts: %s', (_, { readAccount }, credential, change) => {
		const key = readAccount(credential).accountKey;
		expect(readAccount({ ...credential, ...change }).accountKey).not.toBe(key);
	});

	it.each([
		[
			'Aktify, webhook secrets',
			aktify,
			{ baseUrl, apiKey: 'k' },
			{ clientSecret: 's', webhookToken: 't' },
		],
		['Autocalls, a pasted space', autocalls, { baseUrl, apiKey: 'key' }, { apiKey: ' key\n' }],
		['Close, a refreshed token', close, oAuth2('orga_1'), oAuth2('orga_1', 'token-2')],
		['SquadVoice, a new password', squadVoice, login, { password: 'p', clientSecret: 's' }],
		['SquadVoice, a new session', squadVoice, login, { sessionToken: 's', refreshToken: 'r' }],
		['SquadVoice, a token that is not used', squadVoice, login, { accessToken: 'old' }],
		['SquadVoice, a login that is not used', squadVoice, token, { username: 'ann' }],
	])('stays the same: %s', (_, { readAccount }, credential, change) => {
		const key = readAccount(credential).accountKey;
		expect(readAccount({ ...credential, ...change }).accountKey).toBe(key);
	});

	it('contains no part of a credential', () => {
		const accounts = [
			aktify.readAccount({ baseUrl, apiKey: 'secret-key' }),
			autocalls.readAccount({ baseUrl, apiKey: 'secret-key' }),
			close.readAccount({ baseUrl, apiKey: 'secret-key' }),
			squadVoice.readAccount({ ...token, accessToken: 'secret-key' }),
		];
		for (const { accountKey } of accounts) expect(accountKey).not.toContain('secret');
	});
});
