import { randomBytes } from 'crypto';
import type { StoredParts } from '../../lib/storedParts';

/** A pair of tokens; `expiresAt` is the access token's (epoch in milliseconds). */
interface TokenPair {
	accessToken: string;
	refreshToken: string;
	expiresAt: number;
}

const newSecret = () => randomBytes(24).toString('base64url');

/** Codes and tokens issued by OAuth. */
export class TokenStore {
	private readonly codes = new Set<string>();
	private readonly byAccess = new Map<string, TokenPair>();
	private readonly byRefresh = new Map<string, TokenPair>();

	/** Issues a code for single use. */
	issueCode(): string {
		const code = newSecret();
		this.codes.add(code);
		return code;
	}

	/** Consumes a code; returns false for one that was used before or never issued. */
	consumeCode(code: string): boolean {
		return this.codes.delete(code);
	}

	/** Issues a new pair of tokens. */
	issue(lifetimeMs: number): TokenPair {
		const expiresAt = Date.now() + lifetimeMs;
		const pair = { accessToken: newSecret(), refreshToken: newSecret(), expiresAt };
		this.byAccess.set(pair.accessToken, pair);
		this.byRefresh.set(pair.refreshToken, pair);
		return pair;
	}

	/**
	 * Consumes a refresh token. ASSUMED (OAuth errors, and what a refresh or a revocation ends): the
	 * access token of its pair stays valid. Confirmed by a call with the old token right after a
	 * refresh.
	 */
	consumeRefresh(token: string): boolean {
		return this.byRefresh.delete(token);
	}

	/** True for an issued access token that has not expired. */
	isValid(accessToken: string): boolean {
		return (this.byAccess.get(accessToken)?.expiresAt ?? 0) > Date.now();
	}

	/**
	 * Revokes a token; an unknown one is no error. ASSUMED (OAuth errors, and what a refresh or a
	 * revocation ends): the other token of its pair too. Confirmed by a call with the access token
	 * after its refresh token was revoked.
	 */
	revoke(token: string): void {
		const pair = this.byAccess.get(token) ?? this.byRefresh.get(token);
		if (!pair) return;
		this.byAccess.delete(pair.accessToken);
		this.byRefresh.delete(pair.refreshToken);
	}

	/** Expires every access token issued so far. */
	expireAll(): void {
		for (const pair of this.byAccess.values()) pair.expiresAt = 0;
	}

	/** What a snapshot contains. */
	stored(): StoredParts {
		return { accessTokens: this.byAccess, refreshTokens: this.byRefresh };
	}

	/** Deletes all codes and tokens. */
	reset(): void {
		this.codes.clear();
		this.byAccess.clear();
		this.byRefresh.clear();
	}
}
