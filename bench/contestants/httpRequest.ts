import type { INode, INodeParameters } from 'n8n-workflow';
import { aktifyAccounts } from '../../sandbox/vendors/aktify/accounts';
import { closeAccounts } from '../../sandbox/vendors/close/accounts';
import { squadVoiceAccounts } from '../../sandbox/vendors/squadVoice/accounts';
import type { StoredCredentials } from '../../test/support/engine';
import { loadPackage } from '../../test/support/engine';
import type { Addresses, RunContestant } from '../cases/case';
import { customFields } from '../cases/leads';
import { packageFolder } from '../paths';
import { engineRun } from './engineRun';

const base = 'n8n-nodes-base';
let loaded: Promise<void> | undefined;

/** Of the whole of n8n's own nodes, the one that is needed: n8n as well loads them one by one. */
const onlyHttpRequest = {
	nodes: ['dist/nodes/HttpRequest/HttpRequest.node.js'],
	credentials: [
		'dist/credentials/HttpBasicAuth.credentials.js',
		'dist/credentials/HttpHeaderAuth.credentials.js',
	],
};

/** How a user sets the node: nothing, as most do, or batches and Retry On Fail. */
export interface Care {
	batch?: { batchSize: number; batchInterval: number };
	settings?: Partial<INode>;
}

/** Batches of so many requests every so many milliseconds, and Retry On Fail with n8n's three tries. */
export const inBatches = (batchSize: number, batchInterval: number): Care => ({
	batch: { batchSize, batchInterval },
	settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 },
});

type Request = (addresses: Addresses) => {
	parameters: INodeParameters;
	credentials: StoredCredentials;
	/** Whether one item asks for all leads, and each that comes out is a page of them. */
	pages?: boolean;
};

function work(request: Request, { batch, settings = {} }: Care): RunContestant {
	return async (job) => {
		await (loaded ??= loadPackage(packageFolder(base), onlyHttpRequest));
		const { parameters, credentials, pages = false } = request(job);
		const more: INodeParameters = batch === undefined ? {} : { batching: { batch: { ...batch } } };
		return await engineRun(
			{
				node: `${base}.httpRequest`,
				parameters: {
					authentication: 'genericCredentialType',
					genericAuthType: Object.keys(credentials)[0] ?? '',
					...parameters,
					options: { ...asOptions(parameters.options), ...more },
				},
				credentials,
				items: pages ? job.items.slice(0, 1) : job.items,
				settings: { typeVersion: 4.5, ...settings },
			},
			pages ? ({ data }) => (Array.isArray(data) ? data.length : 0) : undefined,
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

const byKey = { httpBasicAuth: { user: closeAccounts.one.key, password: '' } };
const closeUrl = 'https://api.close.com/api/v1/lead/';
const custom = customFields.map(({ id, name }) => `'custom.${id}': $json['${name}']`).join(', ');
const contacts = "[{ name: $json.name, phones: [{ phone: $json.phone, type: 'office' }] }]";

/** Creates leads in Close. */
export const closeCreate = (care: Care = {}) =>
	work(
		() => ({
			parameters: post(closeUrl, `={{ ({ name: $json.name, contacts: ${contacts}, ${custom} }) }}`),
			credentials: byKey,
		}),
		care,
	);

/** Gets all leads of Close with the node's own pagination; a page is one item. */
export const closeGetAll = work(
	() => ({
		pages: true,
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
		credentials: byKey,
	}),
	{},
);

/** Creates leads in SquadVoice, one a request. */
export const squadVoiceCreate = (care: Care = {}) =>
	work(
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
		care,
	);

/** Ends contact at Aktify, one number a request. */
export const aktifyDisable = (care: Care = {}) =>
	work(
		({ sandbox }) => ({
			parameters: post(
				`${sandbox}/aktify/api/v1/leads/end-contact`,
				'={{ ({ phoneNumberList: [$json.phone] }) }}',
			),
			credentials: { httpHeaderAuth: { name: 'x-api-key', value: aktifyAccounts.one.key } },
		}),
		care,
	);
