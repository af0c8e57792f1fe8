import type { IDataObject } from 'n8n-workflow';
import { extractErrorMessage } from '../../../../nodes/shared/transport/errorMessage';
import { readCallError, readResponse } from '../../../../nodes/shared/transport/readResponse';
import { hasId } from '../../../../nodes/shared/transport/responseValidators';
import { asText, getOwn } from '../../../../nodes/shared/values/json';

const vendor = { parseErrorMessage: (body: unknown) => asText(getOwn(body, 'message')) };
const any = { validateBody: () => true };
const read = (response: object, request = {}) =>
	readResponse(response, { ...any, ...request }, vendor);
const json = (statusCode: number, body: unknown, headers = {}) => ({
	statusCode,
	headers,
	body: JSON.stringify(body),
});

describe('readResponse', () => {
	it('reads status, body, rate limit and the clock of the vendor', () => {
		const headers = {
			date: 'Sat, 21 Nov 2026 12:00:09 GMT',
			ratelimit: 'limit=100, remaining=50, reset=5',
		};
		const rateLimit = { limit: 100, remaining: 50, resetMs: 5000 };
		expect(read(json(201, { id: 1 }, headers))).toMatchObject({
			result: { kind: 'response', status: 201, isUsable: true, rateLimit },
			status: 201,
			body: { id: 1 },
			answeredAt: Date.parse('2026-11-21T12:00:09Z'),
			rateLimit,
			isAccepted: true,
		});
	});

	it('reads a wait from the body of a 429, if no header states one', () => {
		const stating = { ...vendor, statedWait: (body: unknown) => getOwn(body, 'wait') };
		const waitOf = (status: number, wait: unknown, headers = {}) =>
			readResponse(json(status, { wait }, headers), any, stating).rateLimit?.retryAfterMs;
		expect(waitOf(429, 7)).toBe(7000);
		expect(waitOf(429, '2.5')).toBe(2500);
		expect(waitOf(429, 7, { 'retry-after': '3' })).toBe(3000);
		expect(waitOf(400, 7)).toBeUndefined();
		for (const odd of [-1, 1e9, 'soon', {}, null]) expect(waitOf(429, odd)).toBeUndefined();
		expect(read(json(429, { wait: 7 })).rateLimit?.retryAfterMs).toBeUndefined();
	});

	it('has no failure message for a usable or an expected response', () => {
		expect(read(json(200, { message: 'Done' })).failureMessage).toBeUndefined();
		const missing = read(json(404, { message: 'Not found' }), { expectedStatuses: [404] });
		expect(missing.failureMessage).toBeUndefined();
	});

	it('passes on the message of an error response', () => {
		expect(read(json(404, { message: 'Not found' })).failureMessage).toBe('Not found');
	});

	it.each([
		['is not JSON', { statusCode: 200, body: '<html>' }],
		['has no body at all', { statusCode: 200 }],
		['reports a failure', json(200, { success: false, message: 'No quota' })],
		['lacks the documented record', json(200, { message: 'No ID' })],
	])('a 2xx that %s is unusable', (_, response) => {
		expect(read(response, { validateBody: hasId }).result).toMatchObject({ isUsable: false });
	});

	it('a 2xx that reports a failure has a failure message', () => {
		expect(read(json(200, { error: true, message: 'No quota' })).failureMessage).toBe('No quota');
	});

	it('an empty 2xx is usable', () => {
		expect(read({ statusCode: 204, body: '' })).toMatchObject({
			result: { isUsable: true },
			body: undefined,
		});
	});

	it('429 and 503 were turned away, any other status was accepted', () => {
		const statuses = [200, 302, 400, 429, 500, 503];
		const accepted = statuses.filter((status) => read(json(status, {})).isAccepted);
		expect(accepted).toEqual([200, 302, 400, 500]);
	});
});

it('passes on only the main message of a reply to a batch', () => {
	const parser = { parseErrorMessage: extractErrorMessage };
	const reply = json(400, { message: 'Bad list', errors: { name: ['Ann Miller is unknown'] } });
	const messageFor = (body: IDataObject[]) =>
		readResponse(reply, { ...any, body }, parser).failureMessage;
	expect(messageFor([{}, {}])).toBe('Bad list');
	expect(messageFor([{}])).toBe('Bad list; name: Ann Miller is unknown');
});

describe('readCallError', () => {
	const url = 'https://api.vendor.example/leads';
	const readError = (error: unknown) => readCallError(error, url, 30_000, vendor, {});

	it('passes on what the vendor said with a 401', () => {
		const response = { status: 401, data: '{"message":"Token expired"}' };
		expect(readError({ isAxiosError: true, response, config: { url } })).toMatchObject({
			status: 401,
			failureMessage: 'Token expired',
			isAccepted: false,
		});
	});

	it('has no status without a response, and says what happened on the network', () => {
		const attempt = readError({ isAxiosError: true, code: 'ECONNREFUSED' });
		expect(attempt.status).toBeUndefined();
		expect(attempt.failureMessage).toBe('the connection was refused');
		expect(attempt.isAccepted).toBe(false);
	});
});
