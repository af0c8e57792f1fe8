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

test.each([
	['Retry-After in seconds', { 'retry-after': '1' }],
	['RateLimit with reset', { ratelimit: 'limit=100, remaining=0, reset=1' }],
	['RateLimit in the shape of the IETF draft', { ratelimit: '"default";r=0;t=1' }],
	['X-RateLimit-Reset as an epoch', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'EPOCH' }],
	['Retry-After as an HTTP-date', { 'retry-after': 'DATE' }],
])('429 with %s: waits as asked, then the lead is taken', async (_, headers) => {
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

test('503 with Retry-After is sent again, also where a repeat would not be harmless', async () => {
	scene.world.faults.add({ kind: 'status', status: 503, headers: { 'retry-after': '1' }, nth: 1 });
	const result = await scene.squadVoice({ items: leads(10) });
	expect(outcomesOf(result)).toEqual({ created: 10 });
	expect(scene.requests('squadVoice')).toHaveLength(2);
	expect(scene.world.ledger('squadVoice')).toMatchObject({ held: 10, doubled: 0 });
});

test('a wait longer than Give Up After is not begun', async () => {
	scene.world.faults.add(inHeaders({ 'retry-after': '3600' }));
	const result = await scene.aktify({
		items: leads(5),
		options: { giveUpAfter: 2, requestsAtOnce: 1 },
		settings: onError.continue,
	});
	expect(outcomesOf(result)).toEqual({ notSent: 5 });
	expect(String(result.items[0]?.json.error)).toMatch(/asks to wait 3600 s.*Give Up After/);
	expect(scene.requests('aktify')).toHaveLength(1);
});

test('waits add up to Give Up After and no further', async () => {
	scene.world.faults.add(inHeaders({ 'retry-after': '1' }));
	const result = await scene.aktify({
		items: leads(1),
		options: { giveUpAfter: 2.5 },
		settings: onError.continue,
	});
	expect(outcomesOf(result)).toEqual({ notSent: 1 });
	expect(scene.requests('aktify')).toHaveLength(3);
});

test('two executions with the same credential share one pace', async () => {
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

test('Requests per Minute is kept', async () => {
	const running = scene.aktify({
		items: leads(10),
		options: { requestsPerMinute: 4 },
		onStart: (cancel) => void sleep(600).then(cancel),
	});
	await running;
	expect(scene.requests('aktify')).toHaveLength(4);
});

test('a limit that is announced is kept, not hit', async () => {
	scene.world.settings.limits.aktify = {
		requests: 20,
		windowMs: 500,
		headers: 'rateLimit',
		announce: true,
	};
	const result = await scene.aktify({ items: leads(100) });
	expect(outcomesOf(result)).toEqual({ created: 100 });
	const refused = scene.requests('aktify').filter(({ status }) => status === 429);
	expect(refused.length).toBeLessThanOrEqual(2);
});

test.each(['retryAfterSeconds', 'retryAfterDate', 'rateLimit', 'xRateLimit', 'none'] as const)(
	'a limit told by %s only when it is hit loses no lead',
	async (headers) => {
		scene.world.settings.limits.aktify = { requests: 15, windowMs: 400, headers, announce: false };
		const result = await scene.aktify({ items: leads(40) });
		expect(outcomesOf(result)).toEqual({ created: 40 });
		expect(scene.world.ledger('aktify')).toMatchObject({ held: 40, doubled: 0 });
	},
);
