import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { InvalidInputError } from '../errors/InvalidInputError';
import { asText, getOwn } from '../values/json';
import { readBaseUrl } from './baseUrl';

/** Where a request goes, as n8n's helper resolves it; `uri` is what its older helper calls `url`. */
function originOf(request: IHttpRequestOptions): string | undefined {
	const url = asText(request.url) ?? asText(getOwn(request, 'uri')) ?? '';
	return URL.canParse(url, request.baseURL) ? new URL(url, request.baseURL).origin : undefined;
}

/**
 * Adds a credential's secret to a request, if the request goes to the credential's own host. n8n calls the `authenticate`
 * of a credential for every request with it: those of our nodes, its Test button and other nodes.
 * @throws InvalidInputError; then nothing is sent
 */
export function signRequest(
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
	secret: Pick<IHttpRequestOptions, 'auth' | 'headers'>,
): IHttpRequestOptions {
	const base = readBaseUrl(credentials.baseUrl);
	if (originOf(request) !== new URL(base).origin) {
		throw new InvalidInputError(
			'The request does not go to the Base URL of the credential',
			'The credential is sent to its own host only. Check the URL of the request, and the Base URL in the credential. If it was changed during the run, run the workflow again',
		);
	}
	return { ...request, ...secret, headers: { ...request.headers, ...secret.headers } };
}
