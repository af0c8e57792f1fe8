import type { FaultRule } from '../../sandbox';
import type { Fault, Stage } from './fault';
import { add, burst, strike, strikeAtRandom } from './strikes';

const second = { 'retry-after': '1' };
/** A Time-Out that stalls run into; what stalls does not come to its end within a cell. */
const short = { timeout: 2 };
const stallMs = 3_600_000;
const ample = { requests: 10_000, windowMs: 60_000 };
const gatewayPage = '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>';

const status = (code: number, more: Partial<FaultRule> = {}): FaultRule => ({
	kind: 'status',
	status: code,
	...more,
});

type Headers = Record<string, string>;

/** Refused for its limit, in a burst at the beginning and one half-way; told in one form. */
function limited(form: string, headersAt: (resetsAt: Date) => Headers): Fault {
	const refuse = (stage: Stage) => {
		const resetsAt = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000);
		burst(stage, status(429, { headers: headersAt(resetsAt) }));
	};
	return { name: `429, ${form}`, clear: true, begin: refuse, halfway: refuse };
}

const struck = (name: string, rule: FaultRule, more: Partial<Fault> = {}): Fault => ({
	name,
	begin: (stage) => strike(stage, rule),
	...more,
});

/** What a random mixture is made of. */
const ingredients: FaultRule[] = [
	status(429, { headers: second }),
	status(500),
	status(502, { body: gatewayPage }),
	status(503),
	status(503, { headers: second }),
	{ kind: 'stallBefore', ms: stallMs },
	{ kind: 'stallAfter', ms: stallMs },
	{ kind: 'slowDrip', ms: stallMs },
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
	options: short,
	begin: (stage) => strikeAtRandom(stage, stage.seed * 1000 + number, ingredients),
});

/** Turns every request away from now on: the key is void until somebody puts in another. */
function shutOut(stage: Stage): void {
	add(stage, { kind: 'tokenExpired' });
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
	struck('503, Retry-After in seconds', status(503, { headers: second }), { clear: true }),
	{
		name: '503, Retry-After as a date',
		clear: true,
		begin: (stage) => {
			const at = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000);
			strike(stage, status(503, { headers: { 'retry-after': at.toUTCString() } }));
		},
	},
	struck('stall before the write', { kind: 'stallBefore', ms: stallMs }, { options: short }),
	struck('stall after the write', { kind: 'stallAfter', ms: stallMs }, { options: short }),
	struck('reply that drips', { kind: 'slowDrip', ms: stallMs }, { options: short }),
	struck('reset before the write', { kind: 'resetBefore' }),
	struck('reset after the write', { kind: 'resetAfter' }),
	struck('reply cut off', { kind: 'cutOff' }),
	struck('broken JSON', { kind: 'brokenJson' }),
	struck('HTML page instead of the reply', { kind: 'htmlPage' }),
	struck('HTML error page', status(502, { body: gatewayPage })),
	struck('wrong content type', { kind: 'wrongContentType' }, { clear: true }),
	{
		name: 'token expired half-way',
		clear: true,
		tokens: true,
		halfway: (stage) => (stage.expire ?? (() => shutOut(stage)))(),
		mended: true,
	},
	{
		name: 'replies lost, then shut out',
		begin: (stage) => strike(stage, { kind: 'resetAfter' }),
		halfway: shutOut,
		prevents: ['asking', 'repeating'],
		mended: true,
	},
	{
		name: 'no write arrives',
		options: { requestsAtOnce: 100 },
		begin: (stage) => {
			for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
				add(stage, { kind: 'resetBefore', method, path: /^(?!.*(search|token))/ });
			}
		},
		prevents: ['repeating'],
		mended: true,
	},
	{
		name: 'redirect to another host',
		clear: true,
		begin: (stage) => {
			const location = stage.otherHost;
			// 307 asks for the same request once more, with its body; 302 for a GET.
			add(stage, { kind: 'redirect', status: 307, location, every: 2 });
			add(stage, { kind: 'redirect', status: 302, location });
		},
		permanent: /redirect, which is not followed/,
	},
	{
		name: 'tenfold slower half-way',
		clear: true,
		begin: ({ world }) => (world.settings.latencyMs = [10, 20]),
		halfway: ({ world }) => (world.settings.latencyMs = [100, 200]),
		strikesAll: true,
	},
	{
		name: 'limit tightened half-way',
		clear: true,
		begin: ({ world, vendor }) => {
			world.settings.limits[vendor] = { ...ample, headers: 'rateLimit', announce: true };
		},
		halfway: ({ world, vendor, requests }) => {
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
