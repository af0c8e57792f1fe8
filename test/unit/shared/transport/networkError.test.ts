import { classifyNetworkError } from '../../../../nodes/shared/transport/networkError';

const url = 'https://api.vendor.example/leads';
const classify = (error: unknown) => classifyNetworkError(error, url, 30_000);
const resultOf = (error: unknown) => classify(error).result;
const thrownByN8n = (cause?: object) => ({ name: 'NodeApiError', message: 'Failed', cause });
const axiosError = (fields: object) => thrownByN8n({ isAxiosError: true, ...fields });

test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])(
	'%s: nothing was sent',
	(code) => {
		const result = { kind: 'failure', delivered: 'no', isPermanent: false };
		expect(resultOf(axiosError({ code }))).toEqual(result);
	},
);

test('a connection that was reset may have delivered the request', () => {
	const result = { kind: 'failure', delivered: 'maybe', isPermanent: false };
	expect(resultOf(axiosError({ code: 'ECONNRESET' }))).toEqual(result);
});

test('a host that becomes unreachable while its response is awaited may have the request', () => {
	const deliveredIn = (syscall: string) => resultOf(axiosError({ code: 'EHOSTUNREACH', syscall }));
	expect(deliveredIn('connect')).toMatchObject({ delivered: 'no' });
	expect(deliveredIn('read')).toMatchObject({ delivered: 'maybe' });
	expect(deliveredIn('write')).toMatchObject({ delivered: 'maybe' });
});

test.each([
	['connect', 'ETIMEDOUT'],
	['connect', 'EADDRNOTAVAIL'],
	['connect', 'EMFILE'],
	['connect', 'EPERM'],
	['getaddrinfo', 'EAI_FAIL'],
	['queryA', 'ESERVFAIL'],
])('%s failed with %s: nothing was sent', (syscall, code) => {
	expect(resultOf(axiosError({ code, cause: { code, syscall } }))).toMatchObject({
		delivered: 'no',
		isPermanent: false,
	});
});

test('a connection to none of several addresses: nothing was sent', () => {
	const failures = [
		{ code: 'ETIMEDOUT', syscall: 'connect' },
		{ code: 'ENETUNREACH', syscall: 'connect' },
	];
	expect(resultOf(axiosError({ code: 'ETIMEDOUT', errors: failures }))).toMatchObject({
		delivered: 'no',
	});
});

const openssl = (words: string) =>
	axiosError({
		code: 'EPROTO',
		syscall: 'write',
		message: `write EPROTO 80ACE1535B7F0000:error:0A00010B:SSL routines:ssl3_get_record:${words}:../deps/openssl/record.c:350:`,
	});

test.each([
	'wrong version number',
	'unsupported protocol',
	'tlsv1 alert protocol version',
	'sslv3 alert handshake failure',
	'http request',
	'packet length too long',
	'tlsv1 unrecognized name',
	'tlsv1 alert unknown ca',
])('a handshake that ends with "%s": nothing was sent, and a retry is pointless', (words) => {
	expect(classify(openssl(words))).toEqual({
		result: { kind: 'failure', delivered: 'no', isPermanent: true },
		message: 'there is no https at this address, or only an outdated one',
	});
});

test.each([
	openssl('decryption failed or bad record mac'),
	axiosError({ code: 'ERR_SSL_WRONG_VERSION_NUMBER', message: 'wrong version number' }),
	axiosError({ code: 'ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC' }),
	axiosError({ code: 'HPE_INVALID_CONSTANT' }),
	axiosError({ code: 'HPE_HEADER_OVERFLOW' }),
	axiosError({ code: 'EPIPE', syscall: 'write' }),
	axiosError({ code: 'ETIMEDOUT', syscall: 'read' }),
	axiosError({ code: 'ECONNABORTED' }),
	axiosError({ code: 'ERR_BAD_RESPONSE' }),
	axiosError({ code: 'ECONNRESET', message: 'socket hang up' }),
])('what happens to a connection in use may have delivered the request (%#)', (error) => {
	expect(resultOf(error)).toMatchObject({ delivered: 'maybe', isPermanent: false });
});

