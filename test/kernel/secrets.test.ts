/* eslint-disable @n8n/community-nodes/no-restricted-globals -- what is printed is what is tested */
import type { IDataObject } from 'n8n-workflow';
import { squadVoiceAccounts } from '../../sandbox';
import type { FaultRule } from '../../sandbox';
import { leads, onError } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();
const marker = 'sEcReT-mArKeR-7f3a91';
const person = {
	name: 'Zaphod Marker Beeblebrox',
	note: 'pErSoNaL-mArKeR-note',
	city: 'Marker City 77',
};

const printed: string[] = [];
let restore: Array<() => void> = [];
beforeEach(() => {
	printed.length = 0;
	const record = (chunk: unknown) => printed.push(String(chunk));
	const spies = [
		...(['log', 'warn', 'error', 'info', 'debug'] as const).map((name) =>
			jest.spyOn(console, name).mockImplementation((...args) => void args.forEach(record)),
		),
		jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => Boolean(record(chunk))),
		jest.spyOn(process.stderr, 'write').mockImplementation((chunk) => Boolean(record(chunk))),
	];
	restore = spies.map((spy) => () => spy.mockRestore());
});
afterEach(() => restore.forEach((undo) => undo()));

/** Everything that a value holds, also what JSON leaves out: messages, stacks, causes. */
function everythingIn(value: unknown, seen = new Set<unknown>()): string {
	if (typeof value !== 'object' || value === null) return String(value);
	if (seen.has(value)) return '';
	seen.add(value);
	return Reflect.ownKeys(value)
		.map((key) => `${String(key)}=${everythingIn(Reflect.get(value, key), seen)}`)
		.join('\n');
}

const echo = {
	message: `Bad token ${marker} for ${JSON.stringify(person)}`,
	errors: [person, { authorization: `Bearer ${marker}` }],
};
const faults: FaultRule[] = [
	{ kind: 'status', status: 400, body: echo },
	{ kind: 'status', status: 401, body: echo },
	{ kind: 'status', status: 403, body: echo },
	{ kind: 'status', status: 404, body: echo },
	{ kind: 'status', status: 405, body: echo },
	{ kind: 'status', status: 409, body: echo },
	{ kind: 'status', status: 429, body: echo, headers: { 'retry-after': '900' } },
	{ kind: 'status', status: 500, body: echo },
	{ kind: 'status', status: 503, body: echo, headers: { 'retry-after': '900' } },
	{ kind: 'status', status: 400, body: { message: `Bad token ${marker}` } },
	{ kind: 'status', status: 401, body: { detail: `Bad token ${marker}` } },
	{ kind: 'htmlPage', body: `<h1>${marker}</h1>` },
	{ kind: 'brokenJson' },
	{ kind: 'cutOff' },
	{ kind: 'resetBefore' },
	{ kind: 'resetAfter' },
	{ kind: 'stallBefore', ms: 3000 },
	{ kind: 'redirect', location: `http://127.0.0.1:9/?token=${marker}` },
	{ kind: 'tokenExpired' },
];
const cases = faults.flatMap((fault) =>
	Object.entries(onError).map(([name, settings]) => ({ fault, name, settings })),
);

