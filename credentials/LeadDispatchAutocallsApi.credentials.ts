import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/** Autocalls, and the dialers that run the same API under a name of their own. */
export class LeadDispatchAutocallsApi implements ICredentialType {
	name = 'leadDispatchAutocallsApi';

	displayName = 'Autocalls API';

	icon = {
		light: 'file:../icons/autocalls.svg',
		dark: 'file:../icons/autocalls.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/lead-dispatch/n8n-nodes-lead-dispatch/blob/main/docs/credentials.md#autocalls';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'From the page API Keys of your Autocalls account',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://app.autocalls.ai/api',
			description:
				'Where the API is. Providers that run Autocalls under their own name have their own host, with /api at the end.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}',
			url: '/user/me',
			headers: { Accept: 'application/json' },
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Autocalls did not accept the API key. Copy it again from the page API Keys',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'There is no Autocalls API at this Base URL. It usually ends with /api',
				},
			},
		],
	};
}
