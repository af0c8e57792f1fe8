/* eslint-disable @n8n/community-nodes/no-restricted-globals -- what is printed is what is tested */
import type { FaultRule } from '../../sandbox';
import { leads, onError, useScene } from '../support/scene';

const scene = useScene();
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
	const keep = (chunk: unknown) => printed.push(String(chunk));
	const spies = [
		...(['log', 'warn', 'error', 'info', 'debug'] as const).map((name) =>
			jest.spyOn(console, name).mockImplementation((...args) => void args.forEach(keep)),
		),
		jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => Boolean(keep(chunk))),
		jest.spyOn(process.stderr, 'write').mockImplementation((chunk) => Boolean(keep(chunk))),
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

test.each(cases)(
	'$fault.kind $fault.status, On Error $name: no secret and no request body in what comes out',
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

test('a login that is refused tells no password, client secret or token', async () => {
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
