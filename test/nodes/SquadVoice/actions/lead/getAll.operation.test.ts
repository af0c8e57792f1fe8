import { sleep } from 'n8n-workflow';
import { leads } from '../../../../support/fixtures';
import { errorText } from '../../../../support/results';
import { useSandbox } from '../../../../support/sandbox';
import { affiliate, campaign } from '../../fixtures';

const scene = useSandbox();

describe('SquadVoice: Get Many Leads', () => {
	const getMany = { operation: 'getAll', returnAll: true };

	it('requests each page by number and ignores the plain http link in the reply', async () => {
		scene.world.squadVoice.seedLeads('0PT711', 730);
		const result = await scene.squadVoice({ items: [{}], parameters: getMany });
		expect(result.items).toHaveLength(730);
		expect(new Set(result.items.map(({ json }) => json.leadId)).size).toBe(730);
		expect(scene.requests('squadVoice').map(({ query }) => query.page)).toEqual([
			'1',
			'2',
			'3',
			'4',
			'5',
			'6',
			'7',
			'8',
		]);
	});

	it.each([1, 99, 100, 101, 250])('returns %i leads across pages', async (limit) => {
		scene.world.squadVoice.seedLeads('0PT711', 400);
		const result = await scene.squadVoice({
			items: [{}],
			parameters: { operation: 'getAll', returnAll: false, limit },
		});
		expect(result.items).toHaveLength(limit);
		expect(new Set(result.items.map(({ json }) => json.leadId)).size).toBe(limit);
	});

	it('misses no lead when others leave the list while it reads', async () => {
		scene.world.squadVoice.seedLeads('0PT711', 250);
		scene.world.settings.latencyMs = 30;
		const running = scene.squadVoice({ items: [{}], parameters: getMany });
		while (scene.requests('squadVoice').length < 2) await sleep(0);
		const first = [...scene.world.squadVoice.leads.values()];
		const order = scene.world.squadVoice.responsesOrder;
		const gone = order === 'newest' ? first.slice(-50) : first.slice(0, 50);
		for (const lead of gone) scene.world.squadVoice.erase(lead, Date.now());
		const found = (await running).items.map(({ json }) => json.leadId);
		const still = first.filter(({ erasedAt }) => erasedAt === undefined);
		expect(found).toEqual(expect.arrayContaining(still.map(({ leadId }) => leadId)));
		expect(new Set(found).size).toBe(found.length);
	});

	it('misses no lead when pages are smaller than requested', async () => {
		scene.world.squadVoice.pageSizeMaximum = 30;
		scene.world.squadVoice.seedLeads('0PT711', 95);
		const result = await scene.squadVoice({ items: [{}], parameters: getMany });
		expect(new Set(result.items.map(({ json }) => json.leadId)).size).toBe(95);
	});

	it("filters by dates in any ISO 8601 form and the workflow's time zone", async () => {
		scene.world.squadVoice.seedLeads('0PT711', 3);
		const day = Date.parse('2026-11-20T00:00:00Z');
		for (const n of [1, 2, 3])
			scene.world.squadVoice.process('0PT711', `seed-${n}`, { at: day + n * 3_600_000 });
		const result = await scene.squadVoice({
			items: [{}],
			parameters: {
				...getMany,
				filters: { processedAfter: '2026-11-19T20:30:00', processedBefore: '20261120T0230Z' },
			},
		});
		expect(scene.requests('squadVoice')[0]?.query).toMatchObject({
			processed_after: String(day + 5_400_000),
			processed_before: String(day + 9_000_000),
		});
		expect(result.items.map(({ json }) => json.leadId)).toEqual(['seed-2']);
	});

	it('pairs every result with its input item', async () => {
		scene.world.squadVoice.seedLeads('0PT711', 3);
		const result = await scene.squadVoice({ items: [{}, {}], parameters: getMany });
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 0, 1, 1, 1].map((item) => ({ item })),
		);
	});

	it('rejects an affiliate account, which can only create', async () => {
		const result = await scene.squadVoice({
			items: leads(1),
			credentials: affiliate,
			parameters: { ...campaign('AFF711'), operation: 'getAll' },
		});
		expect(errorText(result)).toMatch(/affiliate account can only create/);
		expect(scene.world.requests).toHaveLength(0);
	});
});
