import { sleep, type IHttpRequestOptions } from 'n8n-workflow';
import type { ApiRequest, ClientContext } from './request';

/** Shared abort reason: creating an Error per request is expensive. */
const REQUEST_ENDED = new Error('The request has ended');

function toHttpOptions(
	{ method, body }: Pick<ApiRequest, 'method' | 'body'>,
	url: string,
	timeoutMs: number,
): IHttpRequestOptions {
	const options: IHttpRequestOptions = {
		method,
		url,
		headers: { Accept: 'application/json' },
		encoding: 'text',
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

/**
 * Sends one request through n8n's `httpRequestWithAuthentication`. Relies on n8n-core 2.39: the helper takes the abort
 * signal from its `this`, so it gets a derived context whose signal also fires at our own deadline. n8n's `timeout`
 * only measures silence: a dripping response would never end.
 * @throws what n8n's helper throws: for a 401, a failed login, and anything that fails on the network
 */
export async function httpCall(
	context: ClientContext,
	credentialType: string,
	request: Pick<ApiRequest, 'method' | 'body'>,
	url: string,
	{ timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal },
): Promise<unknown> {
	const options = toHttpOptions(request, url, timeoutMs);
	const deadline = new AbortController();
	const ended = new AbortController();
	const abort = () => deadline.abort();
	signal?.addEventListener('abort', abort, { once: true });
	// n8n's own sleep: a deadline is no wait, so tests that shorten waits leave it alone.
	sleep(timeoutMs, ended.signal).then(abort, () => {});
	const scopedContext: ClientContext = Object.create(context, {
		getExecutionCancelSignal: { value: () => deadline.signal },
	});
	try {
		return await context.helpers.httpRequestWithAuthentication.call(
			scopedContext,
			credentialType,
			options,
		);
	} finally {
		ended.abort(REQUEST_ENDED);
		signal?.removeEventListener('abort', abort);
	}
}
