import { sleep } from 'n8n-workflow';
import { leads, onError } from '../support/fixtures';
import { outcomesOf } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

const inHeaders = (headers: Record<string, string>) => ({
	kind: 'status' as const,
	status: 429,
	headers,
});

describe('Rate limits', () => {
	it.each([
		['Retry-After in seconds', { 'retry-after': '1' }],
		['RateLimit with reset', { ratelimit: 'limit=100, remaining=0, reset=1' }],
		['RateLimit in the shape of the IETF draft', { ratelimit: '"default";r=0;t=1' }],
		[
			'X-RateLimit-Reset as an epoch',
			{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'EPOCH' },
		],
		['Retry-After as an HTTP-date', { 'retry-after': 'DATE' }],
	])('waits as requested by a 429 with %s, then resends', async (_, headers) => {
		const at = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000);
		const filled = Object.entries(headers).map(([name, value]) => [
			name,
			value.replace('DATE', at.toUTCString()).replace('EPOCH', String(at.getTime() / 1000)),
		]);
		scene.world.faults.add({ ...inHeaders(Object.fromEntries(filled)), nth: 1 });
		const result = await scene.aktify({ items: leads(1) });
		expect(outcomesOf(result)).toEqual({ created: 1 });
		const [first, second] = scene.requests('aktify');
		expect((second?.receivedAt ?? 0) - (first?.receivedAt ?? 0)).toBeGreaterThanOrEqual(950);
		expect(scene.requests('aktify')).toHaveLength(2);
	});

	it('waits after a 503 with Retry-After, and asks before it resends an unsafe request', async () => {
		scene.world.faults.add({
			kind: 'status',
			status: 503,
			headers: { 'retry-after': '1' },
			nth: 1,
		});
		const result = await scene.squadVoice({ items: leads(10) });
		expect(outcomesOf(result)).toEqual({ created: 10 });
		const [write, question] = scene.requests('squadVoice');
		expect(question?.method).toBe('GET');
		expect((question?.receivedAt ?? 0) - (write?.receivedAt ?? 0)).toBeGreaterThanOrEqual(950);
		expect(scene.world.ledger('squadVoice')).toMatchObject({ held: 10, doubled: 0 });
	});

	it('does not start a wait longer than Max Retry Time', async () => {
		scene.world.faults.add(inHeaders({ 'retry-after': '3600' }));
		const result = await scene.aktify({
			items: leads(5),
			options: { giveUpAfter: 2, requestsAtOnce: 1 },
			settings: onError.continue,
		});
		expect(outcomesOf(result)).toEqual({ notSent: 5 });
		expect(String(result.items[0]?.json.error)).toMatch(/asks to wait 3600 s.*Max Retry Time/);
		expect(scene.requests('aktify')).toHaveLength(1);
	});

	it('adds waits up to Max Retry Time and then gives up', async () => {
		scene.world.faults.add(inHeaders({ 'retry-after': '1' }));
		const result = await scene.aktify({
			items: leads(1),
			options: { giveUpAfter: 2.5 },
			settings: onError.continue,
		});
		expect(outcomesOf(result)).toEqual({ notSent: 1 });
		expect(scene.requests('aktify')).toHaveLength(3);
	});

	it('shares the rate limiter between executions with the same credential', async () => {
		scene.world.faults.add({ ...inHeaders({ 'retry-after': '2' }), nth: 1 });
		const started = Date.now();
		const [first] = leads(2);
		const blocked = scene.aktify({ items: [first ?? {}], credentialId: 'shared' });
		while (scene.requests('aktify').length === 0) await sleep(0);
		while (scene.requests('aktify')[0]?.status === undefined) await sleep(0);
		await sleep(50);
		const other = await scene.aktify({ items: leads(2).slice(1), credentialId: 'shared' });
		await blocked;
		expect(outcomesOf(other)).toEqual({ created: 1 });
		const later = scene.requests('aktify').slice(1);
		expect(later).toHaveLength(2);
		for (const { receivedAt } of later) expect(receivedAt - started).toBeGreaterThanOrEqual(1900);
	});

	it('respects Requests per Minute', async () => {
		const cancelAfterFour = async (cancel: () => void) => {
			while (scene.requests('aktify').length < 4) await sleep(0);
			await sleep(200);
			cancel();
		};
		await scene.aktify({
			items: leads(10),
			options: { requestsPerMinute: 4 },
			onStart: (cancel) => void cancelAfterFour(cancel),
		});
		expect(scene.requests('aktify')).toHaveLength(4);
	});

	it('counts every request of a credential for Requests per Minute: searches, creates, other nodes', async () => {
		const requests = () => [...scene.requests('close'), ...scene.requests('squadVoice')];
		const cancelAfterFive = async (cancel: () => void) => {
			while (requests().length < 5) await sleep(0);
			await sleep(200);
			cancel();
		};
		const settings = { requestsPerMinute: 5, rememberSentLeads: 'off' };
		const [first, second] = ['one', 'two'].map(
			async () =>
				await scene.close({
					items: leads(10),
					options: settings,
					credentialId: 'one minute for all',
					onStart: (cancel) => void cancelAfterFive(cancel),
				}),
		);
		await Promise.all([first, second]);
		expect(requests()).toHaveLength(5);
	});

	it.each([
		['a limit of 0', 429, { ratelimit: 'limit=0, remaining=0, reset=1' }],
		['a reset in the year 2286', 200, { ratelimit: 'limit=10, remaining=0, reset=9999999999' }],
		['an hour without requests', 200, { ratelimit: 'limit=10, remaining=0, reset=3600' }],
	])('is not stopped by one reply with %s', async (_, status, headers) => {
		const fault =
			status === 429
				? { ...inHeaders(headers), nth: 1 }
				: { kind: 'status' as const, status: 404, headers, nth: 1 };
		scene.world.faults.add(fault);
		const [first, ...others] = leads(4);
		const run = { credentialId: 'odd header', settings: onError.continue };
		await scene.aktify({ items: [first ?? {}], ...run });
		const later = await scene.aktify({ items: others, ...run });
		expect(outcomesOf(later)).toEqual({ created: 3 });
	});

	it('respects an announced limit: at most 5 % of the requests hit it', async () => {
		scene.world.settings.limits.aktify = {
			requests: 20,
			windowMs: 500,
			headers: 'rateLimit',
			announce: true,
		};
		const result = await scene.aktify({ items: leads(100) });
		expect(outcomesOf(result)).toEqual({ created: 100 });
		const refused = scene.requests('aktify').filter(({ status }) => status === 429);
		expect(refused.length).toBeLessThanOrEqual(5);
	});

	it.each(['retryAfterSeconds', 'retryAfterDate', 'rateLimit', 'xRateLimit', 'none'] as const)(
		'loses no lead when the limit is only reported once it is hit (%s)',
		async (headers) => {
			scene.world.settings.limits.aktify = {
				requests: 15,
				windowMs: 400,
				headers,
				announce: false,
			};
			const result = await scene.aktify({ items: leads(40) });
			expect(outcomesOf(result)).toEqual({ created: 40 });
			expect(scene.world.ledger('aktify')).toMatchObject({ held: 40, doubled: 0 });
		},
	);
});
