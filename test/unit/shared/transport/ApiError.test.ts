import {
	credentialChanged,
	requestFailed,
	vendorAway,
	waitLimitExceeded,
} from '../../../../nodes/shared/transport/ApiError';
import type { RetryDecision } from '../../../../nodes/shared/transport/retryPolicy';

type Failed = Exclude<RetryDecision, { next: 'accept' }>;

const vendor = {
	name: 'Vendor',
	hintFor: (status: number) => (status === 404 ? 'Check the campaign' : undefined),
};
const fail = (reason: 'rejected' | 'credential' | 'unavailable', isInDoubt = false): Failed => ({
	next: 'fail',
	reason,
	isInDoubt,
});
const retry = (pauseMs: number, isInDoubt = false): Failed => ({
	next: 'retry',
	delayMs: 1500,
	pauseMs,
	isInDoubt,
});

describe('the error after the last attempt', () => {
	it.each<[string, Failed, string, string]>([
		['a rejection', fail('rejected'), 'refused', 'Vendor refused the request'],
		['a bad credential', fail('credential'), 'credential', 'Vendor did not accept the credential'],
		['an outage', fail('unavailable'), 'notSent', 'Vendor could not be reached or did not answer'],
		['an outage that outlasts the budget', retry(0), 'notSent', 'could not be reached'],
		['a rate limit', retry(1500), 'notSent', 'asks to wait 2 s, longer than Max Retry Time allows'],
		['a lost response', { next: 'reconcile', pauseMs: 0 }, 'unknown', 'Outcome unknown'],
		['a lost response at the end', fail('unavailable', true), 'unknown', 'Outcome unknown'],
		['a lost response before the budget ends', retry(0, true), 'unknown', 'Outcome unknown'],
	])('%s', (_, decision, kind, message) => {
		const error = requestFailed(vendor, decision, false, {});
		expect(error.kind).toBe(kind);
		expect(error.message).toContain(message);
		expect(error.description).toMatch(/\w/);
	});

	it.each([
		[fail('rejected'), 400, 'refused'],
		[fail('rejected'), 409, 'refused'],
		[fail('rejected'), 404, 'unknown'],
		[fail('rejected'), 302, 'unknown'],
		[fail('credential'), 401, 'unknown'],
		[fail('unavailable'), undefined, 'unknown'],
		[retry(1500), 429, 'unknown'],
	])('after an attempt in doubt, %j with %s is %s', (decision, status, kind) => {
		expect(requestFailed(vendor, decision, true, { status }).kind).toBe(kind);
	});

	it('names the status and the message of the vendor', () => {
		const details = { status: 400, vendorMessage: 'Wrong region' };
		expect(requestFailed(vendor, fail('rejected'), false, details)).toMatchObject({
			message: 'Vendor refused the request (HTTP 400: Wrong region)',
			status: 400,
			vendorMessage: 'Wrong region',
		});
	});

	it('gives the advice of the vendor, of the kernel, or for a redirect', () => {
		const adviceFor = (status: number) =>
			requestFailed(vendor, fail('rejected'), false, { status }).description;
		expect(adviceFor(404)).toBe('Check the campaign');
		expect(adviceFor(400)).toBe('Correct the item and run it again');
		expect(adviceFor(302)).toContain('Check the Base URL');
	});
});

describe('why a request failed, as n8n reads it', () => {
	it.each<[string, Failed, number | undefined, object]>([
		['a rejection', fail('rejected'), 404, { cause: 'configuration-invalid' }],
		['a bad credential', fail('credential'), 401, { cause: 'credential-invalid' }],
		['no reply', fail('unavailable'), undefined, { cause: 'temporarily-unavailable' }],
		['an error of the vendor', retry(0), 500, { cause: 'temporarily-unavailable' }],
		['a rate limit', retry(1500), 429, { cause: 'rate-limited', retryAfterMs: 1500 }],
		['a pause', retry(1500), 503, { cause: 'temporarily-unavailable', retryAfterMs: 1500 }],
	])('%s', (_, decision, status, failure) => {
		expect(requestFailed(vendor, decision, false, { status }).failure).toEqual(failure);
	});

	it('a rate limit that an earlier request met', () => {
		expect(waitLimitExceeded(vendor, 9_000).failure).toEqual({
			cause: 'rate-limited',
			retryAfterMs: 9_000,
		});
	});

	it('a vendor that is away, or a credential that was just changed: the next poll may succeed', () => {
		const soon = { cause: 'temporarily-unavailable' };
		expect(vendorAway(vendor, 1_000, {}).failure).toEqual(soon);
		expect(credentialChanged.failure).toEqual(soon);
	});
});

describe('vendorAway', () => {
	it('says how long, and what to do', () => {
		expect(vendorAway({ name: 'Acme' }, 299_500, {})).toMatchObject({
			kind: 'notSent',
			message: 'Not sent: Acme has given no usable reply for 300 s',
			description: expect.stringContaining('raise Max Retry Time'),
		});
	});

	it('says that redirects are not followed, if that is what the vendor answers', () => {
		const error = vendorAway({ name: 'Acme' }, 1_000, { status: 307 });
		expect(error.description).toContain('Redirects are not followed');
	});
});
