import type { IWebhookFunctions } from 'n8n-workflow';
import { createHmac } from 'crypto';
import fc from 'fast-check';
import {
	hasValidToken,
	hmacSha256,
	isWithinTolerance,
	secretsEqual,
	MIN_TOKEN_LENGTH,
	readToken,
	TIMESTAMP_TOLERANCE_MS,
} from '../../../../nodes/shared/trigger/webhookSignature';

const secret = fc.string({ minLength: 1 }).filter((text) => text.trim() === text);
const token = 'q'.repeat(MIN_TOKEN_LENGTH);

describe('hmacSha256', () => {
	it('gives what RFC 4231 has, case 2', () => {
		expect(hmacSha256('Jefe', 'what do ya want ', Buffer.from('for nothing?'))).toBe(
			'5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
		);
	});

	it('takes the parts one after the other, with nothing in between', () => {
		fc.assert(
			fc.property(fc.uint8Array(), fc.array(fc.uint8Array()), (key, parts) => {
				const whole = createHmac('sha256', key).update(Buffer.concat(parts)).digest('hex');
				return hmacSha256(Buffer.from(key), ...parts.map((part) => Buffer.from(part))) === whole;
			}),
		);
	});
});

describe('sameSecret', () => {
	it('is true for the same text and for no other', () => {
		fc.assert(
			fc.property(secret, secret, (one, other) => {
				return secretsEqual(one, one) && secretsEqual(one, other) === (one === other);
			}),
		);
	});

	it('is false for a beginning, an end, and more than the secret', () => {
		fc.assert(
			fc.property(secret, fc.nat(), (text, at) => {
				const cut = at % text.length;
				return ![text.slice(0, cut), text.slice(cut + 1), `${text}${text}`].some((given) =>
					secretsEqual(given, text),
				);
			}),
		);
	});

	it.each([undefined, ''])('is false whatever comes when %p is expected', (expected) => {
		fc.assert(fc.property(fc.anything(), (given) => !secretsEqual(given, expected)));
		for (const given of ['', 'undefined', 'null', undefined, null]) {
			expect(secretsEqual(given, expected)).toBe(false);
		}
	});

	it('does not throw, whatever comes', () => {
		fc.assert(
			fc.property(fc.anything(), secret, (given, text) => {
				return typeof secretsEqual(given, text) === 'boolean';
			}),
		);
	});
});

describe('isFresh', () => {
	const now = 1_800_000_000_000;

	it('holds for 300 seconds on both sides', () => {
		expect(TIMESTAMP_TOLERANCE_MS).toBe(300_000);
		fc.assert(
			fc.property(fc.integer({ min: -1e9, max: 1e9 }), (offset) => {
				return isWithinTolerance(now + offset, now) === Math.abs(offset) <= 300_000;
			}),
		);
	});

	it.each([undefined, NaN, Infinity, -Infinity])('does not hold for %p', (signedAt) => {
		expect(isWithinTolerance(signedAt, now)).toBe(false);
	});
});

describe('bringsToken', () => {
	it.each([
		['the query', { query: { token }, headers: {} }],
		['a header', { query: {}, headers: { 'x-webhook-token': token } }],
		['a Bearer token', { query: {}, headers: { authorization: `Bearer ${token}` } }],
		[
			'one of them, others being wrong',
			{ query: { token: 'x' }, headers: { 'x-webhook-token': token } },
		],
	])('finds it in %s', (_what, request) => {
		expect(hasValidToken(request, token)).toBe(true);
		expect(hasValidToken(request, `${token}q`)).toBe(false);
		expect(hasValidToken(request, undefined)).toBe(false);
		expect(hasValidToken(request, '')).toBe(false);
	});

	it.each([
		['nothing', { query: {}, headers: {} }],
		['a list', { query: { token: [token] }, headers: {} }],
		['what is inherited', { query: Object.create({ token }), headers: {} }],
		['Basic', { query: {}, headers: { authorization: `Basic ${token}` } }],
		['Bearer with more', { query: {}, headers: { authorization: `Bearer ${token} x` } }],
		['no request', { query: undefined, headers: null }],
	])('is not satisfied with %s', (_what, request) => {
		expect(hasValidToken(request, token)).toBe(false);
	});
});

test('a token that was shortened while the workflow is active accepts nothing, and the log says so', () => {
	const warnings: string[] = [];
	const context = {
		getNode: () => ({ name: 'Trigger' }),
		logger: { warn: (message: string) => warnings.push(message) },
	} as unknown as IWebhookFunctions;
	expect(readToken(context, token)).toBe(token);
	expect(readToken(context, undefined)).toBeUndefined();
	expect(warnings).toEqual([]);
	expect(readToken(context, token.slice(1))).toBeUndefined();
	expect(warnings).toEqual([expect.stringContaining('fewer than 16 characters')]);
});
