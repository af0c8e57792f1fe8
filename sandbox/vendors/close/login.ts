import type { VendorCall, VendorReply } from '../../server/handler';
import { closeAccounts, closeUsers, organizationId } from './accounts';
import { rejection } from './problems';
import type { CloseState } from './state';

/** GET /oauth2/authorize/: redirects the browser back with a code, as if the user had agreed. */
export function authorize(state: CloseState, { query }: VendorCall): VendorReply {
	const { clientId, redirectUri } = closeAccounts.oauth;
	if (query.client_id !== clientId) return rejection(400, 'invalid_client');
	// ASSUMED (OAuth errors, and what a refresh or a revocation ends): any redirect_uri is valid.
	// Close compares it with the app's registration, which a sandbox on a free port cannot know.
	// Confirmed by an authorize call with another redirect_uri.
	const wanted = typeof query.redirect_uri === 'string' ? query.redirect_uri : redirectUri;
	if (!URL.canParse(wanted)) return rejection(400, 'invalid_request');
	const target = new URL(wanted);
	if (query.response_type !== 'code') {
		target.searchParams.set('error', 'unsupported_response_type');
	} else if (state.denyAuthorization) {
		target.searchParams.set('error', 'access_denied');
	} else {
		target.searchParams.set('code', state.tokens.issueCode());
	}
	if (typeof query.state === 'string') target.searchParams.set('state', query.state);
	return { status: 302, body: '', headers: { location: target.href } };
}

/**
 * ASSUMED (OAuth errors, and what a refresh or a revocation ends): errors follow RFC 6749, section
 * 5.2 (invalid_client 401, the others 400). Confirmed by one request with a wrong code, and one
 * with a wrong client.
 */
function checkClient(form: URLSearchParams): VendorReply | undefined {
	const { clientId, clientSecret } = closeAccounts.oauth;
	const isValid = form.get('client_id') === clientId && form.get('client_secret') === clientSecret;
	return isValid ? undefined : rejection(401, 'invalid_client');
}

/** POST /oauth2/token/ (Close docs, OAuth): a form that contains the client. */
export function grantToken(state: CloseState, { form }: VendorCall): VendorReply {
	if (!form) return rejection(400, 'invalid_request');
	const invalidClient = checkClient(form);
	if (invalidClient) return invalidClient;
	const grantType = form.get('grant_type');
	if (grantType !== 'authorization_code' && grantType !== 'refresh_token') {
		return rejection(400, grantType === null ? 'invalid_request' : 'unsupported_grant_type');
	}
	const isConsumed =
		grantType === 'refresh_token'
			? state.tokens.consumeRefresh(form.get('refresh_token') ?? '')
			: state.tokens.consumeCode(form.get('code') ?? '');
	if (!isConsumed) return rejection(400, 'invalid_grant');
	const pair = state.tokens.issue(state.tokenLifetimeMs);
	return {
		status: 200,
		body: {
			token_type: 'Bearer',
			access_token: pair.accessToken,
			expires_in: Math.floor(state.tokenLifetimeMs / 1000),
			refresh_token: pair.refreshToken,
			scope: 'all.full_access offline_access',
			organization_id: organizationId,
			user_id: closeUsers.cleo.id,
		},
		effect: true,
	};
}

/**
 * POST /oauth2/revoke/. ASSUMED (OAuth errors, and what a refresh or a revocation ends): 200 and an
 * empty object. Confirmed by one revocation.
 */
export function revokeToken(state: CloseState, { form }: VendorCall): VendorReply {
	if (!form) return rejection(400, 'invalid_request');
	const invalidClient = checkClient(form);
	if (invalidClient) return invalidClient;
	const token = form.get('token');
	if (token === null) return rejection(400, 'invalid_request');
	state.tokens.revoke(token);
	return { status: 200, body: {}, effect: true };
}
