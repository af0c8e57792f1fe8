import type { FastifyPluginAsync, HTTPMethods } from 'fastify';
import type { Handler, VendorCall, VendorReply } from '../../server/handler';
import type { VendorOptions } from '../../server/ServerControl';
import { openVendorServer } from '../../server/vendorServer';
import { accountOfToken, findCampaign, type AccountKind, type Campaign } from './accounts';
import { grantToken, revokeToken } from './login';
import { listResponses } from './responses';
import type { SquadVoiceState } from './state';
import type { ApiVersion } from './store';
import {
	convertLead,
	createLeads,
	deleteLead,
	disableLeads,
	updateLead,
	type WriteRequest,
} from './writes';

const METHODS: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const bearerToken = (header: string | undefined) => /^Bearer (\S+)$/.exec(header ?? '')?.[1];

/**
 * ASSUMED (the body of an error): Django REST's `detail`. Confirmed by any error.
 */
const rejection = (status: number, detail: string): VendorReply => ({ status, body: { detail } });

/**
 * SquadVoice: v1 for standard, India and affiliate accounts (SquadVoice affiliate API page,
 * SquadVoice US API page, SquadVoice API docs), v4 (SquadVoice API docs, v4), and the login of v1.
 * Every path ends with a slash. ASSUMED (a path without its closing slash): Django's 404. Confirmed
 * by one such call.
 */
export const squadVoicePlugin: FastifyPluginAsync<VendorOptions<SquadVoiceState>> = async (
	scope,
	{ control, state },
) => {
	function accountOf(header: string | undefined): AccountKind | undefined {
		const token = bearerToken(header);
		if (token === undefined) return undefined;
		return accountOfToken(token) ?? (state.tokens.isValid(token) ? 'standard' : undefined);
	}

	const server = openVendorServer(scope, control, {
		vendor: 'squadVoice',
		account: ({ authorization }) => accountOf(authorization) ?? 'unknown',
		error: (_status, detail) => ({ detail }),
		now: () => state.now(),
	});

	/** The rejection of an unauthenticated call; v4's text says 403, the table of errors (v1) 401. */
	function authRejection(call: VendorCall, version: ApiVersion): VendorReply | undefined {
		const { authorization } = call.headers;
		const token = bearerToken(authorization);
		if (token !== undefined && state.tokens.isIssued(token) && !state.tokens.isValid(token)) {
			return rejection(401, 'Token has expired.');
		}
		const account = accountOf(authorization);
		// ASSUMED (a token of the other API version): rejected, as each version has its own source of
		// tokens. Confirmed by a v4 call with a v1 token.
		if (account !== undefined && (account === 'v4') === (version === 'v4')) return undefined;
		return version === 'v4'
			? rejection(403, 'Authentication failed.')
			: rejection(401, 'Authentication credentials were not provided or are incorrect.');
	}

	/**
	 * ASSUMED (a campaign of another account): a 404, like one that does not exist. Confirmed by such
	 * a call.
	 */
	function campaignFor(call: VendorCall): Campaign | undefined {
		const campaign = findCampaign(call.params.campaign ?? '');
		return campaign?.account === accountOf(call.headers.authorization) ? campaign : undefined;
	}

	/** An endpoint below a campaign: checks the token first, then the method, then the campaign. */
	function endpoint(
		version: ApiVersion,
		method: HTTPMethods,
		name: string,
		handle: (call: VendorCall, campaign: Campaign) => VendorReply,
	): void {
		const url = `/api/${version}/leads/${name}/:campaign/`;
		const authenticated =
			(next: Handler): Handler =>
			(call) =>
				authRejection(call, version) ?? next(call);
		server.on(
			method,
			url,
			authenticated((call) => {
				const campaign = campaignFor(call);
				// ASSUMED (which requests an affiliate may make): create, the one call of the SquadVoice
				// affiliate API page. Confirmed by a disable with an affiliate token.
				const isClosed = campaign?.account === 'affiliate' && name !== 'create';
				return campaign && !isClosed ? handle(call, campaign) : rejection(404, 'Not found.');
			}),
		);
		server.on(
			METHODS.filter((other) => other !== method),
			url,
			authenticated((call) => rejection(405, `Method "${call.method}" not allowed.`)),
		);
	}

	/** ASSUMED (a write without the JSON content type): a 400. Confirmed by such a write. */
	const write =
		(version: ApiVersion, handle: (request: WriteRequest) => VendorReply) =>
		(call: VendorCall, campaign: Campaign): VendorReply =>
			call.mediaType === 'application/json'
				? handle({ state, campaign, version, json: call.json })
				: rejection(400, 'Content-Type must be application/json.');

	server.on('POST', '/oauth/token/', (call) => grantToken(state, call));
	server.on('POST', '/oauth/revoke_token/', (call) => revokeToken(state, call));
	for (const version of ['v1', 'v4'] as const) {
		endpoint(version, 'POST', 'create', write(version, createLeads));
		endpoint(version, 'POST', 'disable', write(version, disableLeads));
		endpoint(version, 'GET', 'responses', (call, campaign) =>
			listResponses(state, call, campaign, version),
		);
	}
	endpoint('v4', 'POST', 'delete', write('v4', deleteLead));
	endpoint('v4', 'PATCH', 'update', write('v4', updateLead));
	endpoint('v4', 'POST', 'convert', write('v4', convertLead));
};
