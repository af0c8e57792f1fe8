import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import { signRequest } from '../nodes/shared/transport/signRequest';
import { asText } from '../nodes/shared/values/json';

/** Close by an API key, which belongs to one user in one organization. */
export class LeadDispatchCloseApi implements ICredentialType {
	name = 'leadDispatchCloseApi';

	displayName = 'Close API';

	icon = {
		light: 'file:../icons/close.svg',
		dark: 'file:../icons/close.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/lead-dispatch/n8n-nodes-lead-dispatch/blob/main/docs/credentials.md#close';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'From Settings > Developer > API Keys in Close',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.close.com/api/v1',
			description: 'Change this only if Close gave you a different address. It ends with /api/v1.',
		},
	];

	/** The key is the user name; there is no password. */
	authenticate: IAuthenticate = async (credentials, request) =>
		signRequest(credentials, request, {
			auth: { username: asText(credentials.apiKey) ?? '', password: '' },
		});

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}',
			url: '/me/',
			headers: { Accept: 'application/json' },
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Close did not accept the API key. Copy it again, or create a new one',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'There is no Close API at this Base URL. It usually ends with /api/v1',
				},
			},
		],
	};
}
