import { leads, onError, phoneOf } from '../support/fixtures';
import { outcomesOf, pairs } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();
const COUNT = 300;

/** Items of which every tenth cannot be sent and every tenth is refused by the vendor. */
function mixed() {
	return leads(COUNT).map((lead, index) => ({
		...lead,
		...(index % 10 === 3 ? { phone: 'none' } : {}),
		...(index % 10 === 7 ? { phone: phoneOf(index - 1), state: 'WA' } : {}),
	}));
}

const kindOf = (index: number) => [3, 7].includes(index % 10);

describe('Order of items and requests', () => {
	it('keeps input order and pairing when responses arrive in random order', async () => {
		scene.world.settings.latencyMs = [0, 15];
		const result = await scene.aktify({ items: leads(COUNT), options: { requestsAtOnce: 20 } });
		expect(result.error).toBeUndefined();
		expect(pairs(result.items)).toEqual(Array.from({ length: COUNT }, (_, index) => index));
		expect(result.items.map(({ json }) => json.phoneNumber)).toEqual(
			Array.from({ length: COUNT }, (_, index) => phoneOf(index)),
		);
		const arrived = scene.requests('aktify').map(({ body }) => JSON.stringify(body));
		expect(arrived).toHaveLength(COUNT);
	});

	it('keeps order and pairing of successes and failures on one output', async () => {
		scene.world.settings.latencyMs = [0, 15];
		await scene.aktify({ items: leads(COUNT).filter((_, index) => index % 10 === 8) });
		const items = leads(COUNT).map((lead, index) =>
			index % 10 === 3 ? { ...lead, phone: 'x' } : lead,
		);
		const result = await scene.aktify({
			items,
			options: { ifAlreadyThere: 'error' },
			settings: onError.continue,
		});
		expect(pairs(result.items)).toEqual(Array.from({ length: COUNT }, (_, index) => index));
		result.items.forEach(({ json }, index) => {
			expect('error' in json).toBe(index % 10 === 3 || index % 10 === 8);
		});
		expect(outcomesOf(result)).toEqual({ created: 240, notSent: 30, refused: 30 });
	});

	it('keeps order, pairing and columns of failures on the error output', async () => {
		scene.world.settings.latencyMs = [0, 15];
		const items = mixed();
		await scene.aktify({ items: items.filter((_, index) => index % 10 === 6) });
		const result = await scene.aktify({
			items,
			options: { ifAlreadyThere: 'error' },
			settings: onError.branch,
		});
		const failing = items.flatMap((_, index) => (kindOf(index) || index % 10 === 6 ? [index] : []));
		expect(pairs(result.errors)).toEqual(failing);
		expect(pairs(result.items)).toEqual(items.flatMap((_, i) => (failing.includes(i) ? [] : [i])));
		result.errors.forEach(({ json }, place) => {
			expect(json).toMatchObject({ name: `Person ${failing[place]}`, error: expect.any(String) });
		});
	});

	it.each([1, 3, 25])('opens at most %i concurrent requests', async (requestsAtOnce) => {
		scene.world.settings.latencyMs = [20, 60];
		const count = 20 * requestsAtOnce;
		await scene.aktify({ items: leads(count), options: { requestsAtOnce } });
		expect(scene.world.maxOpen('aktify')).toBeLessThanOrEqual(requestsAtOnce);
		expect(scene.world.maxOpen('aktify')).toBeGreaterThan((requestsAtOnce - 1) / 2);
		expect(scene.world.ledger('aktify').held).toBe(count);
	});

	it('respects Max Concurrent Requests while rejected batches are split', async () => {
		scene.world.settings.latencyMs = [1, 8];
		const bad = leads(1000).map((lead, index) =>
			index % 90 === 5 ? { ...lead, phone: '+1 (000) 000-000', name: 'x' } : lead,
		);
		const result = await scene.squadVoice({
			items: bad,
			options: { requestsAtOnce: 4, requestsPerMinute: 0, phoneCheck: 'off', leadsPerRequest: 50 },
			settings: onError.continue,
		});
		expect(scene.world.maxOpen('squadVoice')).toBeLessThanOrEqual(4);
		expect(outcomesOf(result)).toMatchObject({ created: 988 });
	});

	describe('of items that change the same lead', () => {
		const update = {
			operation: 'update',
			leadId: '={{ $json.id }}',
			updateFields: { status: '={{ $json.status }}' },
		};
		const statuses = () => [...scene.world.autocalls.leads.values()].map(({ status }) => status);
		const twice = (ids: unknown[]) =>
			ids.flatMap((id) => [
				{ id: String(id), status: 'created' },
				{ id: String(id), status: 'completed' },
			]);

		it('sends them one after the other, so that the last one wins', async () => {
			const made = await scene.autocalls({ items: leads(40) });
			scene.world.settings.latencyMs = [0, 15];
			const items = twice(made.items.map(({ json }) => json.leadId));
			const result = await scene.autocalls({ items, parameters: update });
			expect(outcomesOf(result)).toEqual({ updated: 80 });
			expect(statuses()).toEqual(Array(40).fill('completed'));
		});

		it('skips a failed change on retry when a later item changed the lead', async () => {
			const made = await scene.autocalls({ items: leads(1) });
			scene.world.faults.add({ kind: 'status', status: 422, method: 'PUT', nth: 1 });
			const result = await scene.autocalls({
				items: twice(made.items.map(({ json }) => json.leadId)),
				settings: { ...onError.continue, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
				parameters: update,
			});
			expect(outcomesOf(result)).toEqual({ notSent: 1, updated: 1 });
			expect(result.items[0]?.json.error).toContain('item 1');
			expect(statuses()).toEqual(['completed']);
		});

		it('waits for the previous merge', async () => {
			scene.world.settings.latencyMs = [0, 15];
			const [a, b, c] = scene.world.close.seedLeads(3).map(({ id }) => id);
			const items = [
				{ from: a, into: b },
				{ from: b, into: c },
			];
			const result = await scene.close({
				items,
				parameters: {
					operation: 'merge',
					contacts: {},
					sourceLeadId: '={{ $json.from }}',
					destinationLeadId: '={{ $json.into }}',
				},
			});
			expect(outcomesOf(result)).toEqual({ updated: 2 });
			expect([...scene.world.close.leads.keys()]).toEqual([c]);
		});
	});
});
