import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** Close by an OAuth app. n8n refreshes the token; each refresh replaces the refresh token. */
export class LeadDispatchCloseOAuth2Api implements ICredentialType {
	name = 'leadDispatchCloseOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Close OAuth2 API';

	icon = {
		light: 'file:../icons/close.svg',
		dark: 'file:../icons/close.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/lead-dispatch/n8n-nodes-lead-dispatch/blob/main/docs/credentials.md#close';

	properties: INodeProperties[] = [
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: 'https://app.close.com/oauth2/authorize/',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: 'https://api.close.com/oauth2/token/',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: 'all.full_access offline_access',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.close.com/api/v1',
			description: 'Change this only if Close gave you a different address. It ends with /api/v1.',
		},
	];
}