describe('Secrets and personal data', () => {
	it.each(cases)(
		'are in no error: $fault.kind $fault.status, On Error $name',
		async ({ fault, settings }) => {
			scene.world.faults.add(fault);
			const items = leads(2).map((lead) => ({ ...lead, ...person }));
			const options = { timeout: 0.3, giveUpAfter: 0.3, requestsPerMinute: 0 };
			const results = await Promise.all([
				scene.squadVoice({
					items,
					credentials: { accessToken: marker },
					parameters: { customFieldsMode: 'auto' },
					options,
					settings,
				}),
				scene.aktify({
					items,
					credentials: { apiKey: marker },
					parameters: { customFieldsMode: 'auto' },
					options: { ...options, ifAlreadyThere: 'error' },
					settings,
				}),
			]);
			for (const result of results) {
				const details = result.items.map(({ json, error }) => [json.error, json.details, error]);
				const branch = result.errors.map(({ json, error }) => [json.error, json.details, error]);
				const out = [
					everythingIn([details, branch, result.hints, result.error]),
					everythingIn(result.data.executionData?.contextData),
					printed.join('\n'),
				].join('\n');
				expect(out).not.toContain(marker);
				expect(out).not.toContain(person.note);
				expect(out).not.toContain(person.city);
				if (settings === onError.stop) expect(result.error).toBeDefined();
			}
		},
	);

	it('are not in the error of a rejected login', async () => {
		const result = await scene.squadVoice({
			items: leads(1),
			credentials: {
				authentication: 'login',
				clientId: 'client',
				clientSecret: `${marker}-1`,
				username: 'user',
				password: `${marker}-2`,
				refreshToken: `${marker}-3`,
			},
			settings: onError.branch,
		});
		const out = everythingIn([result.errors, result.hints, result.error, printed]);
		expect(out).toContain('did not accept the credential');
		expect(out).not.toContain(marker);
	});

	it('include a token that was fetched during the run', async () => {
		const { login } = squadVoiceAccounts;
		const { tokens } = scene.world.squadVoice;
		const issue = tokens.issue.bind(tokens);
		let token = '';
		// The vendor says the token that it has just given out.
		const spy = jest.spyOn(tokens, 'issue').mockImplementation((lifetimeMs) => {
			const grant = issue(lifetimeMs);
			token = grant.accessToken;
			const body = { detail: `${token} may not call this campaign` };
			scene.world.faults.add({ kind: 'status', status: 404, path: 'create', body });
			return grant;
		});
		const result = await scene.squadVoice({
			items: leads(1),
			credentials: { authentication: 'login', ...login },
			settings: onError.branch,
		});
		spy.mockRestore();
		const out = everythingIn([result.errors, result.hints, result.error, printed]);
		expect(token).not.toBe('');
		expect(out).toContain('*** may not call this campaign');
		expect(out).not.toContain(token);
	});

	it('include any Authorization value that the vendor echoes', async () => {
		const body = { detail: 'Basic YXBpX2tleTo= and Bearer abc123def456.x-y_z= are not welcome' };
		scene.world.faults.add({ kind: 'status', status: 409, body });
		const result = await scene.squadVoice({ items: leads(1), settings: onError.branch });
		expect(String(result.errors[0]?.json.error)).toContain(
			'Basic *** and Bearer *** are not welcome',
		);
	});

	const base64 = (text: string) => Buffer.from(text).toString('base64');
	const inJson = (text: string) =>
		[...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
	it.each<[string, (text: string) => string]>([
		['base64', base64],
		['the base64 of user and key', (text) => base64(`user:${text}`)],
		['hexadecimal', (text) => Buffer.from(text).toString('hex')],
		['a form', (text) => new URLSearchParams({ text: `${text}&` }).toString()],
		['JSON escapes', inJson],
		['HTML escapes', (text) => [...text].map((letter) => `&#${letter.charCodeAt(0)};`).join('')],
		['capitals', (text) => text.toUpperCase()],
		['two lines', (text) => `${text.slice(0, 8)}\n${text.slice(8)}`],
	])('are in no error, repeated in %s', async (_, encode) => {
		const about = (text: string) => ({ message: `Do not know ${encode(text)} at all` });
		scene.world.faults.add({ kind: 'status', status: 409, body: about(marker) });
		const items = leads(2).map((lead) => ({ ...lead, name: person.name }));
		const run = { items, credentials: { accessToken: marker }, settings: onError.branch };
		const secret = await scene.squadVoice(run);
		expect(String(secret.errors[0]?.json.error)).toMatch(/message is withheld|\*\*\*/);
		scene.world.reset();
		scene.world.faults.add({ kind: 'status', status: 409, body: about(person.name) });
		const batch = await scene.squadVoice(run);
		const out = everythingIn(
			[secret, batch].map(({ errors }) => errors.map(({ json }) => json.error)),
		);
		for (const text of [marker, person.name]) {
			// Base64 and hexadecimal of a lead are no words that anyone can read.
			if (text === marker || /[^\w=+/]/.test(encode(text))) expect(out).not.toContain(encode(text));
		}
	});

	it('leave the message of the vendor about one lead as it is', async () => {
		const detail = 'phone_number: +1 206-200-0000 is on the do-not-call list of this campaign';
		scene.world.faults.add({ kind: 'status', status: 422, body: { detail } });
		const result = await scene.squadVoice({ items: leads(1), settings: onError.branch });
		expect(String(result.errors[0]?.json.error)).toContain(detail);
	});

	it('of other leads in a batch are not in the error of one', async () => {
		const items: IDataObject[] = leads(3).map((lead, index) => ({ ...lead, id: index }));
		const sent = items.map(({ id, phone, name }) => ({ lead_id: id, phone_number: phone, name }));
		const detail = `Campaign is closed: ${JSON.stringify(sent)}`;
		scene.world.faults.add({ kind: 'status', status: 409, body: { detail } });
		const result = await scene.squadVoice({ items, settings: onError.branch });
		const out = everythingIn([result.errors.map(({ json }) => json.error), result.hints, printed]);
		expect(out).toContain('HTTP 409');
		expect(out).not.toContain('Person');
		expect(out).not.toContain('206200');
	});
});
