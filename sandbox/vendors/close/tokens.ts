import { randomBytes } from 'crypto';
import type { VendorReply, VendorCall } from '../../server/vendorServer';
import { closeAccounts, closeUsers, organizationId } from './accounts';
import { refusal } from './problems';
import type { CloseState } from './state';

interface Pair {
	accessToken: string;
	refreshToken: string;
	expiresAt: number;
}

const secret = () => randomBytes(24).toString('base64url');

/** Codes and tokens that OAuth gave out. */
export class TokenStore {
	private readonly codes = new Set<string>();
	private readonly byAccess = new Map<string, Pair>();
	private readonly byRefresh = new Map<string, Pair>();

	/** Gives out a code that can be spent once. */
	issueCode(): string {
		const code = secret();
		this.codes.add(code);
		return code;
	}

	/** Uses a code up; false when it was used before, or never given out. */
	spendCode(code: string): boolean {
		return this.codes.delete(code);
	}

	/** Gives out a new pair of tokens. */
	issue(lifetimeMs: number): Pair {
		const expiresAt = Date.now() + lifetimeMs;
		const pair = { accessToken: secret(), refreshToken: secret(), expiresAt };
		this.byAccess.set(pair.accessToken, pair);
		this.byRefresh.set(pair.refreshToken, pair);
		return pair;
	}

	/** Uses a refresh token up. ASSUMED: the access token that came with it stays good. */
	spendRefresh(token: string): boolean {
		return this.byRefresh.delete(token);
	}

	/** True while an access token opens the door. */
	isGood(accessToken: string): boolean {
		return (this.byAccess.get(accessToken)?.expiresAt ?? 0) > Date.now();
	}

	/** Voids a token and, ASSUMED, the other one of its pair. An unknown token is no error. */
	revoke(token: string): void {
		const pair = this.byAccess.get(token) ?? this.byRefresh.get(token);
		if (!pair) return;
		this.byAccess.delete(pair.accessToken);
		this.byRefresh.delete(pair.refreshToken);
	}

	/** Voids every access token given out so far, as if their time had run out. */
	expireAll(): void {
		for (const pair of this.byAccess.values()) pair.expiresAt = 0;
	}

	/** Forgets all codes and tokens. */
	reset(): void {
		this.codes.clear();
		this.byAccess.clear();
		this.byRefresh.clear();
	}
}

/** GET /oauth2/authorize/: sends the browser back with a code, as if the user had agreed. */
export function authorize(state: CloseState, { query }: VendorCall): VendorReply {
	const { clientId, redirectUri } = closeAccounts.oauth;
	if (query.client_id !== clientId) return refusal(400, 'invalid_client');
	// ASSUMED: any redirect_uri will do. Close holds it to what the app was registered with, which a
	// sandbox on a free port cannot know.
	const wanted = typeof query.redirect_uri === 'string' ? query.redirect_uri : redirectUri;
	if (!URL.canParse(wanted)) return refusal(400, 'invalid_request');
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

// ASSUMED: errors as RFC 6749 section 5.2 has them (invalid_client 401, the others 400); one
// request with a wrong code, and one with a wrong client, would tell.
function checkClient(form: URLSearchParams): VendorReply | undefined {
	const { clientId, clientSecret } = closeAccounts.oauth;
	const good = form.get('client_id') === clientId && form.get('client_secret') === clientSecret;
	return good ? undefined : refusal(401, 'invalid_client');
}

/** POST /oauth2/token/ (Close docs, OAuth): a form, with the client in it. */
export function grantToken(state: CloseState, { form }: VendorCall): VendorReply {
	if (!form) return refusal(400, 'invalid_request');
	const stranger = checkClient(form);
	if (stranger) return stranger;
	const grantType = form.get('grant_type');
	if (grantType !== 'authorization_code' && grantType !== 'refresh_token') {
		return refusal(400, grantType === null ? 'invalid_request' : 'unsupported_grant_type');
	}
	const spent =
		grantType === 'refresh_token'
			? state.tokens.spendRefresh(form.get('refresh_token') ?? '')
			: state.tokens.spendCode(form.get('code') ?? '');
	if (!spent) return refusal(400, 'invalid_grant');
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

/** POST /oauth2/revoke/. ASSUMED: 200 and an empty object. */
export function revokeToken(state: CloseState, { form }: VendorCall): VendorReply {
	if (!form) return refusal(400, 'invalid_request');
	const stranger = checkClient(form);
	if (stranger) return stranger;
	const token = form.get('token');
	if (token === null) return refusal(400, 'invalid_request');
	state.tokens.revoke(token);
	return { status: 200, body: {}, effect: true };
}
