import fc from 'fast-check';
import {
	redactSecrets,
	collapseWhitespace,
	echoesRequest,
	pickSecrets,
	sanitizeMessage,
	truncate,
} from '../../../../nodes/shared/transport/redact';

describe('redactSecrets', () => {
	test.each([
		['Bad key abc', ['abc'], 'Bad key ***'],
		['abcdef and abc', ['abc', 'abcdef'], '*** and ***'],
		['Bearer 0123456789abcdef has no such campaign', [], 'Bearer *** has no such campaign'],
		['Authorization: Basic YXBpX2tleTo=, sent', [], 'Authorization: Basic ***, sent'],
		['token: 0123456789abcdef', [], 'token: ***'],
		['eyJhbGciOi.eyJzdWIi.c2ln is over', [], '*** is over'],
		['Basic authentication required', [], 'Basic authentication required'],
		['Bearer authentication required', [], 'Bearer authentication required'],
		['The token is missing', [], 'The token is missing'],
		['lead_QyNaWw4fdSwxl5Mc5daMFf3Y27PpIcH0awPbC9l7uyo is gone', [], undefined],
	])('%j with %j', (message, secrets, expected) => {
		expect(redactSecrets(message, secrets)).toBe(expected ?? message);
	});

	test('no secret is left in any message', () => {
		const secret = fc.stringMatching(/^[A-Za-z0-9]{8,40}$/);
		fc.assert(
			fc.property(fc.array(secret, { minLength: 1 }), fc.array(fc.string()), (secrets, texts) => {
				const message = secrets.map((each, index) => `${texts[index] ?? ''}${each}`).join('');
				const masked = redactSecrets(message, secrets);
				for (const each of secrets) expect(masked).not.toContain(each);
			}),
		);
	});
});

test('a message becomes one short line', () => {
	expect(collapseWhitespace(' a\n\tb ')).toBe('a b');
	expect(collapseWhitespace(undefined)).toBe('');
	expect(truncate('x'.repeat(301))).toBe(`${'x'.repeat(300)}…`);
	expect(truncate('x'.repeat(300))).toHaveLength(300);
});

describe('echoesRequest', () => {
	const ann = { lead_id: 42, phone_number: '+15095551234', contact_name: 'Ann Miller' };
	const bob = { lead_id: 43, phone_number: '+15095551235', contact_name: 'Bob Miller' };
	const rich = { ...ann, city: 'Spokane', source: 'spring-form', state_code: 'WA' };

	test.each([
		['The phone number +15095551234 is invalid', ann],
		['The phone number +15095551234 is invalid', { campaign_id: 1, phone_number: '+15095551234' }],
		['The phone number +15095551234 is invalid', [ann]],
		['+15095551234 in Spokane is invalid', rich],
		['Person 12 is invalid', [{ name: 'Person 1' }, { name: 'Person 13' }]],
		[
			'lead_a1B2 cannot be merged into lead_c3D4',
			{ source: 'lead_a1B2', destination: 'lead_c3D4' },
		],
		['WA is no state', [rich, rich]],
		['Campaign is closed', [ann, bob]],
		['Campaign is closed', undefined],
	])('%j does not echo the request', (message, body) => {
		expect(echoesRequest(message, body)).toBe(false);
	});

	test.each([
		[JSON.stringify({ ...ann, lead_id: 10042 }), { ...ann, lead_id: 10042 }],
		['Ann Miller of Spokane came by spring-form', rich],
		['The phone number +15095551234 is invalid', [ann, bob]],
		['Ann Miller, Bob Miller', [ann, bob]],
		['10042: +15095551234, call me', { lead_id: 10042, phone: '+15095551234', note: 'call\nme' }],
	])('%j echoes the request', (message, body) => {
		expect(echoesRequest(message, body)).toBe(true);
	});

	test('a batch is never echoed, however small its leads', () => {
		const lead = fc.record({ id: fc.nat(999), phone: fc.stringMatching(/^\+1\d{10}$/) });
		const batch = fc.uniqueArray(lead, { minLength: 2, selector: ({ phone }) => phone });
		fc.assert(
			fc.property(batch, fc.string(), (leads, before) => {
				const message = collapseWhitespace(`${before} ${JSON.stringify(leads)}`);
				expect(echoesRequest(message, leads)).toBe(true);
			}),
		);
	});
});

test('a sanitized message is one short line without secrets, or undefined', () => {
	expect(sanitizeMessage(' Bad key\n abc ', undefined, ['abc'])).toBe('Bad key ***');
	expect(sanitizeMessage(`${'x'.repeat(299)}abc`, undefined, ['abc'])).toBe(`${'x'.repeat(299)}*…`);
	expect(sanitizeMessage(' \n', undefined, [])).toBeUndefined();
	expect(sanitizeMessage('Ann Miller', [{ name: 'Ann Miller' }, {}], [])).toBeUndefined();
});

test('secrets are the filled-in fields of a credential', () => {
	const credentials = { apiKey: 'a', clientSecret: '', token: ' b ', baseUrl: 'c' };
	expect(pickSecrets(credentials, ['apiKey', 'clientSecret', 'token', 'other'])).toEqual([
		'a',
		'b',
	]);
});
