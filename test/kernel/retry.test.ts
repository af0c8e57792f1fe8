import { sleep } from 'n8n-workflow';
import { leads, onError } from '../support/fixtures';
import { outcomesOf, pairs } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();
const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** How often each lead was taken by the vendor's create call. */
const arrivals = () => [...scene.world.squadVoice.leads.values()].map((lead) => lead.arrivals);

test('Retry On Fail resumes: what the first try sent is not sent again and keeps its outcome', async () => {
	scene.world.faults.add({ kind: 'status', status: 404, path: 'create', nth: 6 });
	const result = await scene.squadVoice({
		items: leads(1000),
		options: { requestsAtOnce: 1 },
		settings: retry,
	});
	expect(result.error).toBeUndefined();
	expect(outcomesOf(result)).toEqual({ created: 1000 });
	expect(pairs(result.items)).toEqual(leads(1000).map((_, index) => index));
	expect(scene.requests('squadVoice')).toHaveLength(11);
	expect(arrivals()).toEqual(Array(1000).fill(1));
});

test('outcomes of the first try come out as they were, duplicates too', async () => {
	await scene.aktify({ items: leads(2) });
	scene.world.faults.add({ kind: 'status', status: 400, nth: 5 });
	const result = await scene.aktify({
		items: leads(6),
		options: { requestsAtOnce: 1 },
		settings: retry,
	});
	expect(result.items.map(({ json }) => json.outcome)).toEqual([
		'duplicate',
		'duplicate',
		'created',
		'created',
		'created',
		'created',
	]);
	expect(scene.requests('aktify')).toHaveLength(2 + 7);
});

test('On Error = Continue: n8n reruns the node when the first item failed; nothing is sent twice', async () => {
	const items = leads(200).map((lead, index) => (index === 0 ? { ...lead, phone: 'none' } : lead));
	const result = await scene.squadVoice({ items, settings: { ...retry, ...onError.continue } });
	expect(outcomesOf(result)).toEqual({ created: 199, notSent: 1 });
	expect(scene.requests('squadVoice')).toHaveLength(2);
	expect(arrivals()).toEqual(Array(199).fill(1));
});

test('"Retry" of a failed execution resumes as well', async () => {
	scene.world.faults.add({ kind: 'status', status: 404, path: 'create', nth: 3 });
	const options = { items: leads(500), options: { requestsAtOnce: 1 } };
	const failed = await scene.squadVoice(options);
	expect(failed.error).toBeDefined();
	expect(scene.world.ledger('squadVoice').held).toBe(200);
	// n8n stores an execution as JSON before it can be retried.
	const stored = { ...failed, data: JSON.parse(JSON.stringify(failed.data)) };
	const result = await scene.squadVoice({ ...options, retryOf: stored });
	expect(result.error).toBeUndefined();
	expect(outcomesOf(result)).toEqual({ created: 500 });
	expect(arrivals()).toEqual(Array(500).fill(1));
});

test('a lead whose outcome is unknown is not sent by the next try', async () => {
	scene.world.faults.add({ kind: 'resetAfter', method: 'POST', nth: 1 });
	scene.world.faults.add({ kind: 'status', status: 404, method: 'GET', times: 3 });
	const result = await scene.squadVoice({
		items: leads(3),
		options: { requestsPerMinute: 0 },
		settings: retry,
	});
	expect(outcomesOf(result)).toEqual({ created: 3 });
	expect(arrivals()).toEqual([1, 1, 1]);
});

test('a cancelled execution that is retried asks before it sends', async () => {
	scene.world.settings.latencyMs = 300;
	const options = { items: leads(300), options: { requestsAtOnce: 1, requestsPerMinute: 0 } };
	const cancelled = await scene.squadVoice({
		...options,
		onStart: (cancel) => {
			const poll = async () => {
				while (scene.requests('squadVoice').length < 2) await sleep(0);
				cancel();
			};
			void poll();
		},
	});
	expect(cancelled.error?.message).toBe('The execution was cancelled');
	// The second list takes effect although its reply is never read.
	await sleep(500);
	scene.world.settings.latencyMs = 0;
	expect(scene.world.ledger('squadVoice').held).toBe(200);
	const result = await scene.squadVoice({ ...options, retryOf: cancelled });
	expect(outcomesOf(result)).toEqual({ created: 300 });
	expect(arrivals()).toEqual(Array(300).fill(1));
});

test('a run without failures leaves nothing behind in the execution', async () => {
	const result = await scene.squadVoice({ items: leads(50) });
	expect(JSON.stringify(result.data.executionData?.contextData)).not.toContain('created');
});
