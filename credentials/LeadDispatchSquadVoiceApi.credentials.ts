import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { signRequest } from '../nodes/shared/transport/signRequest';
import { asText } from '../nodes/shared/values/json';
import { isUserLogin, signIn } from '../nodes/SquadVoice/transport/signIn';

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
			default: '',
			placeholder: 'e.g. C457F',
			description:
				'Sent with every lead. Leave empty if each item has its own: see Additional Fields in the node.',
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
		return isUserLogin(credentials) ? await signIn(this, credentials) : {};
	}

	authenticate: IAuthenticate = async (credentials, request) => {
		const { sessionToken, accessToken } = credentials;
		const token = asText(isUserLogin(credentials) ? sessionToken : accessToken) ?? '';
		return signRequest(credentials, request, { headers: { Authorization: `Bearer ${token}` } });
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
