import type { FaultRule } from '../../sandbox';
import type { Fault, FaultContext } from './fault';
import { add, burst, strike, strikeAtRandom } from './strikes';

const second = { 'retry-after': '1' };
/** A Timeout that stalled requests exceed; a stall is longer than any cell. */
const SHORT_TIMEOUT = { timeout: 2 };
const STALL_MS = 3_600_000;
const AMPLE_LIMIT = { requests: 10_000, windowMs: 60_000 };
const GATEWAY_PAGE = '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>';

const status = (code: number, more: Partial<FaultRule> = {}): FaultRule => ({
	kind: 'status',
	status: code,
	...more,
});

type Headers = Record<string, string>;

/** Rate-limited in a burst at the start and another one half-way, announced in one form. */
function limited(form: string, headersAt: (resetsAt: Date) => Headers): Fault {
	const refuse = (context: FaultContext) => {
		const resetsAt = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000);
		burst(context, status(429, { headers: headersAt(resetsAt) }));
	};
	return { name: `429, ${form}`, isUnambiguous: true, setUp: refuse, atHalfway: refuse };
}

const struck = (name: string, rule: FaultRule, more: Partial<Fault> = {}): Fault => ({
	name,
	setUp: (context) => strike(context, rule),
	...more,
});

/** The faults of a random mixture. */
const mixedFaults: FaultRule[] = [
	status(429, { headers: second }),
	status(500),
	status(502, { body: GATEWAY_PAGE }),
	status(503),
	status(503, { headers: second }),
	{ kind: 'stallBefore', ms: STALL_MS },
	{ kind: 'stallAfter', ms: STALL_MS },
	{ kind: 'slowDrip', ms: STALL_MS },
	{ kind: 'resetBefore' },
	{ kind: 'resetAfter' },
	{ kind: 'cutOff' },
	{ kind: 'brokenJson' },
	{ kind: 'htmlPage' },
	{ kind: 'htmlPage', status: 500 },
	{ kind: 'wrongContentType' },
];

const mixture = (number: number): Fault => ({
	name: `random mixture ${number}`,
	options: SHORT_TIMEOUT,
	setUp: (context) => strikeAtRandom(context, context.seed * 1000 + number, mixedFaults),
});

/** Rejects every request from now on, as with a revoked key. */
function revokeKey(context: FaultContext): void {
	add(context, { kind: 'tokenExpired' });
}

/** An address at which nothing listens. */
const NO_HOST = 'http://127.0.0.1:9';

