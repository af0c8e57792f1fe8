import { randomBytes } from 'crypto';
import type { StoredParts } from '../../lib/storedParts';

/** A pair of tokens; `expiresAt` is the access token's (epoch in milliseconds). */
interface Grant {
	accessToken: string;
	refreshToken: string;
	expiresAt: number;
}

/** Tokens issued by logging in. */
export class TokenStore {
	private byAccess = new Map<string, Grant>();
	private byRefresh = new Map<string, Grant>();

	/** Issues a new pair of tokens. */
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

	/** True for an issued access token that has not expired. */
	isValid(accessToken: string): boolean {
		return (this.byAccess.get(accessToken)?.expiresAt ?? 0) > Date.now();
	}

	/** True for an issued access token, expired or not. */
	isIssued(accessToken: string): boolean {
		return this.byAccess.has(accessToken);
	}

	/** Consumes a refresh token; returns false for one that was used before or never issued. */
	consumeRefresh(refreshToken: string, revokeAccess: boolean): boolean {
		const grant = this.byRefresh.get(refreshToken);
		if (!grant) return false;
		this.byRefresh.delete(refreshToken);
		if (revokeAccess) this.byAccess.delete(grant.accessToken);
		return true;
	}

	/** Revokes an access or a refresh token. */
	revoke(token: string): void {
		this.byAccess.delete(token);
		this.byRefresh.delete(token);
	}

	/** Expires every access token issued so far. */
	expireAll(): void {
		for (const grant of this.byAccess.values()) grant.expiresAt = 0;
	}

	/** What a snapshot contains. */
	stored(): StoredParts {
		return { accessTokens: this.byAccess, refreshTokens: this.byRefresh };
	}

	/** Deletes all tokens. */
	reset(): void {
		this.byAccess.clear();
		this.byRefresh.clear();
	}
}