test('a connection that ends during the handshake: nothing was sent', () => {
	const message = 'Client network socket disconnected before secure TLS connection was established';
	expect(classify(axiosError({ code: 'ECONNRESET', message }))).toEqual({
		result: { kind: 'failure', delivered: 'no', isPermanent: false },
		message: 'no connection could be made',
	});
});

test.each([
	['no socket yet', null, 'no'],
	['a socket that has written nothing', { _bytesDispatched: 0 }, 'no'],
	['a handshake under way', { secureConnecting: true, _bytesDispatched: 300 }, 'no'],
	['a secure socket', { secureConnecting: false, _bytesDispatched: 300 }, 'maybe'],
	['a socket that has written', { _bytesDispatched: 300 }, 'maybe'],
])('the socket of a failed request decides: %s', (_, socket, delivered) => {
	for (const code of ['ECONNABORTED', 'ERR_CANCELED', 'ECONNRESET', 'EPROTO']) {
		expect(resultOf(axiosError({ code, request: { socket } }))).toMatchObject({ delivered });
	}
});

test('words of a handshake on a connection in use may have come after the request', () => {
	const request = { socket: { secureConnecting: false, _bytesDispatched: 300 } };
	const message = 'write EPROTO: wrong version number';
	expect(resultOf(axiosError({ code: 'EPROTO', message, request }))).toMatchObject({
		delivered: 'maybe',
		isPermanent: false,
	});
});

test.each(['ERR_INVALID_URL', 'ERR_INVALID_CHAR', 'ERR_UNESCAPED_CHARACTERS'])(
	'%s: the request could not be made',
	(code) => {
		expect(resultOf(axiosError({ code }))).toMatchObject({ delivered: 'no', isPermanent: true });
	},
);

test.each([
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_GET_CRL',
	'CRL_HAS_EXPIRED',
	'INVALID_CA',
	'HOSTNAME_MISMATCH',
	'ERR_TLS_CERT_ALTNAME_INVALID',
])('%s is about the certificate', (code) => {
	expect(classify(axiosError({ code })).message).toBe('its certificate is not trusted');
	expect(resultOf(axiosError({ code }))).toMatchObject({ delivered: 'no', isPermanent: true });
});

test('a certificate that is not trusted: nothing was sent, and a retry is pointless', () => {
	expect(classify(axiosError({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }))).toEqual({
		result: { kind: 'failure', delivered: 'no', isPermanent: true },
		message: 'its certificate is not trusted',
	});
});

test('an error from before the request: nothing was sent, and a retry is pointless', () => {
	const result = { kind: 'failure', delivered: 'no', isPermanent: true };
	const error = new Error('The credential is empty');
	expect(classify(error)).toEqual({ result, message: 'The credential is empty' });
	expect(resultOf(thrownByN8n(error))).toEqual(result);
});

test('a node error of n8n without its cause: the request may have been sent', () => {
	const result = { kind: 'failure', delivered: 'maybe', isPermanent: false };
	expect(resultOf(thrownByN8n())).toEqual(result);
});

test('a failed login is a rejected credential', () => {
	const response = { status: 400, data: '{"error":"invalid_grant"}' };
	expect(classify(axiosError({ response, config: { url: `${url}/token` } }))).toMatchObject({
		result: { kind: 'response', status: 401 },
		body: { error: 'invalid_grant' },
	});
});

test('a login that cannot be reached: nothing was sent', () => {
	const error = axiosError({ code: 'ECONNRESET', config: { url: `${url}/token` } });
	expect(resultOf(error)).toMatchObject({ kind: 'failure', delivered: 'no' });
});

test.each([
	['ETIMEDOUT', 'no complete reply within 30 s'],
	['ERR_CANCELED', 'no complete reply within 30 s'],
	['ECONNREFUSED', 'the connection was refused'],
	['ENOTFOUND', 'there is no such host'],
	['EHOSTUNREACH', 'the host is out of reach'],
	['ECONNRESET', 'the connection was cut'],
])('%s in plain English, without the code', (code, message) => {
	expect(classify(axiosError({ code })).message).toBe(message);
});
