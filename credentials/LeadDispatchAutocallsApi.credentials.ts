import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import { signRequest } from '../nodes/shared/transport/signRequest';
import { asText } from '../nodes/shared/values/json';

/** Autocalls, and the dialers that run the same API under their own name. */
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
			description: 'From the API Keys page of your Autocalls account',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://app.autocalls.ai/api',
			description:
				'Change this only if your provider runs Autocalls under its own name. It ends with /api.',
		},
	];

	authenticate: IAuthenticate = async (credentials, request) =>
		signRequest(credentials, request, {
			headers: { Authorization: `Bearer ${asText(credentials.apiKey) ?? ''}` },
		});

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
					message: 'Autocalls did not accept the API key. Copy it again from the API Keys page',
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
