import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import { signRequest } from '../nodes/shared/transport/signRequest';
import { asText } from '../nodes/shared/values/json';

/** Aktify: each API key belongs to one campaign. */
export class LeadDispatchAktifyApi implements ICredentialType {
	name = 'leadDispatchAktifyApi';

	displayName = 'Aktify API';

	icon = {
		light: 'file:../icons/aktify.svg',
		dark: 'file:../icons/aktify.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/lead-dispatch/n8n-nodes-lead-dispatch/blob/main/docs/credentials.md#aktify';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Each key belongs to one campaign. Create one credential per campaign.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.aktify.io',
			description: 'Change this only if Aktify gave you a different address',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'For the Aktify Trigger only: the secret of the webhook from Settings > Webhooks in the Aktify Portal, 16 characters or more. Each webhook has its own: use the same one in each, or one credential per webhook.',
		},
		{
			displayName: 'Webhook Token',
			name: 'webhookToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'For the Aktify Trigger with custom payloads, which Aktify does not sign: a password you make up, at least 16 characters, that Aktify sends with each webhook',
		},
		{
			displayName: 'Webhook User Name',
			name: 'webhookUser',
			type: 'string',
			default: '',
			description:
				'For the Aktify Trigger with custom payloads that Aktify sends with Basic Auth: the user name from the Aktify Portal',
		},
		{
			displayName: 'Webhook Password',
			name: 'webhookPassword',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'For the Aktify Trigger with custom payloads that Aktify sends with Basic Auth: a password you make up, at least 16 characters, and enter in the Aktify Portal',
		},
	];

	authenticate: IAuthenticate = async (credentials, request) =>
		signRequest(credentials, request, {
			headers: { 'x-api-key': asText(credentials.apiKey) ?? '' },
		});

	/**
	 * Aktify has no request that only reads. Once the key is accepted, a lead without a phone number is
	 * rejected with 400 and writes nothing; every other status is an error.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}',
			url: '/api/v1/leads',
			method: 'POST',
			body: { phoneNumber: '' },
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: {
				ignore: true,
				except: [
					301, 302, 303, 307, 308, 401, 402, 403, 404, 405, 406, 407, 408, 410, 415, 422, 429, 500,
					501, 502, 503, 504,
				],
			},
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Aktify did not accept the API key. Copy it again, or ask your account executive',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'There is no Aktify API at this Base URL',
				},
			},
		],
	};
}
