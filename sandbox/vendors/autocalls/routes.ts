import type { FastifyPluginAsync, HTTPMethods } from 'fastify';
import type { VendorReply } from '../../server/handler';
import { htmlPage } from '../../server/responses';
import type { VendorOptions } from '../../server/ServerControl';
import { openVendorServer } from '../../server/vendorServer';
import { accountOfHeader, autocallsAccounts } from './accounts';
import {
	disableWebhook,
	enableWebhook,
	listAssistants,
	listOutboundAssistants,
	pageAssistants,
} from './assistantRoutes';
import { listLeads } from './lists';
import { errorReply, messageReply, noRoute, wrongMethod, type ApiRequest } from './replies';
import type { AutocallsState } from './state';
import { campaignView } from './views';
import { createLead, deleteLead, updateCampaignStatus, updateLead } from './writes';

type RequestHandler = (request: ApiRequest) => VendorReply;

const METHODS: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

function readMe({ account }: ApiRequest): VendorReply {
	const { name, email, balance } = autocallsAccounts[account];
	return { status: 200, body: { name, email, total_balance: balance } };
}

/** The 429 of a white label (Famulor page, Authentication guide). */
const limitExceeded = (seconds: number) => ({
	error: 'Rate limit exceeded',
	message: 'Too many requests. Please try again later.',
	retry_after: seconds,
});

/** GET /user/campaigns: documented as a plain array without pages. */
function listCampaigns({ state, account }: ApiRequest): VendorReply {
	const campaigns = [...state.campaigns.values()]
		.filter((campaign) => campaign.account === account)
		.map(campaignView);
	if (state.namedLists) return { status: 200, body: { campaigns } };
	return { status: 200, body: state.wrappedCampaigns ? { data: campaigns } : campaigns };
}

/**
 * Autocalls: create a lead (Autocalls API page, Create lead); list, update and delete leads, list,
 * start and stop campaigns, assistants and their webhooks, and the user of the key (Autocalls
 * docs). The paths are those below https://app.autocalls.ai/api.
 */
export const autocallsPlugin: FastifyPluginAsync<VendorOptions<AutocallsState>> = async (
	scope,
	{ control, state },
) => {
	const loginUrl = `${scope.prefix}/login`;
	const server = openVendorServer(scope, control, {
		vendor: 'autocalls',
		account: ({ authorization }) => accountOfHeader(authorization) ?? 'unknown',
		error: (_status, message, retryAfterSeconds) =>
			retryAfterSeconds === undefined ? { message } : limitExceeded(retryAfterSeconds),
		now: () => state.now(),
	});

	/**
	 * Registers a path's handlers by method; every other method is a 405, and a path that this host
	 * lacks a 404.
	 */
	function path(
		url: string,
		handlers: Partial<Record<'GET' | 'POST' | 'PUT' | 'DELETE', RequestHandler>>,
		lacks: (method: string) => boolean = () => false,
	): void {
		for (const method of METHODS) {
			const handle = Object.entries(handlers).find(([name]) => name === method)?.[1];
			server.on(method, url, (call) => {
				const asked = url.replace(':id', call.params.id ?? '');
				const allowed = Object.keys(handlers).filter((name) => !lacks(name));
				if (allowed.length === 0 || lacks(method)) return noRoute(call, asked);
				if (!handle) return wrongMethod(call, asked, allowed);
				const account = accountOfHeader(call.headers.authorization);
				if (account !== undefined) return handle({ state, account, call, loginUrl });
				return errorReply(call.headers, loginUrl, messageReply(401, 'Unauthenticated.'));
			});
		}
	}

	path('/user/me', { GET: readMe });
	path('/user/lead', { POST: createLead });
	path('/user/leads', { GET: listLeads });
	path(
		'/user/leads/:id',
		{ PUT: updateLead, DELETE: deleteLead },
		(method) => method === 'PUT' && state.updatesBelowRoot,
	);
	path('/leads/:id', { PUT: updateLead }, () => !state.updatesBelowRoot);
	path('/user/campaigns', { GET: listCampaigns });
	path('/user/campaigns/update-status', { POST: updateCampaignStatus });
	path('/user/assistants', { GET: listAssistants });
	path('/user/assistants/get', { GET: pageAssistants });
	path('/user/assistants/outbound', { GET: listOutboundAssistants });
	path('/user/assistants/enable-webhook', { POST: enableWebhook });
	path('/user/assistants/disable-webhook', { POST: disableWebhook });
	server.on('GET', '/login', () => ({ status: 200, body: htmlPage(200).text }));
};
