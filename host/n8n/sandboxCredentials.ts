import { aktifyAccounts, closeAccounts, squadVoiceAccounts } from '../../sandbox';

/** The credentials that the example workflows name, pointing at the sandbox. */
export interface ImportedCredential {
	id: string;
	name: string;
	type: string;
	data: Record<string, string>;
}

/** The bearer token of MCP clients for the example "Leads by chat". */
export const MCP_TOKEN = 'sandbox-mcp-token';

/** The input of `n8n import:credentials`; IDs and names are those in workflows/*.json. */
export function sandboxCredentials(sandboxUrl: string): ImportedCredential[] {
	return [
		{
			id: 'ldSquadVoice0001',
			name: 'SquadVoice (sandbox)',
			type: 'leadDispatchSquadVoiceApi',
			data: {
				apiVersion: 'v1',
				baseUrl: `${sandboxUrl}/squadvoice`,
				accountKind: 'standard',
				market: 'us',
				authentication: 'token',
				accessToken: 'sandbox-squadvoice-token',
				campaignId: '0PT711',
			},
		},
		{
			id: 'ldAktify00000001',
			name: 'Aktify (sandbox)',
			type: 'leadDispatchAktifyApi',
			data: {
				baseUrl: `${sandboxUrl}/aktify`,
				apiKey: aktifyAccounts.one.key,
				clientSecret: aktifyAccounts.one.clientSecret,
				webhookToken: aktifyAccounts.one.webhookToken,
			},
		},
		{
			id: 'ldAutocalls00001',
			name: 'Autocalls (sandbox)',
			type: 'leadDispatchAutocallsApi',
			data: { baseUrl: `${sandboxUrl}/autocalls`, apiKey: 'sandbox-autocalls-key' },
		},
		{
			id: 'ldClose0000000001',
			name: 'Close (sandbox)',
			type: 'leadDispatchCloseApi',
			data: { baseUrl: `${sandboxUrl}/close`, apiKey: closeAccounts.one.key },
		},
		{
			id: 'ldMcpClients0001',
			name: 'MCP clients (sandbox)',
			type: 'httpBearerAuth',
			data: { token: MCP_TOKEN },
		},
	];
}

/**
 * SquadVoice's API v4, for the tests of triggers. It is not imported with the others: n8n's editor
 * selects a credential by itself only if there is one of its type.
 */
export function squadVoiceV4Credential(sandboxUrl: string): Omit<ImportedCredential, 'id'> {
	return {
		name: 'SquadVoice API v4 (sandbox)',
		type: 'leadDispatchSquadVoiceApi',
		data: {
			apiVersion: 'v4',
			baseUrl: `${sandboxUrl}/squadvoice`,
			market: 'india',
			authentication: 'token',
			accessToken: squadVoiceAccounts.v4.token,
			campaignId: squadVoiceAccounts.v4.campaign,
			webhookToken: squadVoiceAccounts.v4.webhookToken,
		},
	};
}
