import { asNumber, asObjects, asText, getOwn, isObject, parseBody } from '../values/json';
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
	'EHOSTDOWN',
	'ENETUNREACH',
	'ENETDOWN',
	'EADDRNOTAVAIL',
]);
/** System calls that only open a connection. */
const CONNECT_SYSCALL = /^(connect|bind|getaddrinfo|query\w*)$/;
const TIMEOUT_CODES = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED']);
/** OpenSSL's and Node's names for a certificate that they do not accept. */
const CERTIFICATE_CODE =
	/CERT|SIGNATURE|ALTNAME|^CRL_|^UNABLE_TO_GET_CRL|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH_EXCEEDED$|^HOSTNAME_MISMATCH$/;
/** OpenSSL's messages for a handshake between parties that do not understand each other. */
const HANDSHAKE_WORDS =
	/wrong version number|unsupported protocol|protocol version|handshake failure|http request|https proxy request|packet length too long|unrecognized name|no application protocol|unknown ca|no shared cipher|no protocols available|insufficient security|key too small|legacy renegotiation/;
/** Node's message for a connection that ends during the handshake. */
const BEFORE_SECURE = 'before secure TLS connection was established';
/** What is wrong with a URL, a header or an option: found before anything is sent. */
const INVALID_REQUEST_CODE =
	/^ERR_(INVALID_|HTTP_INVALID_HEADER|UNESCAPED_CHARACTERS|BAD_OPTION|TLS_(INVALID|PROTOCOL|REQUIRED))/;
const MAX_LAYERS = 8;

/** What the layers of an error say together. */
interface Cause {
	code?: string;
	status?: number;
	syscall?: string;
	/** The URL of the failed request: the vendor's API, or its login. */
	url?: string;
	responseText?: unknown;
	/** The texts of all layers. */
	words: string;
	/** Node's request object, if there is one. */
	request?: unknown;
	/** The error comes from an HTTP call. */
	isHttp: boolean;
}

/** Collects what n8n's and axios' wrapped errors say; the innermost code and URL count. */
function causeOf(error: unknown): Cause {
	const cause: Cause = { isHttp: false, words: '' };
	let layer = error;
	for (let depth = 0; isObject(layer) && depth < MAX_LAYERS; depth++) {
		const response = getOwn(layer, 'response');
		cause.status ??= asNumber(getOwn(response, 'status')) ?? asNumber(getOwn(layer, 'httpCode'));
		cause.code = asText(getOwn(layer, 'code')) ?? cause.code;
		cause.syscall = asText(getOwn(layer, 'syscall')) ?? cause.syscall;
		cause.url = asText(getOwn(getOwn(layer, 'config'), 'url')) ?? cause.url;
		cause.responseText ??= getOwn(response, 'data');
		cause.request ??= getOwn(layer, 'request');
		cause.words += ` ${asText(getOwn(layer, 'message')) ?? ''}`;
		cause.isHttp ||= getOwn(layer, 'isAxiosError') === true || cause.code !== undefined;
		// With several addresses for a host, Node collects what happened to each.
		layer = layer.cause ?? asObjects(getOwn(layer, 'errors'))[0];
	}
	return cause;
}

/** Whether the connection stood when the request failed: Node keeps the socket with the request. */
function connectionOf({ request }: Cause): 'stood' | 'never' | 'notKnown' {
	if (!isObject(request) || !Object.hasOwn(request, 'socket')) return 'notKnown';
	const { socket } = request;
	if (!isObject(socket)) return 'never';
	const { secureConnecting, _bytesDispatched: bytesSent } = socket;
	return secureConnecting === true || bytesSent === 0 ? 'never' : 'stood';
}

/** Classifies what n8n's HTTP helper threw for a request to `url`: a 401, a broken connection, or a failed login. */
export function classifyNetworkError(
	error: unknown,
	url: string,
	timeoutMs: number,
): NetworkFailure {
	const cause = causeOf(error);
	const { status, url: failedUrl, responseText, isHttp } = cause;
	const isLogin = failedUrl !== undefined && failedUrl !== url;
	if (status === 401 || (isLogin && status !== undefined)) {
		return {
			result: { kind: 'response', status: 401, isUsable: true, rateLimit: {} },
			body: parseBody(responseText).body,
		};
	}
	// n8n before 2.34 drops the cause of a network error; then the request may have been sent.
	const isCauseLost =
		getOwn(error, 'name') === 'NodeApiError' && getOwn(error, 'cause') === undefined;
	const isStarted = isHttp || isCauseLost;
	const isHopeless = !isStarted || isMisunderstanding(cause) || isInvalidRequest(cause);
	const nothingSent = isHopeless || isLogin || isUnreached(cause);
	return {
		result: {
			kind: 'failure',
			delivered: nothingSent ? 'no' : 'maybe',
			isPermanent: isHopeless,
		},
		message: isHttp ? networkMessage(cause, timeoutMs) : asText(getOwn(error, 'message')),
	};
}

/** True if both sides cannot agree on a secure connection: a retry would end the same way. */
function isMisunderstanding(cause: Cause): boolean {
	const { code = '', words } = cause;
	if (CERTIFICATE_CODE.test(code)) return true;
	// A line that is disturbed later on yields the same message.
	const connection = connectionOf(cause);
	const isHandshake = connection === 'never' || (connection === 'notKnown' && code === 'EPROTO');
	return isHandshake && HANDSHAKE_WORDS.test(words);
}

function isInvalidRequest(cause: Cause): boolean {
	return INVALID_REQUEST_CODE.test(cause.code ?? '') && connectionOf(cause) !== 'stood';
}

function isUnreached(cause: Cause): boolean {
	const { code = '', syscall = '', words } = cause;
	const connection = connectionOf(cause);
	if (connection === 'never' || CONNECT_SYSCALL.test(syscall)) return true;
	if (connection === 'stood') return false;
	// A host can also become unreachable while its response is awaited.
	const wasConnected = syscall === 'read' || syscall === 'write';
	return words.includes(BEFORE_SECURE) || (PRE_CONNECT_CODES.has(code) && !wasConnected);
}

/** Never contains the error code: n8n replaces a message that does with a text of its own. */
function networkMessage(cause: Cause, timeoutMs: number): string {
	const { code = '' } = cause;
	if (CERTIFICATE_CODE.test(code)) return 'its certificate is not trusted';
	if (isMisunderstanding(cause))
		return 'there is no https at this address, or only an outdated one';
	if (TIMEOUT_CODES.has(code)) {
		return isUnreached(cause)
			? `no connection within ${timeoutMs / 1000} s`
			: `no complete reply within ${timeoutMs / 1000} s`;
	}
	if (code === 'ERR_REPLY_TOO_LARGE') return 'the reply is larger than 20 MB';
	if (code === 'ECONNREFUSED') return 'the connection was refused';
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no such host';
	if (isInvalidRequest(cause)) return 'the request cannot be made with this credential';
	if (PRE_CONNECT_CODES.has(code)) return 'the host is out of reach';
	return isUnreached(cause) ? 'no connection could be made' : 'the connection was cut';
}
