import type { VendorCall, VendorReply } from '../../server/handler';
import { squadVoiceAccounts } from './accounts';
import type { SquadVoiceState } from './state';

/**
 * ASSUMED (OAuth errors): those of RFC 6749, section 5.2 (invalid_client 401, the others 400).
 * Confirmed by one request with a wrong password, and one with a wrong client.
 */
const rejection = (status: number, error: string): VendorReply => ({ status, body: { error } });

function checkClient(form: URLSearchParams): VendorReply | undefined {
	const { clientId, clientSecret } = squadVoiceAccounts.login;
	const isValid = form.get('client_id') === clientId && form.get('client_secret') === clientSecret;
	return isValid ? undefined : rejection(401, 'invalid_client');
}

function tokenReply(state: SquadVoiceState): VendorReply {
	const grant = state.tokens.issue(state.tokenLifetimeMs);
	return {
		status: 200,
		body: {
			access_token: grant.accessToken,
			token_type: 'Bearer',
			expires_in: Math.floor(state.tokenLifetimeMs / 1000),
			refresh_token: grant.refreshToken,
			scope: 'read write',
		},
		effect: true,
	};
}

/** POST /oauth/token/ (SquadVoice API docs, Authentication): form-encoded; password or refresh. */
export function grantToken(state: SquadVoiceState, { form }: VendorCall): VendorReply {
	if (!form) return rejection(400, 'invalid_request');
	const grantType = form.get('grant_type');
	if (grantType !== 'password' && grantType !== 'refresh_token') {
		return rejection(400, grantType === null ? 'invalid_request' : 'unsupported_grant_type');
	}
	const invalidClient = checkClient(form);
	if (invalidClient) return invalidClient;
	if (grantType === 'refresh_token') {
		const token = form.get('refresh_token');
		if (token === null) return rejection(400, 'invalid_request');
		return state.tokens.consumeRefresh(token, state.refreshVoidsAccessToken)
			? tokenReply(state)
			: rejection(400, 'invalid_grant');
	}
	const { username, password } = squadVoiceAccounts.login;
	const isKnown = form.get('username') === username && form.get('password') === password;
	return isKnown ? tokenReply(state) : rejection(400, 'invalid_grant');
}

/** POST /oauth/revoke_token/: form-encoded; the reply is text/html. */
export function revokeToken(state: SquadVoiceState, { form }: VendorCall): VendorReply {
	if (!form) return rejection(400, 'invalid_request');
	const invalidClient = checkClient(form);
	if (invalidClient) return invalidClient;
	const token = form.get('token');
	if (token === null) return rejection(400, 'invalid_request');
	// RFC 7009: revoking an unknown token succeeds.
	state.tokens.revoke(token);
	return { status: 200, body: '', effect: true };
}
