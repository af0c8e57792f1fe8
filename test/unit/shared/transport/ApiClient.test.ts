import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { InvalidInputError } from '../../../../nodes/shared/errors/InvalidInputError';
import { ApiClient } from '../../../../nodes/shared/transport/ApiClient';
import { extractErrorMessage } from '../../../../nodes/shared/transport/errorMessage';
import { RecordingClient } from '../../../../nodes/shared/transport/RecordingClient';
import { pickSecrets } from '../../../../nodes/shared/transport/redact';
import type { ApiRequest, ClientContext } from '../../../../nodes/shared/transport/request';
import type { Vendor } from '../../../../nodes/shared/transport/vendor';

const vendor: Vendor = {
	name: 'Vendor',
	credential: 'vendorApi',
	credentialsByAuthentication: new Map([['login', 'vendorLoginApi']]),
	readAccount: (credentials) => ({
		baseUrl: 'https://api.vendor.example',
		secrets: pickSecrets(credentials, ['apiKey']),
		accountKey: 'account',
	}),
	parseErrorMessage: extractErrorMessage,
	authErrorStatuses: [401],
	defaultConcurrency: 10,
	requestsPerMinute: 0,
};
const create: ApiRequest = {
	method: 'POST',
	path: ['leads'],
	body: { name: 'Ann' },
	safety: 'unsafe',
	validateBody: () => true,
	rateLimitGroup: 'leads',
};
const read: ApiRequest = { ...create, method: 'GET', body: undefined, safety: 'safe' };
const update: ApiRequest = { ...create, method: 'PUT', safety: 'idempotent' };

const json = (statusCode: number, body: unknown = {}, headers = {}) => ({
	statusCode,
	headers,
	body: JSON.stringify(body),
});
const networkError = (code: string) => Object.assign(new Error(code), { code });

/** An answer that never comes. */
const hang = async (signal: AbortSignal) =>
	await new Promise((_, reject) => {
		signal.addEventListener('abort', () => reject(networkError('ERR_CANCELED')));
	});

interface Options {
	giveUpAfterMs?: number;
	timeoutMs?: number;
	signal?: AbortSignal;
	credentials?: () => Promise<ICredentialDataDecryptedObject>;
}

let limiters = 0;

/** A client whose HTTP helper answers from a list, the last answer for good; an error is thrown. */
async function clientOf(answers: unknown[], options: Options = {}) {
	const calls: Array<{ at: number; request: Record<string, unknown>; signal: AbortSignal }> = [];
	const started = Date.now();
	async function httpRequestWithAuthentication(
		this: { getExecutionCancelSignal(): AbortSignal },
		_type: string,
		request: Record<string, unknown>,
	) {
		calls.push({ at: Date.now() - started, request, signal: this.getExecutionCancelSignal() });
		const answer = answers[Math.min(calls.length, answers.length) - 1];
		if (answer instanceof Error) throw answer;
		return await (typeof answer === 'function' ? answer(this.getExecutionCancelSignal()) : answer);
	}
	const { giveUpAfterMs = 300_000, timeoutMs = 30_000, signal } = options;
	const context: ClientContext = Object.assign(Object.create(null), {
		// A rate limiter of its own.
		getNode: () => ({ parameters: {}, credentials: { vendorApi: { id: `${limiters++}` } } }),
		getCredentials: options.credentials ?? (async () => ({ apiKey: 'secret-key' })),
		helpers: { httpRequestWithAuthentication },
	});
	const settings = { timeoutMs, giveUpAfterMs, requestsPerMinute: 0, maxConcurrentRequests: 10 };
	return { client: await ApiClient.open(context, vendor, settings, { signal }), calls };
}

/** Sends a request and lets all its waits pass. */
async function send(client: ApiClient, request: ApiRequest) {
	const pending = client.request(request);
	pending.catch(() => {});
	await jest.advanceTimersByTimeAsync(3_600_000);
	return await pending;
}

