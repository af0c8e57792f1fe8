import { classifyNetworkError } from '../../../../nodes/shared/transport/networkError';

const url = 'https://api.vendor.example/leads';
const exchangeOf = (error: unknown) => classifyNetworkError(error, url, 30_000).result;
const asN8nThrows = (cause?: object) => ({ name: 'NodeApiError', message: 'Words', cause });

test.each(['ECONNREFUSED', 'ENOTFOUND'])('%s: nothing was sent', (code) => {
	const error = asN8nThrows({ isAxiosError: true, code });
	expect(exchangeOf(error)).toEqual({ kind: 'failure', reached: 'no', permanent: false });
});

test('a reset may come after the write', () => {
	const error = asN8nThrows({ isAxiosError: true, code: 'ECONNRESET' });
	expect(exchangeOf(error)).toEqual({ kind: 'failure', reached: 'maybe', permanent: false });
});

test('a host that goes out of reach while its reply is awaited may have the lead', () => {
	const failure = { isAxiosError: true, code: 'EHOSTUNREACH' };
	const reached = (syscall: string) => exchangeOf(asN8nThrows({ ...failure, syscall }));
	expect(reached('connect')).toMatchObject({ reached: 'no' });
	expect(reached('read')).toMatchObject({ reached: 'maybe' });
});

test('what failed before any request was sent: nothing was sent, and another try is no use', () => {
	const failure = { kind: 'failure', reached: 'no', permanent: true };
	expect(exchangeOf(new Error('The credential is empty'))).toEqual(failure);
	expect(exchangeOf(asN8nThrows(new Error('The credential is empty')))).toEqual(failure);
});

test('an error of n8n that lost its cause: the vendor may have the lead', () => {
	expect(exchangeOf(asN8nThrows())).toEqual({
		kind: 'failure',
		reached: 'maybe',
		permanent: false,
	});
});

test('a sign-in that failed is a refused credential', () => {
	const response = { status: 400, data: '{"error":"invalid_grant"}' };
	const error = asN8nThrows({ isAxiosError: true, response, config: { url: `${url}/token` } });
	expect(classifyNetworkError(error, url, 30_000)).toMatchObject({
		result: { kind: 'reply', status: 401 },
		body: { error: 'invalid_grant' },
	});
});
