import { asNumber, asText, getOwn, isObject, parseBody } from '../values/json';
import type { AttemptResult } from './retryPolicy';

/** An attempt that n8n's HTTP helper threw for. */
export interface NetworkFailure {
	result: AttemptResult;
	/** The parsed body of the response, if there was one. */
	body?: unknown;
	/** What happened on the network or before it. */
	message?: string;
}

/** Error codes of a connection that was never established: nothing was sent. */
const PRE_CONNECT_CODES = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
]);
const TIMEOUT_CODES = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED']);
const CERTIFICATE_CODE = /CERT|SIGNATURE|ALTNAME/;
const MAX_LAYERS = 8;

/** What the layers of an error say together. */
interface Cause {
	code?: string;
	status?: number;
	syscall?: string;
	/** The URL of the failed request: the vendor's API, or its login. */
	url?: string;
	responseText?: unknown;
	/** The error comes from an HTTP call. */
	isHttp: boolean;
}

/** Collects what n8n's and axios' wrapped errors say; the innermost code and URL count. */
function causeOf(error: unknown): Cause {
	const cause: Cause = { isHttp: false };
	let layer = error;
	for (let depth = 0; isObject(layer) && depth < MAX_LAYERS; depth++) {
		const response = getOwn(layer, 'response');
		cause.status ??= asNumber(getOwn(response, 'status')) ?? asNumber(getOwn(layer, 'httpCode'));
		cause.code = asText(getOwn(layer, 'code')) ?? cause.code;
		cause.syscall = asText(getOwn(layer, 'syscall')) ?? cause.syscall;
		cause.url = asText(getOwn(getOwn(layer, 'config'), 'url')) ?? cause.url;
		cause.responseText ??= getOwn(response, 'data');
		cause.isHttp ||= getOwn(layer, 'isAxiosError') === true || cause.code !== undefined;
		layer = layer.cause;
	}
	return cause;
}

/** Classifies what n8n's HTTP helper threw for a request to `url`: a 401, a broken connection, or a failed login. */
export function classifyNetworkError(
	error: unknown,
	url: string,
	timeoutMs: number,
): NetworkFailure {
	const { code = '', status, syscall, url: failedUrl, responseText, isHttp } = causeOf(error);
	const isLogin = failedUrl !== undefined && failedUrl !== url;
	if (status === 401 || (isLogin && status !== undefined)) {
		return {
			result: { kind: 'response', status: 401, isUsable: true, rateLimit: {} },
			body: parseBody(responseText).body,
		};
	}
	const isCertificateError = CERTIFICATE_CODE.test(code);
	// n8n before 2.34 drops the cause of a network error; then the request may have been sent.
	const isCauseLost =
		getOwn(error, 'name') === 'NodeApiError' && getOwn(error, 'cause') === undefined;
	const isStarted = isHttp || isCauseLost;
	// A host can also become unreachable while its response is awaited.
	const wasConnected = syscall === 'read' || syscall === 'write';
	const isUnreached = PRE_CONNECT_CODES.has(code) && !wasConnected;
	const nothingSent = !isStarted || isLogin || isUnreached || isCertificateError;
	return {
		result: {
			kind: 'failure',
			delivered: nothingSent ? 'no' : 'maybe',
			isPermanent: !isStarted || isCertificateError,
		},
		message: isHttp ? networkMessage(code, timeoutMs) : asText(getOwn(error, 'message')),
	};
}

/** Never contains the error code: n8n replaces a message that does with a text of its own. */
function networkMessage(code: string, timeoutMs: number): string {
	if (TIMEOUT_CODES.has(code)) return `no complete reply within ${timeoutMs / 1000} s`;
	if (code === 'ERR_REPLY_TOO_LARGE') return 'the reply is larger than 20 MB';
	if (code === 'ECONNREFUSED') return 'the connection was refused';
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no such host';
	if (CERTIFICATE_CODE.test(code)) return 'its certificate is not trusted';
	return PRE_CONNECT_CODES.has(code) ? 'the host is out of reach' : 'the connection was cut';
}
