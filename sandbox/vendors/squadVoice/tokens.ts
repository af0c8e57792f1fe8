import { randomBytes } from 'crypto';
import type { VendorReply, VendorCall } from '../../server/vendorServer';
import { squadVoiceAccounts } from './accounts';
import type { SquadVoiceState } from './state';

interface Grant {
	accessToken: string;
	refreshToken: string;
	expiresAt: number;
}

/** Tokens that were got by logging in. */
export class TokenStore {
	private byAccess = new Map<string, Grant>();
	private byRefresh = new Map<string, Grant>();

	/** Gives out a new pair of tokens. */
	issue(lifetimeMs: number): Grant {
		const grant = {
			accessToken: randomBytes(15).toString('hex'),
			refreshToken: randomBytes(15).toString('hex'),
			expiresAt: Date.now() + lifetimeMs,
		};
		this.byAccess.set(grant.accessToken, grant);
		this.byRefresh.set(grant.refreshToken, grant);
		return grant;
	}

	/** True while an access token opens the door. */
	isGood(accessToken: string): boolean {
		return (this.byAccess.get(accessToken)?.expiresAt ?? 0) > Date.now();
	}

	/** True for a token that was given out, good or not. */
	isKnown(accessToken: string): boolean {
		return this.byAccess.has(accessToken);
	}

	/** Uses a refresh token up; false when it was used before, or never given out. */
	spend(refreshToken: string, voidAccess: boolean): boolean {
		const grant = this.byRefresh.get(refreshToken);
		if (!grant) return false;
		this.byRefresh.delete(refreshToken);
		if (voidAccess) this.byAccess.delete(grant.accessToken);
		return true;
	}

	/** Voids an access or a refresh token. */
	revoke(token: string): void {
		this.byAccess.delete(token);
		this.byRefresh.delete(token);
	}

	/** Voids every access token given out so far, as if their time had run out. */
	expireAll(): void {
		for (const grant of this.byAccess.values()) grant.expiresAt = 0;
	}

	/** Forgets all tokens. */
	reset(): void {
		this.byAccess.clear();
		this.byRefresh.clear();
	}
}

// ASSUMED: errors as RFC 6749 section 5.2 has them (invalid_client 401, the others 400); one
// request with a wrong password, and one with a wrong client, would tell.
const refusal = (status: number, error: string): VendorReply => ({ status, body: { error } });

function checkClient(form: URLSearchParams): VendorReply | undefined {
	const { clientId, clientSecret } = squadVoiceAccounts.login;
	const good = form.get('client_id') === clientId && form.get('client_secret') === clientSecret;
	return good ? undefined : refusal(401, 'invalid_client');
}

function issueAnswer(state: SquadVoiceState): VendorReply {
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

/** POST /oauth/token/ (SquadVoice API docs, Authentication): form-encoded, password or refresh. */
export function grantToken(state: SquadVoiceState, { form }: VendorCall): VendorReply {
	if (!form) return refusal(400, 'invalid_request');
	const grantType = form.get('grant_type');
	if (grantType !== 'password' && grantType !== 'refresh_token') {
		return refusal(400, grantType === null ? 'invalid_request' : 'unsupported_grant_type');
	}
	const stranger = checkClient(form);
	if (stranger) return stranger;
	if (grantType === 'refresh_token') {
		const token = form.get('refresh_token');
		if (token === null) return refusal(400, 'invalid_request');
		return state.tokens.spend(token, state.refreshVoidsAccessToken)
			? issueAnswer(state)
			: refusal(400, 'invalid_grant');
	}
	const { username, password } = squadVoiceAccounts.login;
	const known = form.get('username') === username && form.get('password') === password;
	return known ? issueAnswer(state) : refusal(400, 'invalid_grant');
}

/** POST /oauth/revoke_token/: form-encoded, answered with text/html. */
export function revokeToken(state: SquadVoiceState, { form }: VendorCall): VendorReply {
	if (!form) return refusal(400, 'invalid_request');
	const stranger = checkClient(form);
	if (stranger) return stranger;
	const token = form.get('token');
	if (token === null) return refusal(400, 'invalid_request');
	// RFC 7009: an unknown token is no error.
	state.tokens.revoke(token);
	return { status: 200, body: '', effect: true };
}
