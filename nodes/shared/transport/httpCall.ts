import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { isObject, toError } from '../values/json';
import { withDeadline } from './deadline';
import { readBody, readErrorBodies } from './replyBody';
import type { ApiRequest, ClientContext } from './request';

function toHttpOptions(
	{ method, body }: Pick<ApiRequest, 'method' | 'body'>,
	url: string,
	timeoutMs: number,
): IHttpRequestOptions {
	const options: IHttpRequestOptions = {
		method,
		url,
		headers: { Accept: 'application/json' },
		// A stream has no size yet: see readBody.
		encoding: 'stream',
		returnFullResponse: true,
		disableFollowRedirect: true,
		// A thrown 401 makes n8n refresh the credential and send the request once more.
		ignoreHttpStatusErrors: { ignore: true, except: [401] },
		timeout: timeoutMs,
	};
	if (body !== undefined) {
		options.body = JSON.stringify(body);
		options.headers = { ...options.headers, 'Content-Type': 'application/json' };
	}
	return options;
}

/** Throws for a credential that must not be sent. */
type CredentialCheck = (credentials: ICredentialDataDecryptedObject) => void;

/**
 * The context as n8n's helper sees it for one request. Relies on n8n-core 2.41: the helper takes the abort signal from
 * its `this`, reads the credential through it, and passes `this.helpers` to a credential that signs in.
 */
function scopedTo(
	context: ClientContext,
	signal: AbortSignal,
	limitMs: number,
	checkCredential: CredentialCheck,
): ClientContext {
	const getCredentials = async (type: string, itemIndex?: number) => {
		const credentials = await context.getCredentials(type, itemIndex);
		checkCredential(credentials);
		return credentials;
	};

	const httpRequest = async (options: IHttpRequestOptions): Promise<unknown> =>
		await context.helpers.httpRequest({ ...options, abortSignal: signal, timeout: limitMs });
	return Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
		getCredentials: { value: getCredentials },
		helpers: { value: Object.create(context.helpers, { httpRequest: { value: httpRequest } }) },
	});
}

/**
 * Sends one request through n8n's `httpRequestWithAuthentication`, and reads the reply. Ends at our own deadline, sign-in
 * included: n8n's `timeout` only measures silence, so a dripping response would never end.
 * @throws what n8n's helper throws: for a 401, a failed login, and anything that fails on the network
 */
export async function httpCall(
	context: ClientContext,
	credentialType: string,
	request: Pick<ApiRequest, 'method' | 'body'>,
	url: string,
	{
		timeoutMs,
		signal,
		checkCredential = () => {},
	}: { timeoutMs: number; signal?: AbortSignal; checkCredential?: CredentialCheck },
): Promise<unknown> {
	const options = toHttpOptions(request, url, timeoutMs);
	return await withDeadline(timeoutMs, signal, async (deadline) => {
		try {
			const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
				scopedTo(context, deadline, timeoutMs, checkCredential),
				credentialType,
				options,
			);
			return isObject(response) ? { ...response, body: await readBody(response.body) } : response;
		} catch (error) {
			await readErrorBodies(error);
			throw toError(error);
		}
	});
}
