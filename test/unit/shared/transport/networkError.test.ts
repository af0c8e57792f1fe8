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
