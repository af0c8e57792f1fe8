import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper } from 'n8n-workflow';
import { readBaseUrl } from '../../shared/transport/baseUrl';
import { withDeadline } from '../../shared/transport/deadline';
import { readBody, readErrorBodies } from '../../shared/transport/replyBody';
import { hashOf } from '../../shared/values/hash';
import { asText, getOwn, parseBody, toError } from '../../shared/values/json';
import { LruMap } from '../../shared/values/LruMap';

const MAX_LOGINS = 100;
/** For the Test button; a request of a node ends at the node's own Timeout. */
const SIGN_IN_TIMEOUT_MS = 30_000;

/**
 * Tokens that this process fetched, by everything that signs in, the token to replace included: concurrent requests
 * with the same expired token share one login, because each refresh invalidates the previous refresh token.
 */
const logins = new LruMap<string, Promise<IDataObject>>(MAX_LOGINS);

/** True for a credential that signs in as a user; false for one with a fixed token. */
export function isUserLogin({
	apiVersion,
	authentication,
}: ICredentialDataDecryptedObject): boolean {
	return apiVersion === 'v1' && authentication === 'login';
}

/** A field as it is: a password may begin or end with a space. */
const raw = (value: unknown) => (typeof value === 'string' ? value : '');

/** A call to SquadVoice's token endpoint. */
type TokenRequest = (grant: Record<string, string>) => Promise<IDataObject>;

/** Requests a token once. @throws what n8n's HTTP helper throws; an error if the reply has no token */
async function fetchToken(
	{ helpers }: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
	grant: Record<string, string>,
	signal: AbortSignal,
): Promise<IDataObject> {
	const body = new URLSearchParams({
		client_id: raw(credentials.clientId),
		client_secret: raw(credentials.clientSecret),
		...grant,
	});
	try {
		const reply: unknown = await helpers.httpRequest({
			method: 'POST',
			url: `${readBaseUrl(credentials.baseUrl)}/oauth/token/`,
			headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
			body: body.toString(),
			disableFollowRedirect: true,
			encoding: 'stream',
			timeout: SIGN_IN_TIMEOUT_MS,
			abortSignal: signal,
		});
		const tokens = parseBody(await readBody(reply)).body;
		const sessionToken = asText(getOwn(tokens, 'access_token'));
		if (sessionToken === undefined) throw new Error('The reply of the sign-in has no token');
		return { sessionToken, refreshToken: asText(getOwn(tokens, 'refresh_token')) ?? '' };
	} catch (error) {
		await readErrorBodies(error);
		throw toError(error);
	}
}

/** Refreshes if there is a refresh token; without one, or if that is rejected, signs in again. */
async function refreshOrSignIn(
	credentials: ICredentialDataDecryptedObject,
	request: TokenRequest,
): Promise<IDataObject> {
	const refreshToken = asText(credentials.refreshToken);
	if (refreshToken !== undefined) {
		try {
			return await request({ grant_type: 'refresh_token', refresh_token: refreshToken });
		} catch {
			// A refresh token works only once; the password still works.
		}
	}
	return await request({
		grant_type: 'password',
		username: raw(credentials.username),
		password: raw(credentials.password),
	});
}

/** The tokens of a user login, for the credential. @throws InvalidInputError for its base URL; what n8n's helper throws */
export async function signIn(
	helper: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): Promise<IDataObject> {
	const { clientId, clientSecret, username, password, sessionToken, refreshToken } = credentials;
	const key = hashOf(
		readBaseUrl(credentials.baseUrl),
		[clientId, clientSecret, username, password],
		[sessionToken, refreshToken],
	);
	const known = logins.get(key);
	if (known !== undefined) return await known;
	const login = withDeadline(SIGN_IN_TIMEOUT_MS, undefined, async (signal) =>
		refreshOrSignIn(
			credentials,
			async (grant) => await fetchToken(helper, credentials, grant, signal),
		),
	);
	logins.set(key, login);
	// A first or failed login replaces no token: it is shared only while it is running.
	const forget = () => logins.delete(key);
	if (asText(sessionToken) === undefined) login.then(forget, forget);
	else login.catch(forget);
	return await login;
}