/** Headers that no vendor means. */
const ODD_HEADERS: Headers[] = [
	{ ratelimit: 'limit=0, remaining=0, reset=1' },
	{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999' },
	{ 'ratelimit-limit': '-1', 'ratelimit-remaining': '-5', 'ratelimit-reset': '-60' },
	{ ratelimit: 'limit=NaN, remaining=1e9, reset=Infinity' },
];

const WRITE_METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** Strikes requests that write. */
function strikeWrites(context: FaultContext, rule: FaultRule): void {
	for (const method of WRITE_METHODS) {
		strike(context, { path: /^(?!.*(search|token))/, ...rule, method });
	}
}

/** A request whose text has one row's number, name or ID in it is not let through. */
function blockRow(context: FaultContext): void {
	const { id, phone, text } = context.items[7] ?? {};
	// An ID of few digits is part of other texts, too.
	const named = typeof id === 'string' ? JSON.stringify(id) : undefined;
	const page = '<html><body><h1>403 Forbidden</h1><p>Request blocked.</p></body></html>';
	const rule = { kind: 'status', status: 403, body: page } as const;
	const digits = String(phone).slice(1);
	for (const contains of [digits, named, JSON.stringify(text)]) {
		if (contains !== undefined) add(context, { ...rule, contains });
	}
	for (const method of WRITE_METHODS) {
		add(context, { ...rule, method, path: new RegExp(`/${String(id)}/?$`) });
	}
}

/** Every fault of the matrix. */
export const faults: Fault[] = [
	limited('Retry-After in seconds', () => second),
	limited('Retry-After as a date', (at) => ({ 'retry-after': at.toUTCString() })),
	limited('RateLimit', () => ({ ratelimit: 'limit=100, remaining=0, reset=1' })),
	limited('RateLimit of the IETF draft', () => ({ ratelimit: '"default";r=0;t=1' })),
	limited('RateLimit-Reset', () => ({ 'ratelimit-remaining': '0', 'ratelimit-reset': '1' })),
	limited('X-RateLimit-Reset', (at) => ({
		'x-ratelimit-remaining': '0',
		'x-ratelimit-reset': String(at.getTime() / 1000),
	})),
	limited('RateLimit and Retry-After', () => ({
		...second,
		ratelimit: 'limit=100, remaining=0, reset=1.000',
	})),
	limited('no header', () => ({})),
	struck('500 before the write', status(500)),
	struck('500 after the write', { kind: 'htmlPage', status: 500 }),
	struck('502', status(502)),
	struck('503', status(503)),
	struck('503, Retry-After in seconds', status(503, { headers: second })),
	{
		name: '503, Retry-After as a date',
		setUp: (context) => {
			const at = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000);
			strike(context, status(503, { headers: { 'retry-after': at.toUTCString() } }));
		},
	},
	struck(
		'stall before the write',
		{ kind: 'stallBefore', ms: STALL_MS },
		{ options: SHORT_TIMEOUT },
	),
	struck('stall after the write', { kind: 'stallAfter', ms: STALL_MS }, { options: SHORT_TIMEOUT }),
	struck('reply that drips', { kind: 'slowDrip', ms: STALL_MS }, { options: SHORT_TIMEOUT }),
	struck('reset before the write', { kind: 'resetBefore' }),
	struck('reset after the write', { kind: 'resetAfter' }),
	struck('reply cut off', { kind: 'cutOff' }),
	struck('broken JSON', { kind: 'brokenJson' }),
	struck('HTML page instead of the reply', { kind: 'htmlPage' }),
	struck('HTML error page', status(502, { body: GATEWAY_PAGE })),
	struck('wrong content type', { kind: 'wrongContentType' }, { isUnambiguous: true }),
	{
		name: 'token expired half-way',
		isUnambiguous: true,
		needsExpiringToken: true,
		atHalfway: (context) => (context.expire ?? (() => revokeKey(context)))(),
		isFixedBeforeRetry: true,
	},
	{
		name: 'replies lost, then shut out',
		setUp: (context) => strike(context, { kind: 'resetAfter' }),
		atHalfway: revokeKey,
		prevents: ['lookUp', 'resend'],
		isFixedBeforeRetry: true,
	},
	{
		name: 'no write arrives',
		options: { requestsAtOnce: 100 },
		setUp: (context) => {
			for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
				add(context, { kind: 'resetBefore', method, path: /^(?!.*(search|token))/ });
			}
		},
		prevents: ['resend'],
		isFixedBeforeRetry: true,
	},
	{
		name: 'vendor down',
		options: { giveUpAfter: 5 },
		setUp: (context) => add(context, { kind: 'resetBefore' }),
		prevents: ['lookUp', 'resend'],
		isFixedBeforeRetry: true,
		maxSeconds: 5,
	},
	{
		name: 'list of which half is accepted',
		needsList: true,
		setUp: (context) => strike(context, { kind: 'halfWritten', method: 'POST' }),
	},
	...[
		['[]', []],
		['text', 'down for maintenance'],
	].flatMap(([name, body]): Fault[] => [
		{
			name: `success that says nothing (${String(name)}), without the write`,
			setUp: (context) => strikeWrites(context, status(201, { body: JSON.stringify(body) })),
		},
		{
			name: `success that says nothing (${String(name)}), after the write`,
			setUp: (context) => strikeWrites(context, { kind: 'otherReply', status: 201, body }),
		},
	]),
	struck(
		'odd limit header',
		{ kind: 'otherHeaders' },
		{
			isUnambiguous: true,
			setUp: (context) => {
				for (const headers of ODD_HEADERS) strike(context, status(429, { headers }));
				ODD_HEADERS.forEach((headers, index) => {
					const nth = Array.from({ length: 500 }, (_, turn) => 1 + index + turn * 7);
					add(context, { kind: 'otherHeaders', headers, nth });
				});
			},
		},
	),
	{
		name: 'credential edited half-way, other host and key',
		isUnambiguous: true,
		atHalfway: ({ credential }) => {
			for (const name of Object.keys(credential)) {
				if (/apiKey|accessToken$/.test(name)) credential[name] = 'another-key';
			}
			credential.baseUrl = NO_HOST;
		},
		strikesEveryRequest: true,
		forbiddenStatus: 401,
		isFixedBeforeRetry: true,
	},
	{
		name: 'firewall blocks one row',
		isUnambiguous: true,
		setUp: blockRow,
		isFixedBeforeRetry: true,
		maxRefusedRequests: 1,
	},
	{
		name: 'redirect to another host',
		setUp: (context) => {
			const location = context.otherHost;
			// 307 repeats the same request with its body; 302 becomes a GET.
			add(context, { kind: 'redirect', status: 307, location, every: 2 });
			add(context, { kind: 'redirect', status: 302, location });
		},
		// Where nobody can be asked about a lost write, a redirect of its repeat says nothing.
		permanent: /Redirects are not followed|Outcome unknown/,
		prevents: ['lookUp', 'resend'],
	},
	{
		name: 'tenfold slower half-way',
		isUnambiguous: true,
		setUp: ({ world }) => (world.settings.latencyMs = [10, 20]),
		atHalfway: ({ world }) => (world.settings.latencyMs = [100, 200]),
		strikesEveryRequest: true,
	},
	{
		name: 'limit tightened half-way',
		isUnambiguous: true,
		setUp: ({ world, vendor }) => {
			world.settings.limits[vendor] = { ...AMPLE_LIMIT, headers: 'rateLimit', announce: true };
		},
		atHalfway: ({ world, vendor, requests }) => {
			world.limiter.reset();
			world.settings.limits[vendor] = {
				requests: Math.min(8, Math.ceil(requests / 10)),
				windowMs: 1_000,
				headers: 'retryAfterSeconds',
				announce: false,
			};
		},
	},
	mixture(1),
	mixture(2),
	mixture(3),
];
