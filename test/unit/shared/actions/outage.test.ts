import { BatchSender } from '../../../../nodes/shared/actions/BatchSender';
import { LeadLifecycle, outcomeOf } from '../../../../nodes/shared/actions/leadState';
import { isFailure } from '../../../../nodes/shared/actions/outcome/outcome';
import { sendBatches } from '../../../../nodes/shared/actions/sendBatches';
import { ApiClient } from '../../../../nodes/shared/transport/ApiClient';
import type { ApiRequest, ClientContext } from '../../../../nodes/shared/transport/request';
import { created, createJournal, fakeJob, kindsOf, vendor } from './fakes';
import type { FakeOperation } from './fakes';

/** A vendor that is down costs one patience per run, not one per lead. */

const PATIENCE_MS = 300_000;
/** What a run may take longer: the requests that are out when the patience ends, and one more try. */
const CONSTANT_MS = 95_000;

type Answer = (lead: number, method: string, at: number) => unknown;

const response = (statusCode: number, headers = {}) => ({ statusCode, headers, body: '{}' });
const failure = (code: string) => Object.assign(new Error(code), { code });
const hang = async () => await new Promise<never>(() => {});

const SAFETIES = ['unsafe', 'idempotent', 'safe'] as const;
const write: Omit<ApiRequest, 'safety' | 'path'> = {
	method: 'POST',
	validateBody: () => true,
	rateLimitGroup: 'leads',
};
let limiters = 0;

