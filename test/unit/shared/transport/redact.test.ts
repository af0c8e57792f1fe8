import fc from 'fast-check';
import {
	redactSecrets,
	repeatsSecret,
	echoesRequest,
	pickSecrets,
	sanitizeMessage,
	truncate,
	WITHHELD,
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
	expect(sanitizeMessage(' a\n\tb ', undefined, [])).toBe('a b');
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
		['Ann12 is invalid', [{ name: 'Ann1' }, { name: 'Ann13' }]],
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
		['Miller is no last name', [ann, bob]],
		['Person 12 is invalid', [{ name: 'Person 1' }, { name: 'Person 13' }]],
		['10042: +15095551234, call me', { lead_id: 10042, phone: '+15095551234', note: 'call\nme' }],
	])('%j echoes the request', (message, body) => {
		expect(echoesRequest(message, body)).toBe(true);
	});

	const jose = { name: 'José Núñez-Ibáñez', email: 'jose@núñez.example', phone: '+15095551234' };
	const note = 'Call after six, ask for the blue house with the dog at the corner';
	const spellings: Array<[string, string]> = [
		['JSON', String.raw`{"name":"Jos\u00e9 N\u00fa\u00f1ez-Ib\u00e1\u00f1ez"}`],
		['JSON inside of JSON', String.raw`\"Jos\\u00e9 N\\u00fa\\u00f1ez-Ib\\u00e1\\u00f1ez\"`],
		['a form', 'name=Jos%C3%A9+N%C3%BA%C3%B1ez-Ib%C3%A1%C3%B1ez&x=1'],
		['a form inside of a form', encodeURIComponent(encodeURIComponent(jose.name))],
		['HTML', 'Jos&eacute; N&uacute;&ntilde;ez-Ib&aacute;&ntilde;ez'],
		['HTML by number', 'Jos&#233; N&#xFA;&#241;ez-Ib&#225;&#xf1;ez'],
		['JavaScript', String.raw`Jos\xe9 N\xfa\xf1ez-Ib\xe1\xf1ez`],
		['an e-mail', 'Jos=C3=A9 N=C3=BA=C3=B1ez-Ib=C3=A1=C3=B1ez'],
		['capitals', 'JOSÉ NÚÑEZ-IBÁÑEZ'],
		['no accents', 'jose nunez ibanez'],
		['decomposed letters', jose.name.normalize('NFD')],
		['wide letters', 'Ｊｏｓé Ｎúñｅｚ-Ｉｂáñｅｚ'],
		['several lines', 'José Núñ\nez-Ibá\r\nñez'],
		['invisible characters', 'Jo\u200bsé Nú\u00adñez-Ibáñez'],
		['a number with spaces', 'No such number: +1 (509) 555-1234'],
		['a number in a form', 'phone=%2B15095551234'],
		['an address in HTML', 'jose&commat;n&uacute;&ntilde;ez&period;example'],
		['a piece of a text', `The text ${note.slice(9, 50)}… is too long`],
	];
	test.each(spellings)('a batch is recognized in %s', (_, message) => {
		const batch = [{ ...jose, note }, ann];
		expect(echoesRequest(message, batch)).toBe(true);
		expect(echoesRequest(message, { batch: [[batch]] })).toBe(false);
	});

	test('a single lead in any spelling is a copy if it has three of its values', () => {
		const encoded = new URLSearchParams({ ...jose }).toString();
		for (const message of [
			encoded,
			encodeURIComponent(encoded),
			JSON.stringify(jose).toUpperCase(),
		]) {
			expect(echoesRequest(message, jose)).toBe(true);
		}
		expect(echoesRequest(`Number ${encodeURIComponent(jose.phone)} is invalid`, jose)).toBe(false);
	});

	test('a batch is never echoed, however small its leads', () => {
		const lead = fc.record({ id: fc.nat(999), phone: fc.stringMatching(/^\+1\d{10}$/) });
		const batch = fc.uniqueArray(lead, { minLength: 2, selector: ({ phone }) => phone });
		fc.assert(
			fc.property(batch, fc.string(), (leads, before) => {
				const message = `${before} ${JSON.stringify(leads)}`;
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

describe('repeatsSecret', () => {
	const secret = 'sk-Live_7f3a91/Qz+Ü9=';
	const base64 = (text: string) => Buffer.from(text).toString('base64');
	test.each([
		['as it is', secret],
		['in capitals', secret.toUpperCase()],
		['in a URL', encodeURIComponent(secret)],
		['in a URL, twice', encodeURIComponent(encodeURIComponent(secret))],
		['in a form', new URLSearchParams({ key: secret }).toString()],
		[
			'in JSON',
			JSON.stringify(secret)
				.replace('Ü', String.raw`\u00dc`)
				.replace('/', String.raw`\/`),
		],
		['in HTML', secret.replace('Ü', '&Uuml;').replace('=', '&#61;').replace('+', '&plus;')],
		['in base64', base64(secret)],
		['in base64 for URLs', Buffer.from(secret).toString('base64url')],
		['in base64 in a URL', encodeURIComponent(base64(secret))],
		['in the base64 of user and key', base64(`user:${secret}`)],
		['in the base64 of a user and key', base64(`me:${secret}`)],
		['in the base64 of key and no password', base64(`${secret}:`)],
		['in the base64 of JSON', base64(JSON.stringify({ id: 1, key: secret, more: 'x' }))],
		['in hexadecimal', Buffer.from(secret).toString('hex')],
		['in hexadecimal capitals', Buffer.from(secret).toString('hex').toUpperCase()],
		['in two lines', `${secret.slice(0, 9)}\n${secret.slice(9)}`],
		['in two lines of base64', `${base64(secret).slice(0, 9)}\r\n${base64(secret).slice(9)}`],
		['with spaces', [...secret].join(' ')],
		['with invisible characters', [...secret].join('\u200b')],
	])('recognizes a secret %s', (_, spelling) => {
		const message = `The key ${spelling} is not known`;
		expect(repeatsSecret(message, ['other', secret])).toBe(true);
		expect(sanitizeMessage(message, undefined, [secret])).not.toContain(spelling);
	});

	test('says that the message is withheld', () => {
		expect(sanitizeMessage(`Key ${base64(secret)}`, undefined, [secret])).toBe(WITHHELD);
	});

	test.each([
		'The phone number +15095551234 is invalid',
		'key',
		'sk-live',
		'a%zz &unknown; \\u12 \\',
	])('finds none in %j', (message) => {
		expect(repeatsSecret(message, [secret, 'short'])).toBe(false);
	});

	test('no spelling of any secret is shown', () => {
		const encodings = [
			encodeURIComponent,
			base64,
			(text: string) => base64(`user:${text}`),
			(text: string) => Buffer.from(text).toString('hex'),
			(text: string) => text.toUpperCase(),
			(text: string) => JSON.stringify(text),
		];
		const known = fc
			.stringMatching(/^[A-Za-z0-9 _/+.~-]{12,40}$/)
			.filter((text) => /\w{8}/.test(text));
		fc.assert(
			fc.property(known, fc.constantFrom(...encodings), fc.string(), (text, encode, before) => {
				const message = `${before} ${encode(text)} `;
				expect(sanitizeMessage(message, undefined, [text]) ?? '').not.toContain(
					encode(text).trim(),
				);
			}),
		);
	});
});

describe('megabytes of text in a reply', () => {
	const parts = [
		'eyJ-',
		'eyJ-.',
		'token ',
		'token: a',
		'%41',
		'&#65;',
		String.raw`\u0041`,
		' ',
		'a',
		'=',
		'"',
	];
	test.each(parts)(
		'take no time: %j',
		(part) => {
			const text = part.repeat(20_000_000 / part.length);
			const leads = Array.from({ length: 1000 }, (_, i) => ({
				name: `Person ${i}`,
				note: text.slice(0, 500),
			}));
			sanitizeMessage(text, leads, ['secret-key']);
			sanitizeMessage(text, { name: text }, [text.slice(0, 1000)]);
		},
		10_000,
	);
});