beforeEach(() => {
	jest.useFakeTimers();
	// No jitter: the backoff is 500 ms, 1 s, 2 s, …
	jest.spyOn(Math, 'random').mockReturnValue(1);
});
afterEach(() => {
	expect(jest.getTimerCount()).toBe(0);
	jest.useRealTimers();
	jest.restoreAllMocks();
});

describe('ApiClient', () => {
	it('sends JSON to the URL of the account and returns the response', async () => {
		const { client, calls } = await clientOf([
			json(201, { id: 7 }, { date: 'Sat, 21 Nov 2026 12:00:09 GMT' }),
		]);
		expect(await send(client, create)).toEqual({
			status: 201,
			body: { id: 7 },
			afterLostResponse: false,
			answeredAt: Date.parse('2026-11-21T12:00:09Z'),
		});
		expect(calls[0]?.request).toMatchObject({
			method: 'POST',
			url: 'https://api.vendor.example/leads',
			body: '{"name":"Ann"}',
			headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
			disableFollowRedirect: true,
		});
	});

	it('sends nothing for a path segment that cannot be an ID', async () => {
		const { client, calls } = await clientOf([json(200)]);
		await expect(client.request({ ...read, path: ['leads', '..'] })).rejects.toThrow(
			InvalidInputError,
		);
		expect(calls).toHaveLength(0);
	});

	it('retries an outage with a growing delay, and gives up after five attempts', async () => {
		const { client, calls } = await clientOf([json(502, { message: 'Down' })]);
		await expect(send(client, read)).rejects.toMatchObject({
			kind: 'notSent',
			message: 'Vendor could not be reached or did not answer (HTTP 502: Down)',
		});
		expect(calls.map(({ at }) => at)).toEqual([0, 500, 1500, 3500, 7500]);
	});

	it('starts no delay that Max Retry Time does not allow', async () => {
		const { client, calls } = await clientOf([json(502)], { giveUpAfterMs: 1500 });
		await expect(send(client, read)).rejects.toMatchObject({ kind: 'notSent' });
		expect(calls.map(({ at }) => at)).toEqual([0, 500, 1500]);
	});

	it('sends an unsafe request once if its response is lost', async () => {
		const { client, calls } = await clientOf([networkError('ECONNRESET')]);
		await expect(send(client, create)).rejects.toMatchObject({ kind: 'unknown' });
		expect(calls).toHaveLength(1);
	});

	it('sends an unsafe request again that never left', async () => {
		const { client, calls } = await clientOf([networkError('ECONNREFUSED'), json(201)]);
		expect(await send(client, create)).toMatchObject({ status: 201, afterLostResponse: false });
		expect(calls).toHaveLength(2);
	});

	it('sends an idempotent request again, and reports that an attempt was lost', async () => {
		const { client } = await clientOf([networkError('ECONNRESET'), json(200)]);
		expect(await send(client, update)).toMatchObject({ status: 200, afterLostResponse: true });
	});

	it('is in doubt about an idempotent request that was lost and then not answered', async () => {
		const { client } = await clientOf([networkError('ECONNRESET'), json(401)]);
		await expect(send(client, update)).rejects.toMatchObject({ kind: 'unknown', status: 401 });
	});

	it('waits for a rate limit as often as Max Retry Time allows', async () => {
		const limited = json(429, {}, { 'retry-after': '100' });
		const { client, calls } = await clientOf([limited]);
		await expect(send(client, create)).rejects.toMatchObject({
			kind: 'notSent',
			message: 'Vendor asks to wait 100 s, longer than Max Retry Time allows (HTTP 429)',
		});
		expect(calls.map(({ at }) => at)).toEqual([0, 100_000, 200_000, 300_000]);
	});

	it('lets a rate limit delay the other requests of the group', async () => {
		const limited = json(429, {}, { 'retry-after': '10' });
		const { client, calls } = await clientOf([limited, json(200)]);
		const first = client.request(read);
		await jest.advanceTimersByTimeAsync(1000);
		const second = client.request(read);
		await jest.advanceTimersByTimeAsync(60_000);
		await Promise.all([first, second]);
		expect(calls.map(({ at }) => at)).toEqual([0, 10_000, 10_000]);
	});

	it('counts as in doubt from the start after an attempt of an earlier run', async () => {
		const { client } = await clientOf([json(200), json(404), json(400)]);
		const resumed = client.withPriorAttempt();
		expect(await send(resumed, update)).toMatchObject({ afterLostResponse: true });
		await expect(send(resumed, create)).rejects.toMatchObject({ kind: 'unknown', status: 404 });
		await expect(send(resumed, create)).rejects.toMatchObject({ kind: 'refused', status: 400 });
	});

	it('aborts a request at the timeout', async () => {
		const { client, calls } = await clientOf([hang], { timeoutMs: 2000 });
		await expect(send(client, create)).rejects.toMatchObject({
			kind: 'unknown',
			vendorMessage: 'no complete reply within 2 s',
		});
		expect(calls[0]?.signal.aborted).toBe(true);
	});

	it.each([
		['a request', create, hang],
		['a wait', read, json(502)],
	])('ends %s when the execution is canceled', async (_, request, answer) => {
		const cancel = new AbortController();
		const { client, calls } = await clientOf([answer], { signal: cancel.signal });
		const failure = expect(client.request(request)).rejects.toThrow('canceled');
		await jest.advanceTimersByTimeAsync(100);
		cancel.abort(new Error('canceled'));
		await failure;
		expect(calls).toHaveLength(1);
	});

	it('masks secrets in the message of the vendor, also a new token', async () => {
		const credentials = jest.fn(async () => ({ apiKey: 'new-key' }));
		credentials.mockResolvedValueOnce({ apiKey: 'old-key' });
		const { client } = await clientOf([json(400, { message: 'Not old-key, not new-key' })], {
			credentials,
		});
		await expect(send(client, create)).rejects.toMatchObject({ vendorMessage: 'Not ***, not ***' });
	});

	it('shows no message of the vendor if the credential cannot be read any more', async () => {
		const credentials = jest.fn().mockRejectedValue(new Error('gone'));
		credentials.mockResolvedValueOnce({ apiKey: 'old-key' });
		const { client } = await clientOf([json(400, { message: 'Not new-key' })], { credentials });
		await expect(send(client, create)).rejects.toMatchObject({
			message: 'Vendor refused the request (HTTP 400)',
		});
	});

	it('uses the credential of the chosen authentication', async () => {
		const context: ClientContext = Object.assign(Object.create(null), {
			getNode: () => ({
				parameters: { authentication: 'login' },
				credentials: { vendorLoginApi: { id: null, name: 'My login' } },
			}),
			getCredentials: async () => ({}),
		});
		const settings = { timeoutMs: 1, giveUpAfterMs: 1, requestsPerMinute: 0, maxConcurrentRequests: 10 };
		const { credential } = await ApiClient.open(context, vendor, settings);
		expect(credential).toEqual({ type: 'vendorLoginApi', id: 'My login' });
	});
});

describe('RecordingClient', () => {
	it('records requests, sends none, and returns an empty success', async () => {
		const { client, calls } = await clientOf([json(201)]);
		const recorder = RecordingClient.of(client);
		const empty = { status: 200, body: undefined, afterLostResponse: false };
		expect(await recorder.request(create)).toMatchObject(empty);
		expect(await recorder.withPriorAttempt().request(read)).toMatchObject(empty);
		const url = 'https://api.vendor.example/leads';
		expect(recorder.requests).toEqual([
			{ method: 'POST', url, body: { name: 'Ann' } },
			{ method: 'GET', url, body: undefined },
		]);
		expect(recorder.account).toBe(client.account);
		expect(calls).toHaveLength(0);
	});

	it('rejects a path segment that cannot be an ID, as the real client does', async () => {
		const { client } = await clientOf([]);
		const recorder = RecordingClient.of(client);
		await expect(recorder.request({ ...read, path: ['.'] })).rejects.toThrow(InvalidInputError);
		expect(recorder.requests).toHaveLength(0);
	});
});