/** Sends leads one by one; the answer to each request decides. */
async function run(
	answer: Answer,
	{
		count = 5_000,
		safety = 'unsafe' as (typeof SAFETIES)[number],
		batch = 1,
		patienceMs = PATIENCE_MS,
		requests: maxConcurrentRequests = 10,
		inDoubt = false,
	} = {},
) {
	const startedAt = Date.now();
	const calls: Array<{ method: string; lead: number; at: number }> = [];
	const context: ClientContext = Object.assign(Object.create(null), {
		getNode: () => ({ parameters: {}, credentials: { vendorApi: { id: `o${limiters++}` } } }),
		getCredentials: async () => ({}),
		helpers: {
			httpRequestWithAuthentication: async (
				_: string,
				options: { url: string; method: string },
			) => {
				const { method } = options;
				const lead = Number(options.url.split('/').pop());
				calls.push({ method, lead, at: Date.now() - startedAt });
				const given = await answer(lead, method, Date.now() - startedAt);
				if (given instanceof Error) throw given;
				return given;
			},
		},
	});
	const client = await ApiClient.open(context, vendor, {
		timeoutMs: 30_000,
		giveUpAfterMs: patienceMs,
		maxConcurrentRequests: 10,
		requestsPerMinute: 0,
	});
	const lookUp = {
		reconcile: async (asking: ApiClient, lead: number) => {
			const request = { ...write, method: 'GET', path: [String(lead)], safety: 'safe' } as const;
			const { status } = await asking.request({ ...request, expectedStatuses: [404] });
			return status === 404 ? ('notFound' as const) : created(lead);
		},
	};
	const base = { safety, parseItem: () => 0, ...(safety === 'unsafe' ? lookUp : {}) };
	const operation: FakeOperation =
		batch === 1
			? {
					...base,
					sendOne: async (sending, lead) => {
						await sending.request({ ...write, path: [String(lead)], safety });
						return created(lead);
					},
				}
			: {
					...base,
					maxBatchSize: () => batch,
					sendBatch: async (sending, leads) => {
						await sending.request({ ...write, path: [String(leads[0])], safety });
						return leads.map(created);
					},
				};
	const jobs = Array.from({ length: count }, (_, index) => fakeJob(index, [`key ${index}`]));
	const lifecycle = new LeadLifecycle(createJournal());
	if (inDoubt) for (const job of jobs) lifecycle.doubt(job);
	const sending = sendBatches(
		{
			operation,
			sender: new BatchSender(operation, client, lifecycle, undefined),
			lifecycle,
			batchSize: batch,
			maxConcurrentRequests,
			stopOnFailure: false,
			signal: undefined,
		},
		jobs.map((job) => [job]),
	);
	let endedAt: number | undefined;
	void sending.then(() => (endedAt = Date.now()));
	for (let minute = 0; minute < 600 && endedAt === undefined; minute++) {
		await jest.advanceTimersByTimeAsync(10_000);
	}
	await sending;
	const messages = jobs.map((job) => {
		const outcome = outcomeOf(job);
		return outcome !== undefined && isFailure(outcome) ? outcome.message : '';
	});
	return { kinds: kindsOf(jobs), messages, calls, tookMs: (endedAt ?? 0) - startedAt };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const DOWN: Array<[string, Answer]> = [
	['refuses connections', () => failure('ECONNREFUSED')],
	['does not answer', hang],
	['cuts connections', () => failure('ECONNRESET')],
	['answers 500', () => response(500)],
	['answers 503 with Retry-After', () => response(503, { 'retry-after': '7' })],
	['answers 429', () => response(429)],
	['answers 429 and asks to wait 20 s', () => response(429, { 'retry-after': '20' })],
	['answers with a page', () => ({ ...response(200), body: '<html>' })],
	['redirects', () => response(302)],
];

describe.each(SAFETIES)('thousands of %s requests', (safety) => {
	it.each(DOWN)(
		'take one patience when the vendor %s',
		async (name, answer) => {
			// Redirects are answered at once: there have to be more requests than fit into the patience.
			const count = name === 'redirects' ? 10_000 : undefined;
			const { kinds, messages, tookMs } = await run(answer, { safety, count });
			expect(tookMs).toBeLessThanOrEqual(PATIENCE_MS + CONSTANT_MS);
			// A redirected read is refused: nothing is waited for.
			const isRefused = safety === 'safe' && name === 'redirects';
			expect(new Set(kinds.slice(-1_000))).toEqual(new Set([isRefused ? 'refused' : 'notSent']));
			if (isRefused) return;
			expect(messages.at(-1)).toMatch(/^Not sent: Vendor has given no usable reply for [23]\d\d s/);
		},
		60_000,
	);
});

it.each(DOWN)('batches take one patience, too, when the vendor %s', async (_, answer) => {
	const { kinds, tookMs } = await run(answer, { batch: 100 });
	expect(tookMs).toBeLessThanOrEqual(PATIENCE_MS + CONSTANT_MS);
	expect(new Set(kinds)).not.toContain('created');
});

it.each(DOWN)('leads in doubt stay unknown, after one patience, when it %s', async (_, answer) => {
	const { kinds, tookMs } = await run(answer, { inDoubt: true, count: 2_000 });
	expect(tookMs).toBeLessThanOrEqual(PATIENCE_MS + CONSTANT_MS);
	expect(new Set(kinds)).toEqual(new Set(['unknown']));
});

it.each(SAFETIES)(
	'one lead that the vendor always fails on stops no other (%s)',
	async (safety) => {
		for (const patienceMs of [0, 1_000, PATIENCE_MS]) {
			for (const poison of [() => response(500), hang, () => failure('ECONNRESET')]) {
				const answer: Answer = (lead) => (lead === 3 ? poison() : response(200));
				const { kinds } = await run(answer, { safety, patienceMs, count: 10, requests: 1 });
				expect(kinds.filter((kind) => kind === 'created')).toHaveLength(9);
			}
		}
	},
);

it('a usable reply resets the patience', async () => {
	const answer: Answer = (_lead, _method, at) =>
		at < 250_000 || (at > 260_000 && at < 500_000) ? failure('ECONNREFUSED') : response(200);
	const { kinds } = await run(answer, { count: 3_000 });
	expect(kinds.at(-1)).toBe('created');
});

it('asking stops at the second lead in a row that cannot be asked about', async () => {
	const answer: Answer = (_, method) =>
		method === 'POST' ? failure('ECONNRESET') : failure('ECONNREFUSED');
	const { kinds, calls } = await run(answer, { batch: 100, count: 100 });
	expect(new Set(kinds)).toEqual(new Set(['unknown']));
	const asked = new Set(calls.filter(({ method }) => method === 'GET').map(({ lead }) => lead));
	expect([...asked]).toEqual([0, 1]);
});

it('one lead that cannot be asked about does not keep the others from being asked about', async () => {
	const answer: Answer = (lead, method) => {
		if (method === 'POST') return failure('ECONNRESET');
		return lead === 5 ? response(500) : response(200);
	};
	const { kinds } = await run(answer, { batch: 20, count: 20 });
	expect(kinds.filter((kind) => kind !== 'created')).toEqual(['unknown']);
	expect(kinds[5]).toBe('unknown');
});
