import type { INode, INodeParameters } from 'n8n-workflow';
import { aktifyAccounts, closeAccounts, squadVoiceAccounts } from '../../sandbox/accounts';
import type { StoredCredentials } from '../../test/support/engine';
import { loadPackage } from '../../test/support/engine';
import type { Addresses, RunContestant } from '../cases/case';
import { customFields } from '../cases/leads';
import { packageFolder } from '../paths';
import { engineRun } from './engineRun';

const BASE_PACKAGE = 'n8n-nodes-base';
let loaded: Promise<void> | undefined;

/** The one node needed of n8n's own: n8n loads them one by one as well. */
const onlyHttpRequest = {
	nodes: ['dist/nodes/HttpRequest/HttpRequest.node.js'],
	credentials: [
		'dist/credentials/HttpBasicAuth.credentials.js',
		'dist/credentials/HttpHeaderAuth.credentials.js',
	],
};

/** The settings of the node: none, as most users leave them, or batches and Retry On Fail. */
export interface NodeSetup {
	batch?: { batchSize: number; batchInterval: number };
	settings?: Partial<INode>;
}

/** Batches at an interval in milliseconds, and Retry On Fail with n8n's three tries. */
export const inBatches = (batchSize: number, batchInterval: number): NodeSetup => ({
	batch: { batchSize, batchInterval },
	settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 },
});

type Request = (addresses: Addresses) => {
	parameters: INodeParameters;
	credentials: StoredCredentials;
	/** True if one input item requests all leads and each output item is a page of them. */
	isPaginated?: boolean;
};

function runNode(request: Request, { batch, settings = {} }: NodeSetup): RunContestant {
	return async (job) => {
		await (loaded ??= loadPackage(packageFolder(BASE_PACKAGE), onlyHttpRequest));
		const { parameters, credentials, isPaginated = false } = request(job);
		const more: INodeParameters = batch === undefined ? {} : { batching: { batch: { ...batch } } };
		return await engineRun(
			{
				node: `${BASE_PACKAGE}.httpRequest`,
				parameters: {
					authentication: 'genericCredentialType',
					genericAuthType: Object.keys(credentials)[0] ?? '',
					...parameters,
					options: { ...asOptions(parameters.options), ...more },
				},
				credentials,
				items: isPaginated ? job.items.slice(0, 1) : job.items,
				settings: { typeVersion: 4.5, ...settings },
			},
			isPaginated ? ({ data }) => (Array.isArray(data) ? data.length : 0) : undefined,
		);
	};
}

function asOptions(value: INodeParameters[string] | undefined): INodeParameters {
	return typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : {};
}

const post = (url: string, jsonBody: string): INodeParameters => ({
	method: 'POST',
	url,
	sendBody: true,
	contentType: 'json',
	specifyBody: 'json',
	jsonBody,
});

const basicAuth = { httpBasicAuth: { user: closeAccounts.one.key, password: '' } };
const closeUrl = 'https://api.close.com/api/v1/lead/';
const custom = customFields.map(({ id, name }) => `'custom.${id}': $json['${name}']`).join(', ');
const contacts = "[{ name: $json.name, phones: [{ phone: $json.phone, type: 'office' }] }]";

/** Creates leads in Close. */
export const closeCreate = (nodeSetup: NodeSetup = {}) =>
	runNode(
		() => ({
			parameters: post(closeUrl, `={{ ({ name: $json.name, contacts: ${contacts}, ${custom} }) }}`),
			credentials: basicAuth,
		}),
		nodeSetup,
	);

/** Gets all leads of Close with the node's own pagination; a page is one item. */
export const closeGetAll = runNode(
	() => ({
		isPaginated: true,
		parameters: {
			method: 'GET',
			url: closeUrl,
			sendQuery: true,
			queryParameters: { parameters: [{ name: '_limit', value: '100' }] },
			options: {
				pagination: {
					pagination: {
						paginationMode: 'updateAParameterInEachRequest',
						parameters: {
							parameters: [{ type: 'qs', name: '_skip', value: '={{ $pageCount * 100 }}' }],
						},
						paginationCompleteWhen: 'other',
						completeExpression: '={{ !$response.body.has_more }}',
					},
				},
			},
		},
		credentials: basicAuth,
	}),
	{},
);

/** Creates leads in SquadVoice, one per request. */
export const squadVoiceCreate = (nodeSetup: NodeSetup = {}) =>
	runNode(
		({ sandbox }) => ({
			parameters: post(
				`${sandbox}/squadvoice/api/v1/leads/create/${squadVoiceAccounts.standard.campaign}/`,
				'={{ [{ lead_id: $json.id, phone_number: $json.phone.slice(1), contact_name: $json.name, state_code: $json.state }] }}',
			),
			credentials: {
				httpHeaderAuth: {
					name: 'Authorization',
					value: `Bearer ${squadVoiceAccounts.standard.token}`,
				},
			},
		}),
		nodeSetup,
	);

/** Ends contact at Aktify, one number per request. */
export const aktifyDisable = (nodeSetup: NodeSetup = {}) =>
	runNode(
		({ sandbox }) => ({
			parameters: post(
				`${sandbox}/aktify/api/v1/leads/end-contact`,
				'={{ ({ phoneNumberList: [$json.phone] }) }}',
			),
			credentials: { httpHeaderAuth: { name: 'x-api-key', value: aktifyAccounts.one.key } },
		}),
		nodeSetup,
	);
