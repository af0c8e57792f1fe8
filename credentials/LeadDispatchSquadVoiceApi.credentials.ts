import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { LruMap } from '../nodes/shared/values/LruMap';

const MAX_LOGINS = 100;

/**
 * Tokens that this process fetched, by the token they replace: concurrent requests with the same
 * expired token share one login, because each refresh invalidates the previous refresh token.
 */
const logins = new LruMap<string, Promise<IDataObject>>(MAX_LOGINS);

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** Requests a token once. @throws what n8n's HTTP helper throws */
async function fetchToken(
	helper: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
	grant: Record<string, string>,
): Promise<IDataObject> {
	const body = new URLSearchParams({
		client_id: text(credentials.clientId),
		client_secret: text(credentials.clientSecret),
		...grant,
	});
	const reply: unknown = await helper.helpers.httpRequest({
		method: 'POST',
		url: `${text(credentials.baseUrl).replace(/\/+$/, '')}/oauth/token/`,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
		body: body.toString(),
		disableFollowRedirect: true,
	});
	const tokens: Record<string, unknown> =
		typeof reply === 'object' && reply !== null ? { ...reply } : {};
	return { sessionToken: text(tokens.access_token), refreshToken: text(tokens.refresh_token) };
}

/** Refreshes if there is a refresh token; without one, or if that is rejected, signs in again. */
async function signIn(
	helper: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): Promise<IDataObject> {
	const refreshToken = text(credentials.refreshToken);
	if (refreshToken !== '') {
		try {
			return await fetchToken(helper, credentials, {
				grant_type: 'refresh_token',
				refresh_token: refreshToken,
			});
		} catch {
			// A refresh token works only once; the password still works.
		}
	}
	return await fetchToken(helper, credentials, {
		grant_type: 'password',
		username: text(credentials.username),
		password: text(credentials.password),
	});
}

/** SquadVoice (Squad, SquadStack): a token, or a user login that fetches and refreshes one. */
export class LeadDispatchSquadVoiceApi implements ICredentialType {
	name = 'leadDispatchSquadVoiceApi';

	displayName = 'SquadVoice API';

	icon = {
		light: 'file:../icons/squadVoice.svg',
		dark: 'file:../icons/squadVoice.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/lead-dispatch/n8n-nodes-lead-dispatch/blob/main/docs/credentials.md#squadvoice';

	properties: INodeProperties[] = [
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'options',
			default: 'v1',
			options: [
				{ name: 'V1', value: 'v1' },
				{ name: 'V4', value: 'v4' },
			],
			description: 'The version that SquadVoice gave you access to',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://app.squadrun.co',
			description: 'Change this only if SquadVoice gave you a different address',
			displayOptions: { show: { apiVersion: ['v1'] } },
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.squadstack.com',
			description: 'Change this only if SquadVoice gave you a different address',
			displayOptions: { show: { apiVersion: ['v4'] } },
		},
		{
			displayName: 'Account Kind',
			name: 'accountKind',
			type: 'options',
			default: 'standard',
			options: [
				{ name: 'Affiliate', value: 'affiliate', description: 'Can only create leads' },
				{ name: 'Standard', value: 'standard' },
			],
			displayOptions: { show: { apiVersion: ['v1'] } },
		},
		{
			displayName: 'Affiliate ID',
			name: 'affiliateId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. C457F',
			displayOptions: { show: { apiVersion: ['v1'], accountKind: ['affiliate'] } },
		},
		{
			displayName: 'Market',
			name: 'market',
			type: 'options',
			default: 'us',
			options: [
				{ name: 'India', value: 'india', description: 'Leads have no state' },
				{ name: 'United States', value: 'us', description: 'Every lead needs a state code' },
			],
			displayOptions: { show: { apiVersion: ['v1'] } },
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			default: 'token',
			options: [
				{ name: 'Access Token', value: 'token' },
				{ name: 'User Login', value: 'login' },
			],
			displayOptions: { show: { apiVersion: ['v1'] } },
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: { hide: { authentication: ['login'] } },
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			displayOptions: { show: { apiVersion: ['v1'], authentication: ['login'] } },
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: { show: { apiVersion: ['v1'], authentication: ['login'] } },
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			required: true,
			default: '',
			displayOptions: { show: { apiVersion: ['v1'], authentication: ['login'] } },
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: { show: { apiVersion: ['v1'], authentication: ['login'] } },
		},
		{
			displayName: 'Campaign ID for Connection Test',
			name: 'campaignId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 0PT711',
			description:
				'Any campaign of the account. SquadVoice has no request for the account itself, so testing this credential reads one lead of this campaign. Nothing is written.',
		},
		{
			displayName: 'Webhook Token',
			name: 'webhookToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'For the SquadVoice Trigger by webhook only: a password you make up, at least 16 characters, at the end of the webhook URL. SquadVoice does not sign its webhooks.',
			displayOptions: { show: { apiVersion: ['v4'] } },
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Refresh Token',
			name: 'refreshToken',
			type: 'hidden',
			typeOptions: { password: true },
			default: '',
		},
	];

	/** n8n calls this before the first request and after a 401, and stores what it returns. */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		if (credentials.apiVersion !== 'v1' || credentials.authentication !== 'login') return {};
		const replaces = [credentials.baseUrl, credentials.username, credentials.sessionToken].join(
			'|',
		);
		const known = logins.get(replaces);
		if (known !== undefined) return await known;
		const login = signIn(this, credentials);
		logins.set(replaces, login);
		// A first or failed login replaces no token: it is shared only while it is running.
		const forget = () => logins.delete(replaces);
		if (text(credentials.sessionToken) === '') login.then(forget, forget);
		else login.catch(forget);
		return await login;
	}

	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		const signedIn = credentials.apiVersion === 'v1' && credentials.authentication === 'login';
		const token = text(signedIn ? credentials.sessionToken : credentials.accessToken);
		return {
			...requestOptions,
			headers: { ...requestOptions.headers, Authorization: `Bearer ${token}` },
		};
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}',
			url: '=/api/{{$credentials.apiVersion}}/leads/responses/{{encodeURIComponent($credentials.campaignId)}}/',
			qs: { page_size: 1 },
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'SquadVoice did not accept the token or login. Copy it again from SquadVoice',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message: 'SquadVoice did not accept the token. Copy it again from SquadVoice',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'The token works, or could not be checked: SquadVoice did not find this campaign. Check the campaign ID and the Base URL. Affiliate accounts can only create leads, so they cannot be tested',
				},
			},
		],
	};
}
