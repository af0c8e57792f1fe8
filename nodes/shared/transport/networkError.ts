import { isObject, asNumber, getOwn, parseBody, asText } from '../values/json';
import type { AttemptResult } from './retryPolicy';

/** An exchange that n8n's HTTP helper threw for. */
export interface NetworkFailure {
	result: AttemptResult;
	/** The body of the reply, where there was one. */
	body?: unknown;
	/** What happened on the network, or before it, in words. */
	message?: string;
}

/** Codes by which a failure says that the connection never came about, so that nothing was sent. */
const PRE_CONNECT_CODES = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
]);
const certificate = /CERT|SIGNATURE|ALTNAME/;

/** What is found below the layers that n8n wraps errors in. */
interface Cause {
	code?: string;
	status?: number;
	/** What the system was asked to do when it failed. */
	syscall?: string;
	/** Where the request went: the vendor's API, or its sign-in. */
	url?: string;
	/** The body of the reply, as text. */
	text?: unknown;
	/** Whether it came from an HTTP exchange at all. */
	http: boolean;
}

function causeOf(error: unknown): Cause {
	const found: Cause = { http: false };
	for (let layer = error, depth = 0; isObject(layer) && depth < 8; layer = layer.cause, depth++) {
		const response = getOwn(layer, 'response');
		found.status ??= asNumber(getOwn(response, 'status')) ?? asNumber(getOwn(layer, 'httpCode'));
		found.code = asText(getOwn(layer, 'code')) ?? found.code;
		found.syscall = asText(getOwn(layer, 'syscall')) ?? found.syscall;
		found.url = asText(getOwn(getOwn(layer, 'config'), 'url')) ?? found.url;
		found.text ??= getOwn(response, 'data');
		found.http ||= getOwn(layer, 'isAxiosError') === true || found.code !== undefined;
	}
	return found;
}

/**
 * Reads what n8n's HTTP helper threw for a request to `url`. The helper lets every status but 401
 * through as a reply, so a thrown one is a 401, a reply that broke off, or a sign-in that failed.
 */
export function classifyNetworkError(
	error: unknown,
	url: string,
	timeoutMs: number,
): NetworkFailure {
	const { code = '', status, syscall, url: failedUrl, text, http } = causeOf(error);
	const signingIn = failedUrl !== undefined && failedUrl !== url;
	if (status === 401 || (signingIn && status !== undefined)) {
		return {
			result: { kind: 'reply', status: 401, readable: true, limits: {} },
			body: parseBody(text).body,
		};
	}
	const badCertificate = certificate.test(code);
	// n8n before 2.34 drops the cause of a network error: then nobody knows how far the request came.
	const causeLost =
		getOwn(error, 'name') === 'NodeApiError' && getOwn(error, 'cause') === undefined;
	const begun = http || causeLost;
	// A host can also go out of reach while its reply is awaited.
	const connected = syscall === 'read' || syscall === 'write';
	const unreached = PRE_CONNECT_CODES.has(code) && !connected;
	const nothingSent = !begun || signingIn || unreached || badCertificate;
	return {
		result: {
			kind: 'failure',
			reached: nothingSent ? 'no' : 'maybe',
			permanent: !begun || badCertificate,
		},
		message: http ? networkMessage(code, timeoutMs) : asText(getOwn(error, 'message')),
	};
}

/** A network failure in words: n8n replaces a whole message that holds a system's error code. */
function networkMessage(code: string, timeoutMs: number): string {
	if (code === 'ECONNABORTED' || code === 'ETIMEDOUT' || code === 'ERR_CANCELED') {
		return `no complete reply within ${timeoutMs / 1000} s`;
	}
	if (code === 'ECONNREFUSED') return 'the connection was refused';
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no such host';
	if (certificate.test(code)) return 'its certificate is not trusted';
	return PRE_CONNECT_CODES.has(code) ? 'the host is out of reach' : 'the connection was cut';
}
