import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { aktifyAccounts, closeAccounts, squadVoiceAccounts } from '../../sandbox/accounts';
import type { Addresses, RunContestant } from '../cases/case';
import { customFields } from '../cases/leads';
import { engineRun } from './engineRun';

/** Credentials of this package. Close's uses its default base URL. */
export const credentials = {
	close: () => ({ leadDispatchCloseApi: { apiKey: closeAccounts.one.key } }),
	aktify: ({ sandbox }: Addresses) => ({
		leadDispatchAktifyApi: { baseUrl: `${sandbox}/aktify`, apiKey: aktifyAccounts.one.key },
	}),
	squadVoice: ({ sandbox }: Addresses) => ({
		leadDispatchSquadVoiceApi: {
			apiVersion: 'v1',
			baseUrl: `${sandbox}/squadvoice`,
			accessToken: squadVoiceAccounts.standard.token,
		},
	}),
};

const mapperSchema = customFields.map(({ id, name, type }) => ({
	id,
	displayName: name,
	type: type === 'number' ? 'number' : 'string',
	required: false,
	display: true,
	defaultMatch: false,
}));

/** Close's custom fields: each by an expression, or mapped automatically by column name. */
const customFieldMappings = {
	expressions: {
		mappingMode: 'defineBelow',
		schema: mapperSchema,
		value: Object.fromEntries(customFields.map(({ id, name }) => [id, `={{ $json['${name}'] }}`])),
	},
	columns: { mappingMode: 'autoMapInputData', schema: mapperSchema, value: null },
} satisfies Record<string, IDataObject>;

/** Creates leads in Close. @param ifAlreadyThere `create` sends each without a search first */
export function closeCreate(
	ifAlreadyThere: 'duplicate' | 'create',
	fields: keyof typeof customFieldMappings = 'expressions',
): RunContestant {
	const parameters: INodeParameters = {
		authentication: 'apiKey',
		resource: 'lead',
		operation: 'create',
		name: '={{ $json.name }}',
		contacts: {
			contact: [
				{
					name: '={{ $json.name }}',
					phones: { phone: [{ phone: '={{ $json.phone }}', type: 'office' }] },
				},
			],
		},
		customFields: JSON.parse(JSON.stringify(customFieldMappings[fields])),
		options: { ifAlreadyThere },
	};
	return async ({ items }) =>
		await engineRun({ node: 'close', parameters, items, credentials: credentials.close() });
}

/** Gets all leads of Close. */
export const closeGetAll: RunContestant = async ({ items }) =>
	await engineRun({
		node: 'close',
		parameters: {
			authentication: 'apiKey',
			resource: 'lead',
			operation: 'getAll',
			returnAll: true,
		},
		items: items.slice(0, 1),
		credentials: credentials.close(),
	});

/** Creates leads in SquadVoice, in batches of 100. @param requestsPerMinute default: 100 */
export function squadVoiceCreate(requestsPerMinute?: number): RunContestant {
	const parameters: INodeParameters = {
		resource: 'lead',
		operation: 'create',
		campaign: { __rl: true, mode: 'id', value: squadVoiceAccounts.standard.campaign },
		leadId: '={{ $json.id }}',
		phoneNumber: '={{ $json.phone }}',
		contactName: '={{ $json.name }}',
		state: '={{ $json.state }}',
		options: requestsPerMinute === undefined ? {} : { requestsPerMinute },
	};
	return async (job) =>
		await engineRun({
			node: 'squadVoice',
			parameters,
			items: job.items,
			credentials: credentials.squadVoice(job),
		});
}

/** Ends contact at Aktify, in batches of 50. */
export const aktifyDisable: RunContestant = async (job) =>
	await engineRun({
		node: 'aktify',
		parameters: { resource: 'lead', operation: 'disable', phoneNumber: '={{ $json.phone }}' },
		items: job.items,
		credentials: credentials.aktify(job),
	});
