import { sleep } from 'n8n-workflow';
import { leads, phoneOf } from '../../../../support/fixtures';
import { useSandbox } from '../../../../support/sandbox';

const scene = useSandbox();

describe('Autocalls: Get Many Leads', () => {
	const requests = () => scene.requests('autocalls');

	it.each([1, 15, 100, 101, 230])('returns %i leads across pages', async (limit) => {
		scene.world.autocalls.seedLeads(1, 300);
		const result = await scene.autocalls({
			items: [{}],
			parameters: { operation: 'getAll', returnAll: false, limit },
		});
		expect(new Set(result.items.map(({ json }) => json.leadId)).size).toBe(limit);
		expect(result.items).toHaveLength(limit);
	});

	it('returns all leads, also from the unpaged list of older versions', async () => {
		scene.world.autocalls.seedLeads(1, 230);
		const parameters = { operation: 'getAll', returnAll: true };
		expect((await scene.autocalls({ items: [{}], parameters })).items).toHaveLength(230);
		scene.world.autocalls.bareLists = true;
		expect((await scene.autocalls({ items: [{}], parameters })).items).toHaveLength(230);
	});

	it('misses no lead when others leave the filter while it reads', async () => {
		scene.world.autocalls.seedLeads(1, 250);
		scene.world.settings.latencyMs = 30;
		const running = scene.autocalls({
			items: [{}],
			parameters: { operation: 'getAll', returnAll: true, filters: { status: 'created' } },
		});
		while (requests().length < 2) await sleep(0);
		const all = [...scene.world.autocalls.leads.values()];
		for (const lead of all.slice(-50)) lead.status = 'completed';
		const found = (await running).items.map(({ json }) => json.leadId);
		const still = all.filter(({ status }) => status === 'created').map(({ id }) => id);
		expect(found).toEqual(expect.arrayContaining(still));
		expect(new Set(found).size).toBe(found.length);
	});

	it('returns leads that are added while it reads once', async () => {
		scene.world.autocalls.seedLeads(1, 250);
		scene.world.settings.latencyMs = 30;
		const running = scene.autocalls({
			items: [{}],
			parameters: { operation: 'getAll', returnAll: true },
		});
		while (requests().length < 2) await sleep(0);
		scene.world.autocalls.seedLeads(1, 20);
		const found = (await running).items.map(({ json }) => json.leadId);
		expect(new Set(found).size).toBe(270);
		expect(found).toHaveLength(270);
	});

	it('reads a list once when nothing changes meanwhile', async () => {
		scene.world.autocalls.seedLeads(1, 250);
		await scene.autocalls({ items: [{}], parameters: { operation: 'getAll', returnAll: true } });
		expect(requests()).toHaveLength(3);
	});

	it('sends every filter', async () => {
		await scene.autocalls({
			items: [{}],
			parameters: {
				operation: 'getAll',
				returnAll: true,
				filters: {
					status: 'reached-max-retries',
					phoneContains: '206',
					createdFrom: '2026-11-20T23:30:00-05:00',
					createdUntil: '2026-11-21',
				},
			},
		});
		expect(requests()[0]?.query).toEqual({
			campaign_id: '1',
			status: 'reached-max-retries',
			phone_number: '206',
			date_from: '2026-11-20',
			date_to: '2026-11-21',
			per_page: '100',
			page: '1',
		});
	});

	it('returns the raw record when Simplify is off', async () => {
		await scene.autocalls({ items: leads(1) });
		const result = await scene.autocalls({
			items: [{}],
			parameters: { operation: 'getAll' },
			options: { simplify: false },
		});
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'found',
			raw: { phone_number: phoneOf(0) },
		});
	});
});
