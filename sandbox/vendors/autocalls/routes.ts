import type { FastifyPluginAsync, HTTPMethods } from 'fastify';
import { htmlPage } from '../../server/responses';
import { openTraffic, type VendorReply } from '../../server/vendorServer';
import type { SandboxState } from '../../server/SandboxState';
import { accountOfHeader, autocallsAccounts } from './accounts';
import {
	disableWebhook,
	enableWebhook,
	listAssistants,
	listOutboundAssistants,
	pageAssistants,
} from './assistantRoutes';
import { listLeads } from './lists';
import { say, tell, wrongMethod, type Request } from './replies';
import { campaignView } from './views';
import { createLead, deleteLead, updateCampaignStatus, updateLead } from './writes';

type Act = (request: Request) => VendorReply;

const methods: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

function readMe({ account }: Request): VendorReply {
	const { name, email, balance } = autocallsAccounts[account];
	return { status: 200, body: { name, email, total_balance: balance } };
}

/** GET /user/campaigns: documented as a bare array without pages. */
function listCampaigns({ state, account }: Request): VendorReply {
	const campaigns = [...state.campaigns.values()]
		.filter((campaign) => campaign.account === account)
		.map(campaignView);
	return { status: 200, body: state.wrappedCampaigns ? { data: campaigns } : campaigns };
}

/**
 * Autocalls: create a lead (seed 003); list, update and delete leads, list, start and stop campaigns,
 * assistants and their webhooks, and who the key belongs to (Autocalls docs). Its paths are those below https://app.autocalls.ai/api.
 */
export const autocallsPlugin: FastifyPluginAsync<{ world: SandboxState }> = async (
	scope,
	{ world },
) => {
	const state = world.autocalls;
	const loginUrl = `${scope.prefix}/login`;
	const traffic = openTraffic(scope, world, {
		vendor: 'autocalls',
		account: ({ authorization }) => accountOfHeader(authorization) ?? 'nobody',
		error: (_status, message) => ({ message }),
		now: () => state.now(),
	});

	/** A path with what it does by method; every other method is 405. */
	function path(url: string, acts: Partial<Record<'GET' | 'POST' | 'PUT' | 'DELETE', Act>>): void {
		for (const method of methods) {
			const act = Object.entries(acts).find(([name]) => name === method)?.[1];
			traffic.on(method, url, (call) => {
				if (!act)
					return wrongMethod(call, url.replace(':id', call.params.id ?? ''), Object.keys(acts));
				const account = accountOfHeader(call.headers.authorization);
				if (account !== undefined) return act({ state, account, call, loginUrl });
				return tell(call.headers, loginUrl, say(401, 'Unauthenticated.'));
			});
		}
	}

	path('/user/me', { GET: readMe });
	path('/user/lead', { POST: createLead });
	path('/user/leads', { GET: listLeads });
	path('/user/leads/:id', { PUT: updateLead, DELETE: deleteLead });
	path('/user/campaigns', { GET: listCampaigns });
	path('/user/campaigns/update-status', { POST: updateCampaignStatus });
	path('/user/assistants', { GET: listAssistants });
	path('/user/assistants/get', { GET: pageAssistants });
	path('/user/assistants/outbound', { GET: listOutboundAssistants });
	path('/user/assistants/enable-webhook', { POST: enableWebhook });
	path('/user/assistants/disable-webhook', { POST: disableWebhook });
	traffic.on('GET', '/login', () => ({ status: 200, body: htmlPage(200).text }));
};
