import { sleep } from 'n8n-workflow';
import { aktifyAccounts } from '../../sandbox';
import { leads, onError } from '../support/fixtures';
import { outcomesOf, pairs } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();
const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** How often the vendor accepted each lead. */
const arrivals = () => [...scene.world.squadVoice.leads.values()].map((lead) => lead.arrivals);

describe('Retry On Fail and Retry of an execution', () => {
	it('resumes: sent leads are not resent and keep their outcome', async () => {
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

	it('outputs the outcomes of the first attempt unchanged, duplicates included', async () => {
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

	it('sends nothing twice when n8n reruns the node because its first item failed', async () => {
		const items = leads(200).map((lead, index) =>
			index === 0 ? { ...lead, phone: 'none' } : lead,
		);
		const result = await scene.squadVoice({ items, settings: { ...retry, ...onError.continue } });
		expect(outcomesOf(result)).toEqual({ created: 199, notSent: 1 });
		expect(scene.requests('squadVoice')).toHaveLength(2);
		expect(arrivals()).toEqual(Array(199).fill(1));
	});

	it('resumes a failed execution that the user retries', async () => {
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

	it('sends the leads of another account after the credential was changed, and only these', async () => {
		const options = {
			items: leads(6),
			options: { requestsAtOnce: 1 },
			credentialId: 'changed',
		};
		scene.world.faults.add({ kind: 'status', status: 400, method: 'POST', nth: 4 });
		const failed = await scene.aktify(options);
		const store = () => ({ ...failed, data: JSON.parse(JSON.stringify(failed.data)) });
		const other = await scene.aktify({
			...options,
			credentials: { apiKey: aktifyAccounts.two.key },
			retryOf: store(),
		});
		expect(outcomesOf(other)).toEqual({ created: 6 });
		const same = await scene.aktify({ ...options, retryOf: store() });
		expect(outcomesOf(same)).toEqual({ created: 6 });
		expect(scene.world.ledger('aktify')).toMatchObject({ held: 12, doubled: 0 });
	});

	it('reports to each row its own outcome when a repeat was accepted and the first one refused', async () => {
		const [lead] = leads(1);
		scene.world.faults.add({ kind: 'status', status: 400, method: 'POST', nth: 1 });
		scene.world.faults.add({ kind: 'status', status: 400, method: 'POST', nth: 2 });
		const result = await scene.aktify({
			items: [{ ...lead, id: 'first' }, { ...lead, id: 'repeat' }, ...leads(2).slice(1)],
			options: { requestsAtOnce: 1 },
			settings: { ...retry, ...onError.continue },
		});
		expect(result.items.map(({ json }) => [json.outcome, json.leadId])).toEqual([
			['duplicate', 'first'],
			['created', 'repeat'],
			['created', 'L1'],
		]);
	});

	it('recalls no outcome of another item that shares a phone number or an email', async () => {
		const items = [
			{ name: 'Ann', phone: '+12062000000', email: 'shared@x.yz' },
			{ name: 'Ann', phone: '+12062000000', email: 'bob@x.yz' },
			{ name: 'Ann', phone: '+12062000001', email: 'shared@x.yz' },
		];
		scene.world.faults.add({ kind: 'status', status: 400, method: 'POST', path: 'lead', nth: 1 });
		scene.world.faults.add({ kind: 'status', status: 402, method: 'POST', path: 'lead', nth: 3 });
		const result = await scene.close({
			items,
			options: { ifAlreadyThere: 'duplicate', samePerson: 'sharedValue', requestsAtOnce: 1 },
			settings: { ...retry, ...onError.continue },
		});
		const held = scene.world.ledger('close').held;
		const told = result.items.map(({ json }) => json.outcome);
		expect(told.filter((outcome) => outcome === 'created')).toHaveLength(held);
		expect(told).toEqual(['duplicate', 'created', 'created']);
	});

	it('does not resend a lead with unknown outcome', async () => {
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

	it('looks leads up first when a cancelled execution is retried', async () => {
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

	it('leaves no journal in the execution after a run without failures', async () => {
		const result = await scene.squadVoice({ items: leads(50) });
		expect(JSON.stringify(result.data.executionData?.contextData)).not.toContain('created');
	});
});
