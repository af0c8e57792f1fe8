import type { FastifyPluginAsync, HTTPMethods } from 'fastify';
import {
	openTraffic,
	type VendorReply,
	type VendorCall,
	type Handler,
} from '../../server/vendorServer';
import type { SandboxState } from '../../server/SandboxState';
import { accountOfToken, findCampaign, type AccountKind, type Campaign } from './accounts';
import { listResponses, type Version } from './responses';
import { grantToken, revokeToken } from './tokens';
import {
	convertLead,
	createLeads,
	deleteLead,
	disableLeads,
	updateLead,
	type Write,
} from './writes';

const methods: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const bearer = (header: string | undefined) => /^Bearer (\S+)$/.exec(header ?? '')?.[1];

/** ASSUMED: every error has Django REST's `detail`; no shape is documented, any error would tell. */
const refusal = (status: number, detail: string): VendorReply => ({ status, body: { detail } });

/**
 * SquadVoice: v1 for standard, India and affiliate accounts (seeds 000 and 001, SquadVoice API docs),
 * v4 (SquadVoice API docs, v4), and the login of v1. Every path ends with a slash. ASSUMED: without
 * it the answer is 404, Django's way; one call without it would tell.
 */
export const squadVoicePlugin: FastifyPluginAsync<{ world: SandboxState }> = async (
	scope,
	{ world },
) => {
	const state = world.squadVoice;

	function accountOf(header: string | undefined): AccountKind | undefined {
		const token = bearer(header);
		if (token === undefined) return undefined;
		return accountOfToken(token) ?? (state.tokens.isGood(token) ? 'standard' : undefined);
	}

	const traffic = openTraffic(scope, world, {
		vendor: 'squadVoice',
		account: ({ authorization }) => accountOf(authorization) ?? 'nobody',
		error: (_status, detail) => ({ detail }),
		now: () => state.now(),
	});

	/** Why a call may not pass. v4's text says 403 where the table of errors (v1) says 401. */
	function doorAnswer(call: VendorCall, version: Version): VendorReply | undefined {
		const { authorization } = call.headers;
		const token = bearer(authorization);
		if (token !== undefined && state.tokens.isKnown(token) && !state.tokens.isGood(token)) {
			return refusal(401, 'Token has expired.');
		}
		const account = accountOf(authorization);
		// ASSUMED: a token opens one version only, as each comes from a place of its own.
		if (account !== undefined && (account === 'v4') === (version === 'v4')) return undefined;
		return version === 'v4'
			? refusal(403, 'Authentication failed.')
			: refusal(401, 'Authentication credentials were not provided or are incorrect.');
	}

	/** ASSUMED: a campaign of another account is as unknown as one that is not there: 404. */
	function campaignFor(call: VendorCall): Campaign | undefined {
		const campaign = findCampaign(call.params.campaign ?? '');
		return campaign?.account === accountOf(call.headers.authorization) ? campaign : undefined;
	}

	/** An endpoint below a campaign: who calls is asked first, then how, then for which campaign. */
	function endpoint(
		version: Version,
		method: HTTPMethods,
		name: string,
		act: (call: VendorCall, campaign: Campaign) => VendorReply,
	): void {
		const url = `/api/${version}/leads/${name}/:campaign/`;
		const guarded =
			(next: Handler): Handler =>
			(call) =>
				doorAnswer(call, version) ?? next(call);
		traffic.on(
			method,
			url,
			guarded((call) => {
				const campaign = campaignFor(call);
				// ASSUMED: affiliates have create only; their docs (seed 000) have nothing else.
				const closed = campaign?.account === 'affiliate' && name !== 'create';
				return campaign && !closed ? act(call, campaign) : refusal(404, 'Not found.');
			}),
		);
		traffic.on(
			methods.filter((other) => other !== method),
			url,
			guarded((call) => refusal(405, `Method "${call.method}" not allowed.`)),
		);
	}

	/** ASSUMED: a write that is not declared as JSON is a 400; sending one would tell. */
	const write =
		(version: Version, act: (request: Write) => VendorReply) =>
		(call: VendorCall, campaign: Campaign): VendorReply =>
			call.mediaType === 'application/json'
				? act({ state, campaign, version, json: call.json })
				: refusal(400, 'Content-Type must be application/json.');

	traffic.on('POST', '/oauth/token/', (call) => grantToken(state, call));
	traffic.on('POST', '/oauth/revoke_token/', (call) => revokeToken(state, call));
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
