import fc from 'fast-check';
import {
	redactSecrets,
	collapseWhitespace,
	echoesRequest,
	truncate,
} from '../../../../nodes/shared/transport/redact';

describe('mask', () => {
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
	])('%j with %j', (words, secrets, expected) => {
		expect(redactSecrets(words, secrets)).toBe(expected ?? words);
	});

	test('no secret is left, whatever the words', () => {
		const secret = fc.stringMatching(/^[A-Za-z0-9]{8,40}$/);
		fc.assert(
			fc.property(fc.array(secret, { minLength: 1 }), fc.array(fc.string()), (secrets, texts) => {
				const words = secrets.map((each, index) => `${texts[index] ?? ''}${each}`).join('');
				const masked = redactSecrets(words, secrets);
				for (const each of secrets) expect(masked).not.toContain(each);
			}),
		);
	});
});

test('words are one line, and no longer than people read', () => {
	expect(collapseWhitespace(' a\n\tb ')).toBe('a b');
	expect(collapseWhitespace(undefined)).toBe('');
	expect(truncate('x'.repeat(301))).toBe(`${'x'.repeat(300)}…`);
	expect(truncate('x'.repeat(300))).toHaveLength(300);
});

describe('repeatsRequest', () => {
	const ann = { lead_id: 42, phone_number: '+15095551234', contact_name: 'Ann Miller' };
	const bob = { lead_id: 43, phone_number: '+15095551235', contact_name: 'Bob Miller' };
	const rich = { ...ann, city: 'Spokane', source: 'spring-form', state_code: 'WA' };

	test.each([
		['The phone number +15095551234 is invalid', ann],
		['The phone number +15095551234 is invalid', { campaign_id: 1, phone_number: '+15095551234' }],
		['+15095551234 in Spokane is invalid', rich],
		['The phone number +15095551234 is invalid', [ann, bob]],
		['Unknown city Spokane', [rich, { ...bob, city: 'Spokane' }]],
		['Ann Miller of Spokane is invalid', [rich, { ...bob, city: 'Spokane' }]],
		['Person 12 is invalid', [{ name: 'Person 1' }, { name: 'Person 12' }]],
		[
			'lead_a1B2 cannot be merged into lead_c3D4',
			{ source: 'lead_a1B2', destination: 'lead_c3D4' },
		],
		['WA is no state', [rich, rich]],
		['Campaign is closed', [ann, bob]],
		['Campaign is closed', undefined],
	])('%j says something of the request', (words, body) => {
		expect(echoesRequest(words, body)).toBe(false);
	});

	test.each([
		[JSON.stringify(ann), ann],
		['Ann Miller, +15095551234', ann],
		['Ann Miller of Spokane came by spring-form', rich],
		['+15095551234 and +15095551235 are there', [ann, bob]],
		['Ann Miller, Bob Miller', [ann, bob]],
		['10042: Ann Miller', { lead_id: 10042, contact_name: 'Ann Miller' }],
		['lead_a1B2: call me', { lead_id: 'lead_a1B2', note: 'call\nme' }],
	])('%j repeats the request', (words, body) => {
		expect(echoesRequest(words, body)).toBe(true);
	});

	test('a whole list is never repeated, however little its leads hold', () => {
		const lead = fc.record({ id: fc.nat(999), phone: fc.stringMatching(/^\+1\d{10}$/) });
		const list = fc.uniqueArray(lead, { minLength: 2, selector: ({ phone }) => phone });
		fc.assert(
			fc.property(list, fc.string(), (leads, before) => {
				expect(echoesRequest(`${collapseWhitespace(before)} ${JSON.stringify(leads)}`, leads)).toBe(
					true,
				);
			}),
		);
	});
});
