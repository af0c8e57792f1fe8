import type { RequestRecord } from '../../sandbox';
import { leads, onError, phoneOf } from '../support/fixtures';
import { outcomesOf, pairs } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

const sizes = (requests: RequestRecord[]) =>
	requests.map(({ body }) => (Array.isArray(body) ? body.length : 1));

describe('Batching', () => {
	it('sends 1,000 leads in batches of 100, in input order', async () => {
		const result = await scene.squadVoice({ items: leads(1000) });
		expect(sizes(scene.requests('squadVoice'))).toEqual(Array(10).fill(100));
		expect(outcomesOf(result)).toEqual({ created: 1000 });
		expect(result.items.map(({ json }) => json.leadId)).toEqual(leads(1000).map(({ id }) => id));
	});

	it('limits a batch to Batch Size and to one campaign', async () => {
		const items = leads(120).map((lead, index) => ({
			...lead,
			campaign: index % 2 ? '0PT711' : 'US2',
		}));
		await scene.squadVoice({
			items,
			parameters: { campaign: { __rl: true, mode: 'id', value: '={{ $json.campaign }}' } },
			options: { leadsPerRequest: 25 },
			settings: onError.continue,
		});
		const lists = scene.requests('squadVoice').filter(({ path }) => path.includes('0PT711'));
		expect(sizes(lists)).toEqual([25, 25, 10]);
	});

	it("assigns each result to its own item, whatever the reply's order and spelling", async () => {
		const failing = [3, 55, 119];
		for (const index of failing) scene.world.aktify.failEndContact(phoneOf(index), 99);
		const items = leads(120).map((lead, index) =>
			index % 2
				? lead
				: { ...lead, phone: `(206) ${String(2_000_000 + index).replace(/^(...)/, '$1-')}` },
		);
		const result = await scene.aktify({
			items,
			parameters: { operation: 'disable' },
			settings: onError.branch,
		});
		const lists = scene
			.requests('aktify')
			.slice(0, 3)
			.map(({ body }) => body);
		expect(lists).toMatchObject([
			{ phoneNumberList: { length: 50 } },
			{ phoneNumberList: { length: 50 } },
			{ phoneNumberList: { length: 20 } },
		]);
		expect(pairs(result.errors)).toEqual(failing);
		expect(outcomesOf(result)).toEqual({ disabled: 117, refused: 3 });
	});

	it('resends a lead that the vendor failed to process but may accept later', async () => {
		scene.world.aktify.failEndContact(phoneOf(1), 1);
		const result = await scene.aktify({ items: leads(3), parameters: { operation: 'disable' } });
		expect(outcomesOf(result)).toEqual({ disabled: 3 });
		expect(scene.requests('aktify')).toHaveLength(2);
	});

	it.each([
		[1, [417]],
		[5, [0, 417, 418, 700, 999]],
	])('isolates %i invalid leads among 1,000 with O(log n) more requests each', async (_, bad) => {
		const items = leads(1000).map((lead, index) =>
			bad.includes(index) ? { ...lead, phone: 'nobody' } : lead,
		);
		const result = await scene.squadVoice({
			items,
			options: { phoneCheck: 'off', leadsPerRequest: 1000, requestsPerMinute: 0 },
			settings: onError.branch,
		});
		expect(pairs(result.errors)).toEqual(bad);
		expect(outcomesOf(result)).toEqual({ created: 1000 - bad.length, refused: bad.length });
		expect(scene.world.ledger('squadVoice')).toMatchObject({ held: 1000 - bad.length, doubled: 0 });
		const most = 1 + bad.length * 2 * Math.ceil(Math.log2(1000));
		expect(scene.requests('squadVoice').length).toBeLessThanOrEqual(most);
	});

	it('does not split a batch that is rejected as a whole, as for an unknown campaign', async () => {
		const result = await scene.squadVoice({
			items: leads(100),
			parameters: { campaign: { __rl: true, mode: 'id', value: 'NOPE' } },
			settings: onError.continue,
		});
		expect(outcomesOf(result)).toEqual({ refused: 100 });
		expect(scene.requests('squadVoice')).toHaveLength(1);
	});

	it('names the rejected lead and counts the accepted ones with On Error = Stop', async () => {
		const items = leads(100).map((lead, index) =>
			index === 42 ? { ...lead, phone: 'nobody' } : lead,
		);
		const result = await scene.squadVoice({ items, options: { phoneCheck: 'off' } });
		expect(result.error?.message).toMatch(/SquadVoice refused the request.*\[item 42, L42\]/);
		expect(result.error?.description).toMatch(/99 created/);
	});
});
